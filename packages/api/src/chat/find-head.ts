import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'

type Db = Kysely<TenantTables>

/** Where what is said in a conversation goes on: in itself, or in the one of which it is a part. An unknown id stays what it is. */
export async function findHead(db: Db, id: string): Promise<string> {
  const row = await db
    .selectFrom('conversations')
    .select('merged_into')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.merged_into ?? id
}

/** Those that are a part of it, whether directly or through another. */
export async function listPartIds(db: Db, id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('conversations')
    .select('id')
    .where('merged_into', '=', id)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/**
 * Every conversation to which a message to this one was ever directed, itself first: a message that comes again must be found
 * where it went, whatever has been merged and undone since. One statement where nothing was merged.
 */
export async function listPlaces(db: Db, id: string): Promise<string[]> {
  const places = [id]
  for (let from = [id]; from.length > 0;) {
    const rows = await db
      .selectFrom('conversation_merges')
      .select('survivor_id')
      .distinct()
      .where('merged_id', 'in', from)
      .execute()
    from = rows.map((row) => row.survivor_id).filter((survivor) => !places.includes(survivor))
    places.push(...from)
  }
  return places
}
