import type { Generated } from 'kysely'
import type { AuthorKind, Nullable, NullableTimestamp, Timestamp } from './tables.ts'

/** One row: what the business says about itself, besides its name, which the control plane has. */
export interface WorkspaceProfileTable {
  id: number
  /** For whoever has chosen none of their own; null: their browser's. */
  language: Nullable<'en' | 'ur'>
  /** An IANA name, such as Asia/Karachi; days and hours of the dashboard are counted in it. */
  time_zone: string
  /** 0 is Monday. */
  week_starts_on: number
  /** ISO 3166, two letters: whose way of writing is meant by a phone number without a country code. */
  country: Generated<string>
  updated_at: NullableTimestamp
  updated_by: Nullable<string>
}

/** How many messages were written in a quarter of an hour, of those that `message_quarters_mark` says are counted. */
export interface MessageQuartersTable {
  /** Where it begins, UTC. The offset of every zone in use is a multiple of it. */
  quarter: Timestamp
  author_kind: AuthorKind
  messages: number
}

/** One row. Ids are UUIDv7: everything up to this one was written before everything behind it. */
export interface MessageQuartersMarkTable {
  id: number
  /** Empty: nothing is counted yet. */
  through_id: string
}

/** How many conversations began or were resolved in a quarter of an hour, as `conversations.counted_*` has it. */
export interface ConversationQuartersTable {
  moment: 'created' | 'resolved'
  /** Where it begins, UTC. */
  quarter: Timestamp
  /** Of some nothing is left. */
  conversations: number
}

/** How many durations that ended on a day, by UTC, lie in a step; see the api package's quantiles.ts. */
export interface DurationDaysTable {
  timed: 'firstResponse' | 'resolution'
  day: Timestamp
  /** The shortest duration in it, in seconds. */
  step: number
  conversations: number
}
