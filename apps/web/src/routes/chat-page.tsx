import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { createLazyRoute, Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { ChatInbox } from '../features/chat/chat-inbox.tsx'
import { NoConversation } from '../features/chat/no-conversation.tsx'
import { sessionQuery } from '../lib/session.ts'
import { PagePending } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/chat')({ component: ChatPage })

function ChatPage() {
  const search = Route.useSearch()
  const navigate = useNavigate()
  const { conversationId } = useParams({ strict: false })
  const { data: session } = useQuery(sessionQuery)
  if (!session) return <PagePending />
  return (
    <Suspense fallback={<PagePending />}>
      <ChatInbox
        me={session.user}
        conversationId={conversationId}
        search={search}
        onSearchChange={(next) => void navigate({ to: '.', search: next, replace: true })}
      >
        {conversationId === undefined ? <NoConversation /> : <Outlet />}
      </ChatInbox>
    </Suspense>
  )
}
