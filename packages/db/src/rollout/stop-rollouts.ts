import { sql } from 'kysely'
import type { Installation } from '../installation.ts'
import { forgetCutOff } from './record.ts'

/** See Database.stopRollouts. */
export async function stopRollouts({ master }: Pick<Installation, 'master'>): Promise<string[]> {
  await forgetCutOff({ master })
  const running = await master
    .selectFrom('rollouts')
    .select('id')
    .where('state', '=', 'running')
    .orderBy('id')
    .execute()
  const ids = running.map(({ id }) => id)
  if (ids.length === 0) return []
  await master
    .updateTable('rollouts')
    .set({ stop_asked_at: sql<Date>`COALESCE(stop_asked_at, UTC_TIMESTAMP(3))` })
    .where('id', 'in', ids)
    .where('state', '=', 'running')
    .execute()
  return ids
}
