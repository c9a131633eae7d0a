import type { AuthorKind, ConversationRow, TenantTables } from '@sarai/db'
import { type Kysely, sql, type Transaction } from 'kysely'
import { DomainError } from '../errors.ts'
import {
  type Attachment,
  type Conversation,
  type ConversationForMember,
  type Mention,
  type Message,
  type Quote,
  toConversation,
  toMessage,
} from './model.ts'
import { listAttachments } from './attachments.ts'
import { PAPERCLIP } from './message-preview.ts'
import { CHAT_LIST_LIMIT_DEFAULT, type ListMessagesInput, QUOTE_LENGTH_MAX } from './schema.ts'
import { countUnread } from './unread.ts'

type Db = Kysely<TenantTables>

/** CONVERSATION_LABELS_MAX ids fit into the 1,024 bytes that a server gives at least. */
const labelIds = sql<string | null>`(SELECT GROUP_CONCAT(label_id ORDER BY label_id)
  FROM conversation_labels WHERE conversation_id = conversations.id)`

/**
 * Conversations with the names they are shown with; the one place that says how. Every conversation has a
 * customer: LEFT JOIN only keeps the server from beginning with the customers, which sorts all conversations.
 */
export function selectConversations(db: Db) {
  return db
    .selectFrom('conversations')
    .leftJoin('customers', 'customers.id', 'conversations.customer_id')
    .leftJoin('members as assignees', 'assignees.user_id', 'conversations.assignee_id')
    .selectAll('conversations')
    .select((eb) => [
      eb.ref('customers.name').$notNull().as('customer_name'),
      'assignees.name as assignee_name',
      labelIds.as('label_ids'),
    ])
}

/** One conversation. NOT_FOUND if this tenant has none with the id. */
export async function getConversation(db: Db, { id }: { id: string }): Promise<Conversation> {
  const row = await selectConversations(db).where('conversations.id', '=', id).executeTakeFirst()
  if (!row) throw unknownConversation()
  return toConversation(row)
}

/** The same, with how far the member has read. */
export async function getConversationForMember(
  db: Db,
  { id, userId }: { id: string; userId: string },
): Promise<ConversationForMember> {
  const row = await selectConversations(db)
    .leftJoin('conversation_reads as reads', (join) =>
      join.onRef('reads.conversation_id', '=', 'conversations.id').on('reads.user_id', '=', userId),
    )
    .select('reads.last_read_seq')
    .where('conversations.id', '=', id)
    .executeTakeFirst()
  if (!row) throw unknownConversation()
  const lastReadSeq = row.last_read_seq ?? 0
  const unread = await countUnread(db, {
    userId,
    conversations: [{ id, lastSeq: row.last_seq, lastReadSeq }],
  })
  return { ...toConversation(row), lastReadSeq, unread: unread.get(id) ?? 0 }
}

/**
 * The bare row, and nobody else changes it before the transaction ends. NOT_FOUND like getConversation; CONFLICT with
 * `{ reason: 'merged', mergedInto }` for one that is a part of another: nothing happens in it any more.
 */
export async function lockConversation(
  trx: Transaction<TenantTables>,
  { id }: { id: string },
): Promise<ConversationRow> {
  const row = await lockEvenMerged(trx, { id })
  refuseMerged(row)
  return row
}

/** The same for what may also be about one that is a part of another. */
export async function lockEvenMerged(
  trx: Transaction<TenantTables>,
  { id }: { id: string },
): Promise<ConversationRow> {
  const row = await trx
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw unknownConversation()
  return row
}

export function refuseMerged({ id, merged_into: mergedInto }: ConversationRow): void {
  if (mergedInto === null) return
  throw new DomainError('CONFLICT', 'This conversation has been merged into another. Go on there.', {
    details: { id, mergedInto, reason: 'merged' },
  })
}

/** A page of a conversation that ends before `beforeSeq` or at its end, newest last. */
export async function listMessages(
  db: Db,
  { conversationId, beforeSeq, cursor, limit = CHAT_LIST_LIMIT_DEFAULT }: ListMessagesInput,
): Promise<{ items: Message[]; nextCursor: number | null }> {
  await getConversation(db, { id: conversationId })
  const before = cursor ?? beforeSeq
  let query = selectMessages(db, { conversationId })
    .orderBy('messages.seq', 'desc')
    .limit(limit + 1)
  if (before !== undefined) query = query.where('messages.seq', '<', before)
  const rows = await query.execute()
  const items = (await toMessages(db, rows.slice(0, limit))).reverse()
  return { items, nextCursor: rows.length > limit ? (items[0]?.seq ?? null) : null }
}

/** The newest messages behind `afterSeq`, newest last. */
export async function listMessagesAfter(
  db: Db,
  { conversationId, afterSeq, limit }: { conversationId: string; afterSeq: number; limit: number },
): Promise<Message[]> {
  const rows = await selectMessages(db, { conversationId })
    .where('messages.seq', '>', afterSeq)
    .orderBy('messages.seq', 'desc')
    .limit(limit)
    .execute()
  return (await toMessages(db, rows)).reverse()
}

/** The message that was sent with this clientId, if there is one. */
export async function findMessage(
  db: Db,
  { conversationId, clientId }: { conversationId: string; clientId: string },
): Promise<Message | undefined> {
  const rows = await selectMessages(db, { conversationId })
    .where('messages.client_id', '=', clientId)
    .execute()
  const [message] = await toMessages(db, rows)
  return message
}

type SelectedMessage = Awaited<ReturnType<ReturnType<typeof selectMessages>['executeTakeFirstOrThrow']>>

/** With the files that belong to them. */
async function toMessages(db: Db, rows: readonly SelectedMessage[]): Promise<Message[]> {
  const attachments = await listAttachments(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => readMessage(row, attachments.get(row.id)))
}

function readMessage(row: SelectedMessage, attachments: readonly Attachment[] | undefined): Message {
  return toMessage(row, {
    author: { name: row.author_name, isKey: row.author_key !== null },
    // Made by the statement below and by nobody else.
    mentions: row.mentions === null ? [] : (JSON.parse(row.mentions) as Mention[]),
    attachments,
    quote: toQuote(row),
  })
}

function toQuote(row: {
  reply_to_seq: number | null
  quoted_kind: AuthorKind | null
  quoted_name: string | null
  quoted_text: string | null
}): Quote | null {
  const { reply_to_seq: seq, quoted_kind: authorKind, quoted_name: authorName, quoted_text: text } = row
  return seq === null || authorKind === null ? null : { seq, authorKind, authorName, text: text ?? '' }
}

/** What a message that is just being written answers. */
export async function findQuote(
  db: Db,
  { conversation_id: conversationId, seq }: { conversation_id: string; seq: number },
  replyToSeq: number | undefined,
): Promise<Quote | null> {
  if (replyToSeq === undefined) return null
  const row = await selectMessages(db, { conversationId })
    .where('messages.seq', '=', seq)
    .executeTakeFirstOrThrow()
  return toQuote(row)
}

/** Whoever wrote what is quoted: a member, one of the tenant's keys, or the customer. */
const quotedName = sql<string | null>`CASE quoted.author_kind
  WHEN 'customer' THEN (SELECT name FROM customers WHERE id = quoted.author_id)
  WHEN 'system' THEN (SELECT name FROM rules WHERE id = quoted.author_id)
  WHEN 'agent' THEN COALESCE((SELECT name FROM members WHERE user_id = quoted.author_id),
    (SELECT name FROM api_keys WHERE id = quoted.author_id)) END`

/** As text: the two servers' drivers give JSON in different shapes. */
const mentionsOfNote = sql<string | null>`IF(messages.visibility = 'private', (
  SELECT CAST(JSON_ARRAYAGG(JSON_OBJECT('userId', message_mentions.user_id, 'name', message_mentions.name)) AS CHAR)
  FROM message_mentions WHERE message_mentions.message_id = messages.id), NULL)`

function selectMessages(db: Db, { conversationId }: { conversationId: string }) {
  return db
    .selectFrom('messages')
    .leftJoin('members', (join) =>
      join.onRef('members.user_id', '=', 'messages.author_id').on('messages.author_kind', '=', 'agent'),
    )
    .leftJoin('api_keys', (join) =>
      join.onRef('api_keys.id', '=', 'messages.author_id').on('messages.author_kind', '=', 'agent'),
    )
    .leftJoin('customers', (join) =>
      join.onRef('customers.id', '=', 'messages.author_id').on('messages.author_kind', '=', 'customer'),
    )
    .leftJoin('rules', (join) =>
      join.onRef('rules.id', '=', 'messages.author_id').on('messages.author_kind', '=', 'system'),
    )
    .leftJoin('messages as quoted', (join) =>
      join
        .onRef('quoted.conversation_id', '=', 'messages.conversation_id')
        .onRef('quoted.seq', '=', 'messages.reply_to_seq'),
    )
    .selectAll('messages')
    .select(
      sql<string | null>`COALESCE(members.name, api_keys.name, customers.name, rules.name)`.as('author_name'),
    )
    .select(['api_keys.id as author_key', mentionsOfNote.as('mentions')])
    .select(['quoted.author_kind as quoted_kind', quotedName.as('quoted_name')])
    .select(
      // A message of files alone has no words, and only a deleted one is shown as such.
      sql<
        string | null
      >`IF(quoted.body = '' AND quoted.deleted_at IS NULL, ${PAPERCLIP}, LEFT(quoted.body, ${sql.lit(QUOTE_LENGTH_MAX)}))`.as(
        'quoted_text',
      ),
    )
    .where('messages.conversation_id', '=', conversationId)
}

/** Live members by name. */
export async function listAssignableMembers(db: Db): Promise<{ items: { id: string; name: string }[] }> {
  const items = await db
    .selectFrom('members')
    .where('removed_at', 'is', null)
    .select(['user_id as id', 'name'])
    .orderBy('name')
    .orderBy('user_id')
    .execute()
  return { items }
}

export function unknownConversation(): DomainError {
  return new DomainError('NOT_FOUND', 'There is no such conversation.')
}
