import { sql } from 'kysely'
import type { Installation } from '../installation.ts'
import { findTransfer } from './read-transfers.ts'
import { endCutOff } from './sweep-transfers.ts'

/** See Transfers.cancel. */
export async function cancelTransfer(installation: Installation, id: string): Promise<boolean> {
  const transfer = await findTransfer(installation, id)
  if (transfer?.state !== 'running') return false
  await installation.master
    .updateTable('tenant_transfers')
    .set({ cancel_asked_at: sql<Date>`COALESCE(cancel_asked_at, UTC_TIMESTAMP(3))` })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
  if (transfer.isCutOff) await endCutOff(installation, { ...transfer, cancelAskedAt: new Date() })
  return true
}
