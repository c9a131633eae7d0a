import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import { DomainError } from '../errors.ts'
import type { MessageVersion } from './model.ts'
import { type ListVersionsInput, VERSIONS_LIMIT_DEFAULT } from './version-schema.ts'

type Db = Kysely<TenantTables>

/**
 * What stood in a message before it was edited, the last replaced first. NOT_FOUND if this tenant has none with the id, and for
 * one that its author has taken away: its words are kept, and shown to nobody.
 */
export async function listVersions(
  db: Db,
  { id, cursor, limit = VERSIONS_LIMIT_DEFAULT }: ListVersionsInput,
): Promise<{ items: MessageVersion[]; nextCursor: number | null }> {
  await refuseUnreadable(db, id)
  let query = selectVersions(db, id)
    .orderBy('versions.revision', 'desc')
    .limit(limit + 1)
  if (cursor) query = query.where('versions.revision', '<', cursor)
  const rows = await query.execute()
  const items = rows.slice(0, limit).map(toVersion)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.revision ?? null) : null }
}

async function refuseUnreadable(db: Db, id: string): Promise<void> {
  const message = await db
    .selectFrom('messages')
    .select('id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!message) throw new DomainError('NOT_FOUND', 'There is no such message, or it has been deleted.')
}

/** Of a message that is deleted between the two statements: nothing. */
function selectVersions(db: Db, id: string) {
  return db
    .selectFrom('message_versions as versions')
    .innerJoin('messages', 'messages.id', 'versions.message_id')
    .leftJoin('members', 'members.user_id', 'versions.replaced_by')
    .leftJoin('api_keys', 'api_keys.id', 'versions.replaced_by')
    .where('versions.message_id', '=', id)
    .where('messages.deleted_at', 'is', null)
    .select(['versions.revision', 'versions.body', 'versions.replaced_at'])
    .select(sql<string | null>`COALESCE(members.name, api_keys.name)`.as('replaced_by_name'))
}

type Row = Awaited<ReturnType<ReturnType<typeof selectVersions>['executeTakeFirstOrThrow']>>

function toVersion(row: Row): MessageVersion {
  return {
    revision: row.revision,
    body: row.body,
    replacedByName: row.replaced_by_name,
    replacedAt: row.replaced_at.toISOString(),
  }
}
