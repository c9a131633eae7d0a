import { DatabaseError } from '../errors.ts'
import type { Installation } from '../installation.ts'
import type { TenantRow } from '../master/tables.ts'
import { takeBackTenant } from '../provision/take-back-tenant.ts'
import { dropTenant } from '../tenant/drop-tenant.ts'
import { listTransfers } from './read-transfers.ts'
import { recordEnd } from './record-transfer.ts'
import { CUT_OFF, TRANSFERS_KEPT_DAYS, type TransferStatus } from './transfers.ts'

const DAY_MS = 86_400_000
/** The last step of what makes a tenant: before it is recorded nobody is let in. */
const LAST_STEP = 'opening'

/** What is recorded with the making of a tenant by a transfer. */
export function detailsOf(transferId: string): { transfer: string } {
  return { transfer: transferId }
}

/** See Transfers.sweep. */
export async function sweepTransfers(installation: Installation, now: Date): Promise<string[]> {
  const ended: string[] = []
  for (const transfer of await listCutOff(installation)) {
    try {
      await endCutOff(installation, transfer)
      ended.push(transfer.id)
    } catch (error) {
      const fields = { transfer: transfer.id, tenant: transfer.intoKey, err: error }
      installation.log({ level: 'error', message: 'a transfer that was cut off cannot be ended', fields })
    }
  }
  await forgetOld(installation, now)
  return ended
}

async function listCutOff(installation: Installation): Promise<TransferStatus[]> {
  const running = await listTransfers(installation, { state: 'running' })
  return running.filter(({ isCutOff }) => isCutOff)
}

async function forgetOld({ master }: Installation, now: Date): Promise<void> {
  await master
    .deleteFrom('tenant_transfers')
    .where('ended_at', '<', new Date(now.getTime() - TRANSFERS_KEPT_DAYS * DAY_MS))
    .where('archive_until', 'is', null)
    .execute()
}

/** First what it had made, then the record: cut off in between, the next one does it again. */
export async function endCutOff(installation: Installation, transfer: TransferStatus): Promise<void> {
  const { id, progress, cancelAskedAt } = transfer
  const made = await findMade(installation, id)
  const isWhole = made?.status === 'active' && progress?.step === LAST_STEP
  if (made && !isWhole) await takeAway(installation, made)
  if (isWhole) return recordEnd(installation, id, { state: 'done', result: {} })
  const isCancelled = cancelAskedAt !== null
  await recordEnd(
    installation,
    id,
    isCancelled ? { state: 'cancelled' } : { state: 'failed', failure: CUT_OFF },
  )
}

async function findMade({ master }: Installation, id: string): Promise<TenantRow | undefined> {
  return master
    .selectFrom('tenants')
    .innerJoin('provisionings', 'provisionings.tenant_id', 'tenants.id')
    .selectAll('tenants')
    .where('details', '=', JSON.stringify(detailsOf(id)))
    .executeTakeFirst()
}

async function takeAway(
  installation: Installation,
  { tenant_key: tenantKey, status }: TenantRow,
): Promise<void> {
  const gone =
    status === 'provisioning' ? takeBackTenant(installation, tenantKey) : dropTenant(installation, tenantKey)
  await gone.catch((error: unknown) => {
    if (!(error instanceof DatabaseError && error.code === 'TENANT_UNKNOWN')) throw error
  })
}
