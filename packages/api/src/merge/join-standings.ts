import type { ConversationRow } from '@sarai/db'
import type { Standing } from './merge-record.ts'

const RANKS = { open: 0, snoozed: 1, resolved: 2 } as const
type Status = Pick<Standing, 'status' | 'snoozed_until' | 'resolved_at'>

export function toStanding(row: ConversationRow): Standing {
  return {
    status: row.status,
    snoozed_until: toIso(row.snoozed_until),
    resolved_at: toIso(row.resolved_at),
    waiting_since: toIso(row.waiting_since),
    first_customer_message_at: toIso(row.first_customer_message_at),
    first_response_at: toIso(row.first_response_at),
    assignee_id: row.assignee_id,
    team_id: row.team_id,
    priority: row.priority,
    last_seq: row.last_seq,
    last_message_at: toIso(row.last_message_at),
    last_message_preview: row.last_message_preview,
  }
}

/**
 * What a conversation is after another has become a part of it. Its own assignee and team stay, the other's fill a gap;
 * of everything else whatever asks for more: the earlier wait, the higher priority, the status that comes back sooner.
 * Its numbers are those of one conversation: first written to when the first of the two was, first answered likewise.
 */
export function joinStandings(survivor: Standing, merged: Standing): Standing {
  const isMergedLast = (merged.last_message_at ?? '') > (survivor.last_message_at ?? '')
  return {
    ...joinStatus(survivor, merged),
    waiting_since: earlier(survivor.waiting_since, merged.waiting_since),
    first_customer_message_at: earlier(survivor.first_customer_message_at, merged.first_customer_message_at),
    first_response_at: earlier(survivor.first_response_at, merged.first_response_at),
    assignee_id: survivor.assignee_id ?? merged.assignee_id,
    team_id: survivor.team_id ?? merged.team_id,
    priority: Math.max(survivor.priority, merged.priority),
    last_seq: survivor.last_seq,
    last_message_at: isMergedLast ? merged.last_message_at : survivor.last_message_at,
    last_message_preview: isMergedLast ? merged.last_message_preview : survivor.last_message_preview,
  }
}

/** What a part is: nothing of it is in a list or in a number, for those are the survivor's now. */
export const PART = {
  status: 'resolved',
  snoozed_until: null,
  resolved_at: null,
  waiting_since: null,
  first_customer_message_at: null,
  first_response_at: null,
} as const

/** Open before snoozed before resolved; of two snoozes the one that ends sooner. */
function joinStatus(survivor: Standing, merged: Standing): Status {
  const ranks = RANKS[merged.status] - RANKS[survivor.status]
  const isSooner =
    merged.status === 'snoozed' && (merged.snoozed_until ?? '') < (survivor.snoozed_until ?? '')
  const { status, snoozed_until, resolved_at } = ranks < 0 || (ranks === 0 && isSooner) ? merged : survivor
  return { status, snoozed_until, resolved_at }
}

/** ISO 8601 in UTC sorts as it follows in time. */
function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

function toIso(at: Date | null): string | null {
  return at?.toISOString() ?? null
}

/** As it is written to a row. */
export function toColumns(standing: Standing) {
  const { last_seq: _, ...columns } = standing
  return {
    ...columns,
    snoozed_until: toDate(standing.snoozed_until),
    resolved_at: toDate(standing.resolved_at),
    waiting_since: toDate(standing.waiting_since),
    first_customer_message_at: toDate(standing.first_customer_message_at),
    first_response_at: toDate(standing.first_response_at),
    last_message_at: toDate(standing.last_message_at),
  }
}

function toDate(at: string | null): Date | null {
  return at === null ? null : new Date(at)
}
