import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import { DomainError } from '../errors.ts'
import { listViews, type ViewsOf } from '../view/list-views.ts'
import { countUpTo } from './count-conversations.ts'
import { ConversationViewContent } from './view-schema.ts'

type Db = Kysely<TenantTables>

/** What can be saved of the list of conversations, and who may do so for the team. */
export const CONVERSATION_VIEWS: ViewsOf<ConversationViewContent> = {
  kind: 'conversation',
  content: ConversationViewContent,
  sharePermission: 'chat:configure',
  async requireNamed(db, { filter: { assigneeId, teamId, labelId } }) {
    await requireThere(db, assigneeId, sql`SELECT 1 FROM members WHERE user_id = ${assigneeId}`)
    await requireThere(db, teamId, sql`SELECT 1 FROM teams WHERE id = ${teamId}`)
    await requireThere(db, labelId, sql`SELECT 1 FROM labels WHERE id = ${labelId}`)
  },
}

async function requireThere(db: Db, id: string | undefined, query: ReturnType<typeof sql>): Promise<void> {
  if (id === undefined) return
  const { rows } = await query.execute(db)
  if (rows.length === 0)
    throw new DomainError('NOT_FOUND', 'A member, a team or a label of this list does not exist any more.')
}

/**
 * How many conversations each of the caller's views has, and each of the team's; every number stops at
 * CONVERSATION_COUNT_MAX. As beside the lists themselves, a search and a period are not counted. One statement.
 */
export async function countViews(
  db: Db,
  { userId }: { userId: string },
): Promise<{ items: { id: string; count: number }[] }> {
  const views = (await listViews(db, CONVERSATION_VIEWS, { userId })).items.filter(
    ({ content: { filter } }) => !filter.search && !filter.during,
  )
  if (views.length === 0) return { items: [] }
  const columns = views.map(
    ({ content: { filter } }, at) => sql`${countUpTo({ ...filter, userId })} AS ${sql.id(`n${at}`)}`,
  )
  const { rows } = await sql<Record<string, number>>`SELECT ${sql.join(columns)}`.execute(db)
  return { items: views.map(({ id }, at) => ({ id, count: Number(rows[0]?.[`n${at}`]) })) }
}
