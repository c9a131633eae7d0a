import { createRoute } from '@tanstack/react-router'
import { loadMessages } from '../lib/i18n/store.ts'
import { tenantRoute } from './tenant.ts'

/** `/:tenantKey/chat`: the inbox; it stays mounted while conversations change. */
export const chatRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'chat',
  loader: () => loadMessages('chat', 'customer'),
}).lazy(() => import('./chat-page.tsx').then(({ Route }) => Route))

/** `/:tenantKey/chat/:conversationId`: one conversation. */
export const conversationRoute = createRoute({
  getParentRoute: () => chatRoute,
  path: '$conversationId',
}).lazy(() => import('./conversation-page.tsx').then(({ Route }) => Route))

export const chatRoutes = chatRoute.addChildren([conversationRoute])
