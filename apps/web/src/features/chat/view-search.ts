import type { ConversationViewContent, SavedView } from '@sarai/api'
import { type ChatSearch, toFilter, usualStatus } from './chat-queries.ts'
import { writeWeekly } from './weekly-hour.ts'

/** What is saved of the list: as the server takes it. */
export function toContent(search: ChatSearch): ConversationViewContent {
  const { sort, customerId: _customer, ...filter } = toFilter(search)
  return { filter, ...(sort && { sort }) }
}

/** The address of a view as it is saved. */
export function toSearch({
  id,
  content: { filter, sort },
}: Pick<SavedView<ConversationViewContent>, 'id' | 'content'>): ChatSearch {
  const { box, search, during, assigneeId, teamId, labelId, priority } = filter
  const status = filter.waiting ? 'waiting' : (filter.status ?? 'any')
  const whose = box && box !== 'all' ? { box } : {}
  return {
    view: id,
    ...whose,
    ...(status !== usualStatus(whose) && { status }),
    ...(search && { search }),
    ...fromDuring(during),
    ...(assigneeId && { assignee: assigneeId }),
    ...(teamId && { team: teamId }),
    ...(labelId && { label: labelId }),
    ...(priority && { priority }),
    ...(sort === 'priority' && { order: sort }),
  }
}

function fromDuring(during: ConversationViewContent['filter']['during']): ChatSearch {
  if (!during) return {}
  const { longerThanSeconds, weekly, ...period } = during
  return {
    ...period,
    ...(longerThanSeconds !== undefined && { longer: longerThanSeconds }),
    ...(weekly && { weekly: writeWeekly(weekly) }),
  }
}
