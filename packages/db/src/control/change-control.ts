import { type Kysely, sql, type Transaction } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MasterTables } from '../master/tables.ts'
import { isRetryableConflict } from '../statement-error.ts'
import type { Announce, ControlChange } from './control-change.ts'
import type { ControlTail } from './control-tail.ts'

/** Tries of one transaction that the server refuses because of another's locks. */
export const CHANGE_CONTROL_ATTEMPTS_MAX = 5
/** The longest pause before the second try; doubled before each further one. */
const RETRY_PAUSE_MS = 10

export interface ControlPlane {
  readonly master: Kysely<MasterTables>
  readonly control: Pick<ControlTail, 'tellOwn'>
}

export type ControlWork<T> = (trx: Transaction<MasterTables>, announce: Announce) => Promise<T>

/** See Database.changeControl. */
export async function changeControl<T>(plane: ControlPlane, work: ControlWork<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await changeOnce(plane, work)
    } catch (error) {
      if (attempt === CHANGE_CONTROL_ATTEMPTS_MAX || !isRetryableConflict(error)) throw error
      await sleep(Math.random() * RETRY_PAUSE_MS * 2 ** attempt)
    }
  }
}

async function changeOnce<T>({ master, control }: ControlPlane, work: ControlWork<T>): Promise<T> {
  const announced: ControlChange[] = []
  let lastSeq = 0
  const result = await master.transaction().execute(async (trx) => {
    const value = await work(trx, (change) => void announced.push(change))
    if (announced.length > 0) lastSeq = await insertControlChanges(trx, announced)
    return value
  })
  control.tellOwn(lastSeq, announced)
  return result
}

/** Numbers the changes and writes them down. Nothing may be locked after this: the counter's lock is the last. */
async function insertControlChanges(
  trx: Transaction<MasterTables>,
  changes: readonly ControlChange[],
): Promise<number> {
  const { insertId } = await sql`
    UPDATE control_counter SET last_seq = LAST_INSERT_ID(last_seq + ${changes.length}) WHERE id = 1
  `.execute(trx)
  if (insertId === undefined) throw new Error('control_counter has no row')
  const lastSeq = Number(insertId)
  const firstSeq = lastSeq - changes.length + 1
  const rows = changes.map((change, index) => ({
    seq: firstSeq + index,
    payload: JSON.stringify(change),
    created_at: sql<Date>`UTC_TIMESTAMP(3)`,
  }))
  await trx.insertInto('control_changes').values(rows).execute()
  return lastSeq
}
