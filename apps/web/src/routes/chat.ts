import { createRoute } from '@tanstack/react-router'
import { loadMessages } from '../lib/i18n/store.ts'
import { readSearchText } from './read-search-text.ts'
import { tenantRoute } from './tenant.ts'

const BOXES = ['mine', 'unassigned'] as const
const STATUSES = ['waiting', 'snoozed', 'resolved', 'any'] as const

/** What the address says about the list; the usual (all that is open) is not written into it. */
export interface ChatUrl {
  box?: (typeof BOXES)[number]
  status?: (typeof STATUSES)[number]
  search?: string
  /** On a narrow screen: the customer's card in the place of the messages. */
  panel?: 'customer'
}

function readChatUrl(url: Record<string, unknown>): ChatUrl {
  const box = BOXES.find((known) => known === url['box'])
  const status = STATUSES.find((known) => known === url['status'])
  const search = readSearchText(url['search'])
  return {
    ...(box && { box }),
    ...(status && { status }),
    ...(search && { search }),
    ...(url['panel'] === 'customer' && { panel: 'customer' }),
  }
}

/** `/:tenantKey/chat`: the inbox; it stays mounted while conversations change. */
export const chatRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'chat',
  validateSearch: readChatUrl,
  loader: () => loadMessages('chat', 'customer'),
}).lazy(() => import('./chat-page.tsx').then(({ Route }) => Route))

/** `/:tenantKey/chat/:conversationId`: one conversation. */
export const conversationRoute = createRoute({
  getParentRoute: () => chatRoute,
  path: '$conversationId',
}).lazy(() => import('./conversation-page.tsx').then(({ Route }) => Route))

export const chatRoutes = chatRoute.addChildren([conversationRoute])
