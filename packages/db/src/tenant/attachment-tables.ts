import type { Generated, Selectable } from 'kysely'
import type { Nullable, NullableTimestamp, Timestamp } from './tables.ts'

/** A file that was uploaded. Its bytes are in the file store, under the ids of tenant and row. */
export interface AttachmentsTable {
  id: string
  /** null: it waits to be sent, or was taken away. Set in the transaction of the message. */
  message_id: Nullable<string>
  /** The message for later to which it belongs until that is sent; it waits for as long as that does. */
  scheduled_id: Nullable<string>
  /** Among those of its message. */
  position: Generated<number>
  /** A member or an API key; only they may send it. */
  uploaded_by: string
  name: string
  /** Found in the bytes; one of the api package's FILE_TYPES. */
  media_type: string
  bytes: number
  /** Of the bytes, hex. */
  sha256: string
  /** Pixels of a picture that may be shown in the page. */
  width: Nullable<number>
  height: Nullable<number>
  created_at: Timestamp
  /** null: the file store may not have all of it. */
  stored_at: NullableTimestamp
  /** Nobody may send it any more; bytes and row go next. */
  discarded_at: NullableTimestamp
}

export type AttachmentRow = Selectable<AttachmentsTable>
