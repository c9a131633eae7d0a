import { sql } from 'kysely'
import type { Installation } from '../installation.ts'
import type { TenantTransferRow } from '../master/tenant-transfers-table.ts'
import { unheardSince } from './record-transfer.ts'
import {
  type ListTransfersInput,
  type TransferFailure,
  TRANSFERS_LISTED_MAX,
  type TransferStatus,
} from './transfers.ts'

type Master = Pick<Installation, 'master'>

/** See Transfers.list. */
export async function listTransfers(
  installation: Master,
  { tenantKey, state, after }: ListTransfersInput = {},
): Promise<TransferStatus[]> {
  let query = select(installation).orderBy('id', 'desc').limit(TRANSFERS_LISTED_MAX)
  if (tenantKey !== undefined)
    query = query.where((where) =>
      where.or([where('from_key', '=', tenantKey), where('into_key', '=', tenantKey)]),
    )
  if (state) query = query.where('state', '=', state)
  if (after !== undefined) query = query.where('id', '<', after)
  return (await query.execute()).map(toStatus)
}

/** See Transfers.find. */
export async function findTransfer(installation: Master, id: string): Promise<TransferStatus | undefined> {
  const row = await select(installation).where('id', '=', id).executeTakeFirst()
  return row && toStatus(row)
}

/** See Transfers.listStaleArchives. */
export async function listStaleArchives({ master }: Master, now: Date): Promise<string[]> {
  const rows = await master
    .selectFrom('tenant_transfers')
    .where('archive_until', 'is not', null)
    .where((where) =>
      where.or([where('archive_until', '<=', now), where('state', 'in', ['failed', 'cancelled'])]),
    )
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

function select({ master }: Master) {
  return master
    .selectFrom('tenant_transfers')
    .selectAll()
    .select(sql<number>`state = 'running' AND heard_at < ${unheardSince()}`.as('is_cut_off'))
}

function toStatus(row: TenantTransferRow & { is_cut_off: number }): TransferStatus {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    fromKey: row.from_key,
    intoKey: row.into_key,
    requester: row.requester,
    progress:
      row.step === null
        ? null
        : {
            step: row.step,
            table: row.step_table,
            done: Number(row.done),
            total: row.total === null ? null : Number(row.total),
          },
    result: row.result === null ? null : (JSON.parse(row.result) as unknown),
    failure: row.failure === null ? null : (JSON.parse(row.failure) as TransferFailure),
    archiveUntil: row.archive_until,
    cancelAskedAt: row.cancel_asked_at,
    isCutOff: row.is_cut_off === 1,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  }
}
