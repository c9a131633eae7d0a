import type { AttachmentRow, ConversationRow, ConversationStatus, AuthorKind, MessageRow } from '@sarai/db'
import type { Act } from '../act/schema.ts'
import { type CONVERSATION_BOXES, PRIORITIES, type Priority } from './schema.ts'

/** A conversation as it crosses the wire. The same for every member: nothing personal in it. */
export interface Conversation {
  id: string
  customerId: string
  customerName: string
  subject: string | null
  status: ConversationStatus
  assigneeId: string | null
  assigneeName: string | null
  /** What it is called: `team.list`. */
  teamId: string | null
  priority: Priority
  /** What they are called: `label.list`. */
  labelIds: string[]
  lastSeq: number
  lastMessageAt: string | null
  lastMessagePreview: string | null
  waitingSince: string | null
  snoozedUntil: string | null
  resolvedAt: string | null
  createdAt: string
  updatedAt: string
  /** The conversation of which it is a part by now; it is in no list, and is only read. */
  mergedInto: string | null
}

/** How many conversations each list has; CONVERSATION_COUNT_MAX is that many or more. */
export interface ConversationCounts {
  boxes: Record<(typeof CONVERSATION_BOXES)[number], number>
  statuses: Record<ConversationStatus | 'waiting', number>
}

export interface Message {
  id: string
  conversationId: string
  seq: number
  clientId: string
  authorKind: AuthorKind
  authorId: string | null
  /** The member's or the customer's name; of the system: the rule's, or null. */
  authorName: string | null
  /** The author is no member but one of the tenant's API keys. */
  authorIsKey?: true
  private: boolean
  /** Empty only beside attachments. */
  body: string
  /** Members whom a private note names; left out where it names nobody. */
  mentions?: Mention[]
  /** In the order in which they were attached; left out if there are none. */
  attachments?: Attachment[]
  /** What it answers; left out: nothing in particular. */
  replyTo?: Quote
  createdAt: string
  /** How often its author has changed it; left out: never. */
  revision?: number
  /** Left out: the words are those that were sent. */
  editedAt?: string
  /** Its author has taken it away: the body is empty. */
  deletedAt?: string
}

/** What stood in a message before its author edited it. */
export interface MessageVersion {
  /** 0: as it was sent. */
  revision: number
  /** Empty only where there were files. */
  body: string
  /** null: a member or a key that is not known any more. */
  replacedByName: string | null
  replacedAt: string
}

/** A message that was found by its words. */
export interface FoundMessage {
  id: string
  conversationId: string
  /** The conversation of which that one is a part; null: it is none. */
  mergedInto: string | null
  seq: number
  authorKind: AuthorKind
  /** As in Message. */
  authorName: string | null
  private: boolean
  createdAt: string
  customerId: string
  customerName: string
  subject: string | null
  /** What is around the first match, in one line. */
  snippet: SnippetPart[]
}

export interface SnippetPart {
  text: string
  /** It is what was looked for, as it is written there. */
  isMatch: boolean
}

/** A message as it is shown above its answer, as it was when it was read. */
export interface Quote {
  seq: number
  authorKind: AuthorKind
  authorName: string | null
  /** The beginning of its text; empty: it has been deleted. */
  text: string
}

/** `name`: as it stands in the text, behind an @. */
export interface Mention {
  userId: string
  name: string
}

export type ConversationWithNames = ConversationRow & {
  customer_name: string
  assignee_name: string | null
  /** With commas between; null: none. */
  label_ids: string | null
}
/** A file beside a message, or one that waits to be sent. Its bytes: GET /t/:tenantKey/files/:id. */
export interface Attachment {
  id: string
  name: string
  /** One of FILE_TYPES, found in the bytes. */
  mediaType: string
  bytes: number
  /** The size in pixels of what may be shown in the page; left out for everything else. */
  picture?: { width: number; height: number }
}

/** What a macro or a rule did to a conversation, or could not do. */
export interface ActRun {
  id: string
  source: 'macro' | 'rule'
  sourceId: string
  /** As it was called then. */
  name: string
  conversationId: string
  customerName: string
  /** Who ran the macro; null for a rule, and for who was no member. */
  actorName: string | null
  acts: Act[]
  /** Why nothing was done: a code of DomainErrorCode, or STOPPED for a rule that switched itself off; null: all was done. */
  refusal: string | null
  at: string
  undoneAt: string | null
}

/** A text that is written often, with places to be filled in. */
export interface CannedReply {
  id: string
  /** What is typed behind the slash. */
  shortcut: string
  body: string
  /** The whole team's, or the caller's own. */
  isTeams: boolean
}

export function toConversation(row: ConversationWithNames): Conversation {
  return {
    id: row.id,
    customerId: row.customer_id,
    customerName: row.customer_name,
    subject: row.subject,
    status: row.status,
    assigneeId: row.assignee_id,
    assigneeName: row.assignee_name,
    teamId: row.team_id,
    priority: PRIORITIES[row.priority] ?? 'none',
    labelIds: row.label_ids?.split(',') ?? [],
    lastSeq: row.last_seq,
    lastMessageAt: row.last_message_at?.toISOString() ?? null,
    lastMessagePreview: row.last_message_preview,
    waitingSince: row.waiting_since?.toISOString() ?? null,
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    mergedInto: row.merged_into,
  }
}

interface MessageParts {
  author: { name: string | null; isKey?: boolean }
  mentions: Mention[]
  attachments?: readonly Attachment[] | undefined
  quote: Quote | null
}

export function toMessage(
  row: MessageRow,
  { author, mentions, attachments = [], quote }: MessageParts,
): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    clientId: row.client_id,
    authorKind: row.author_kind,
    authorId: row.author_id,
    authorName: author.name,
    ...(author.isKey && { authorIsKey: true }),
    private: row.visibility === 'private',
    body: row.body,
    ...(mentions.length > 0 && { mentions }),
    ...(attachments.length > 0 && { attachments: [...attachments] }),
    ...(quote && { replyTo: quote }),
    createdAt: row.created_at.toISOString(),
    ...(row.revision > 0 && { revision: row.revision }),
    ...(row.edited_at && { editedAt: row.edited_at.toISOString() }),
    ...(row.deleted_at && { deletedAt: row.deleted_at.toISOString() }),
  }
}

export function toAttachment(
  row: Pick<AttachmentRow, 'id' | 'name' | 'media_type' | 'bytes' | 'width' | 'height'>,
): Attachment {
  const { id, name, media_type: mediaType, bytes, width, height } = row
  return {
    id,
    name,
    mediaType,
    bytes,
    ...(width !== null && height !== null && { picture: { width, height } }),
  }
}

/** A conversation with what is the caller's own in it. */
export interface ConversationForMember extends Conversation {
  /** The last message the caller has read. */
  lastReadSeq: number
  /** Messages of others behind it; counted up to UNREAD_COUNT_MAX. */
  unread: number
}
