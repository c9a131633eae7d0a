import { sql } from 'kysely'
import { type Cursor, cursorDate, decodeCursor, encodeCursor } from '../cursor.ts'
import type { ScopedContext } from '../trpc.ts'
import type { CustomerEvent, TimelineItem } from './model.ts'
import { type Db, getCustomer, listMergedIds } from './queries.ts'
import { type ListTimelineInput, TIMELINE_LIMIT_DEFAULT } from './schema.ts'

const SORT = '-timeline'
/** When it was, and the name of whoever did it: a member or an API key. */
const LINE = ['line.id', 'line.created_at', 'actor.name', 'key.name as key_name'] as const

interface Part {
  /** The customer, and everybody who has become part of it. */
  ids: readonly string[]
  after: Cursor | undefined
  limit: number
}
/** With the moment apart, because the id alone does not sort what other clocks wrote. */
type Dated = TimelineItem & { on: Date }

/**
 * What happened to a customer, the latest first: what members did to it, their notes and, for who may read
 * conversations, what happened to those. Each kind by an index of its own, then merged.
 */
export async function listTimeline(
  ctx: Pick<ScopedContext, 'db' | 'access'>,
  { customerId, cursor, limit = TIMELINE_LIMIT_DEFAULT }: ListTimelineInput,
): Promise<{ items: TimelineItem[]; nextCursor: string | null }> {
  await getCustomer(ctx.db, { id: customerId })
  const after = cursor ? decodeCursor(cursor, SORT) : undefined
  const part = { ids: await listMergedIds(ctx.db, { id: customerId }), after, limit: limit + 1 }
  const parts = [await listEvents(ctx.db, part), await listNotes(ctx.db, part)]
  if (ctx.access.permissions.has('chat:read')) parts.push(await listConversationEvents(ctx.db, part))
  const merged = parts.flat().toSorted(latestFirst)
  const page = merged.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(({ on: _on, ...item }) => item),
    nextCursor:
      merged.length > limit && last ? encodeCursor({ sort: SORT, value: last.at, id: last.id }) : null,
  }
}

function latestFirst(one: Dated, other: Dated): number {
  return other.on.getTime() - one.on.getTime() || (one.id < other.id ? 1 : -1)
}

async function listEvents(db: Db, { ids, after, limit }: Part): Promise<Dated[]> {
  let query = db
    .selectFrom('customer_events as line')
    .leftJoin('members as actor', 'actor.user_id', 'line.actor_id')
    .leftJoin('api_keys as key', 'key.id', 'line.actor_id')
    .where('line.customer_id', 'in', ids)
    .select([...LINE, 'line.kind', 'line.details', 'line.actor_id'])
    .orderBy('line.created_at', 'desc')
    .orderBy('line.id', 'desc')
    .limit(limit)
  if (after) query = query.where(isBefore(after))
  const rows = await query.execute()
  const lines = rows.map(({ kind, details, ...row }) => ({
    ...lineOf(row),
    type: 'event' as const,
    event: { kind, ...details } as CustomerEvent,
  }))
  const undone = await findUndone(db, lines)
  return lines.map((line) =>
    line.event.kind === 'merged' && undone.has(line.event.mergeId)
      ? { ...line, event: { ...line.event, isUndone: true } }
      : line,
  )
}

/** Which of the merges among them have been taken back since. */
async function findUndone(db: Db, lines: readonly { event: CustomerEvent }[]): Promise<Set<string>> {
  const merges = lines.flatMap(({ event }) => (event.kind === 'merged' ? [event.mergeId] : []))
  if (merges.length === 0) return new Set()
  const rows = await db
    .selectFrom('customer_merges')
    .select('id')
    .where('id', 'in', merges)
    .where('undone_at', 'is not', null)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

async function listNotes(db: Db, { ids, after, limit }: Part): Promise<Dated[]> {
  let query = db
    .selectFrom('customer_notes as line')
    .leftJoin('members as actor', 'actor.user_id', 'line.author_id')
    .leftJoin('api_keys as key', 'key.id', 'line.author_id')
    .where('line.customer_id', 'in', ids)
    .where('line.deleted_at', 'is', null)
    .select([...LINE, 'line.body', 'line.edited_at', 'line.author_id'])
    .orderBy('line.created_at', 'desc')
    .orderBy('line.id', 'desc')
    .limit(limit)
  if (after) query = query.where(isBefore(after))
  const rows = await query.execute()
  return rows.map(({ body, edited_at, author_id, ...row }) => ({
    ...lineOf({ ...row, actor_id: author_id }),
    type: 'note' as const,
    note: { id: row.id, body, editedAt: edited_at?.toISOString() ?? null },
  }))
}

async function listConversationEvents(db: Db, { ids, after, limit }: Part): Promise<Dated[]> {
  let query = db
    .selectFrom('conversations')
    .innerJoin('conversation_events as line', 'line.conversation_id', 'conversations.id')
    .leftJoin('members as actor', 'actor.user_id', 'line.actor_id')
    .leftJoin('api_keys as key', 'key.id', 'line.actor_id')
    .leftJoin('members as target', 'target.user_id', 'line.target_id')
    .where('conversations.customer_id', 'in', ids)
    .select([...LINE, 'line.kind', 'line.actor_id'])
    .select(['conversations.id as conversation_id', 'conversations.subject', 'target.name as target'])
    .orderBy('line.created_at', 'desc')
    .orderBy('line.id', 'desc')
    .limit(limit)
  if (after) query = query.where(isBefore(after))
  const rows = await query.execute()
  return rows.map(({ kind, conversation_id, subject, target, ...row }) => ({
    ...lineOf(row),
    type: 'conversation' as const,
    event: kind,
    conversation: { id: conversation_id, subject },
    target,
  }))
}

function isBefore(after: Cursor) {
  const at = cursorDate(after)
  return sql<boolean>`(line.created_at < ${at} OR (line.created_at = ${at} AND line.id < ${after.id}))`
}

interface Line {
  id: string
  created_at: Date
  actor_id: string | null
  name: string | null
  key_name: string | null
}

function lineOf({ id, created_at, actor_id, name, key_name }: Line) {
  const shown = name ?? key_name
  const isKey = name === null && key_name !== null
  const actor =
    actor_id === null || shown === null
      ? null
      : { id: actor_id, name: shown, ...(isKey && { isKey: true as const }) }
  return { id, at: created_at.toISOString(), on: created_at, actor }
}
