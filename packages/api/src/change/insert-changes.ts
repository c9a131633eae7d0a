import type { TenantTables } from '@sarai/db'
import { sql, type Transaction } from 'kysely'
import type { Change } from './change.ts'

/** Rows of one INSERT, so that a large import stays below the server's max_allowed_packet. */
export const INSERT_CHANGES_MAX = 200

/** Numbers the changes and writes them down. Nothing may be locked after this: the counter's lock is the last. */
export async function insertChanges(trx: Transaction<TenantTables>, changes: Change[]): Promise<void> {
  if (changes.length === 0) return
  const lastSeq = await advanceCounter(trx, changes.length)
  const firstSeq = lastSeq - changes.length + 1
  const now = new Date()
  const rows = changes.map((change, index) => ({
    seq: firstSeq + index,
    kind: change.kind,
    entity_id: change.entityId,
    payload: JSON.stringify(change),
    created_at: now,
  }))
  for (let from = 0; from < rows.length; from += INSERT_CHANGES_MAX) {
    await trx
      .insertInto('changes')
      .values(rows.slice(from, from + INSERT_CHANGES_MAX))
      .execute()
  }
}

/** LAST_INSERT_ID(expression) hands the new value back with the answer to the UPDATE: no second statement. */
async function advanceCounter(trx: Transaction<TenantTables>, count: number): Promise<number> {
  const { insertId } = await sql`
    UPDATE change_counter SET last_seq = LAST_INSERT_ID(last_seq + ${count}) WHERE id = 1
  `.execute(trx)
  if (insertId === undefined) throw new Error('change_counter has no row')
  return Number(insertId)
}
