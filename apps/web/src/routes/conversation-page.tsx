import { createLazyRoute } from '@tanstack/react-router'

export const Route = createLazyRoute('/$tenantKey/chat/$conversationId')({ component: ConversationPage })

function ConversationPage() {
  return null
}
