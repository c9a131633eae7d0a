import type { ColumnType, Generated } from 'kysely'
import type { MessageVisibility, Nullable, Timestamp } from './tables.ts'

/** A member who is named in a private note. */
export interface MessageMentionsTable {
  message_id: string
  user_id: string
  /** That of the message, for the list of conversations in which somebody is named. */
  conversation_id: string
  /** Theirs when it was written: as it stands in the text, behind an @. */
  name: string
}

/** A text that is written often. */
export interface CannedRepliesTable {
  id: string
  /** Whose it is; empty: everybody's. */
  owner_id: string
  /** What is typed behind the slash; one of its name for each owner, whatever its capitals. */
  shortcut: string
  /** With variables such as {{customer.name}}. */
  body: string
  updated_by: string
  updated_at: Timestamp
}

/** What stood in a message before it was edited or deleted. */
export interface MessageVersionsTable {
  message_id: string
  /** 0: as it was sent. */
  revision: number
  body: string
  replaced_by: string
  replaced_at: Timestamp
}

/** A word of a message, in the block of days in which the message was written. Written by indexMessages. */
export interface MessageTermsTable {
  block: number
  term: string
  /** The 16 bytes of the id: twelve terms of a message make its length count. */
  message_id: Buffer
}

/** One row: the words of all messages up to this id are in `message_terms`. */
export interface MessageTermsMarkTable {
  id: number
  through_id: string
}

/** A reply or a note that is to be sent at a time; gone when it is. Its files: `attachments.scheduled_id`. */
export interface ScheduledMessagesTable {
  id: string
  conversation_id: string
  author_id: string
  /** That of the message which it becomes: it is sent once, whoever tries. */
  client_id: string
  body: string
  reply_to_seq: Nullable<number>
  /** The last message that its author had on screen. */
  seen_seq: number
  send_at: Timestamp
  /** Why it waits for its author instead of its time; null: it does not. */
  held_reason: Nullable<string>
  created_at: Timestamp
  updated_at: Timestamp
  visibility: Generated<MessageVisibility>
  /** `{ userId, name }` of the members whom a note names; null: nobody. Written as JSON. */
  mentions: ColumnType<{ userId: string; name: string }[] | null, string | null | undefined, string | null>
}
