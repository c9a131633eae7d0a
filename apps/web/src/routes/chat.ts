import { createRoute } from '@tanstack/react-router'
import type { ChatSearch } from '../features/chat/chat-queries.ts'
import { loadMessages } from '../lib/i18n/store.ts'
import { readDay, readId, readPeriod } from './read-period.ts'
import { readSearchText } from './read-search-text.ts'
import { tenantRoute } from './tenant.ts'

const BOXES = ['mine', 'unassigned', 'mentions'] as const
/** Written here again: the schema's code is not part of the first load. */
const PRIORITIES = ['none', 'low', 'normal', 'high', 'urgent'] as const
const MOMENTS = ['created', 'answered', 'resolved', 'active', 'asked'] as const
const WRITERS = ['customers', 'team'] as const
const KINDS = ['messages', 'notes'] as const
const STATUSES = ['open', 'waiting', 'snoozed', 'resolved', 'any'] as const

/** The usual (all that is open) is not written into the address. */
function readChatUrl(url: Record<string, unknown>): ChatSearch {
  const view = readId(url['view'])
  const box = BOXES.find((known) => known === url['box'])
  const status = STATUSES.find((known) => known === url['status'])
  const search = readSearchText(url['search'])
  const moment = MOMENTS.find((known) => known === url['moment'])
  const period = readPeriod(url)
  const assignee = readId(url['assignee'])
  const team = readId(url['team'])
  const label = readId(url['label'])
  const priority = PRIORITIES.find((known) => known === url['priority'])
  return {
    ...(view && { view }),
    ...(box && { box }),
    ...(status && { status }),
    ...(search && { search }),
    ...(moment && period && { moment, ...period, ...readNarrower(url, moment) }),
    ...(assignee && { assignee }),
    ...(team && { team }),
    ...(label && { label }),
    ...(priority && { priority }),
    ...(url['order'] === 'priority' && { order: 'priority' }),
    ...(search && readFoundUrl(url)),
    ...readMessage(url),
    ...(url['panel'] === 'customer' && { panel: 'customer' }),
  }
}

function readMessage({ message, part }: Record<string, unknown>): Pick<ChatSearch, 'message' | 'part'> {
  const partId = readId(part)
  return isNumber(message) ? { message, ...(partId && { part: partId }) } : {}
}

/** An hour of the week and its zone: `0-9-Asia/Karachi`. */
const WEEKLY = /^[0-6]-(1?\d|2[0-3])-[A-Z][\w/+-]*$/

function readNarrower({ longer, weekly }: Record<string, unknown>, moment: ChatSearch['moment']) {
  const takesTime = moment === 'answered' || moment === 'resolved'
  return {
    ...(takesTime && isNumber(longer) && longer >= 0 && { longer }),
    ...(typeof weekly === 'string' && WEEKLY.test(weekly) && { weekly }),
  }
}

function readFoundUrl(url: Record<string, unknown>): ChatSearch {
  const by = WRITERS.find((known) => known === url['by']) ?? readId(url['by'])
  const since = readDay(url['since'])
  const until = readDay(url['until'])
  const kind = KINDS.find((known) => known === url['kind'])
  return {
    ...(by && { by }),
    ...(since && { since }),
    ...(until && { until }),
    ...(kind && { kind }),
    ...(url['here'] === true && { here: true }),
  }
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

/** `/:tenantKey/chat`: the inbox; it stays mounted while conversations change. */
export const chatRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'chat',
  validateSearch: readChatUrl,
  loader: () => loadMessages('chat', 'customer', 'macro', 'view'),
}).lazy(() => import('./chat-page.tsx').then(({ Route }) => Route))

/** `/:tenantKey/chat/:conversationId`: one conversation. */
export const conversationRoute = createRoute({
  getParentRoute: () => chatRoute,
  path: '$conversationId',
}).lazy(() => import('./conversation-page.tsx').then(({ Route }) => Route))

export const chatRoutes = chatRoute.addChildren([conversationRoute])
