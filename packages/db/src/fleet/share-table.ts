import { type Kysely, sql, type Transaction } from 'kysely'
import type { MasterTables } from '../master/tables.ts'
import { EXPIRES_MS, FORGOTTEN_AFTER_MS, renew, type ShareReport } from './lease-terms.ts'
import { planShare, type ShareRow } from './share-plan.ts'

/** Which process on which machine borrows from which server. */
export interface Borrower {
  processId: string
  serverId: string
  host: string
  pid: number
}

export interface ShareAnswer {
  /** Lent until EXPIRES_MS after this was asked; 0 to a newcomer for whom the others have yet to make room. */
  share: number
  /** Of all processes together, at this moment. */
  total: number
  /** Others that live. */
  others: number
}

/** What all processes together may hold of a server that allows `serverMax` connections. */
export type FleetMax = (serverMax: number) => number

type Master = Transaction<MasterTables>

const MICROSECONDS = 1_000

/**
 * One heartbeat: writes what this process holds and reads what it may hold from now on. Heartbeats of one server
 * follow one another (`SELECT … FOR UPDATE` on its row in `servers`), and the server's clock alone decides who has expired.
 */
export function exchange(
  master: Kysely<MasterTables>,
  borrower: Borrower,
  { report, fleetMax }: { report: Omit<ShareReport, 'processId'>; fleetMax: FleetMax },
): Promise<ShareAnswer> {
  return master.transaction().execute(async (trx) => {
    const total = fleetMax(await lockServer(trx, borrower.serverId))
    await forgetLongExpired(trx, borrower.serverId)
    const rows = renew(await readRows(trx, borrower.serverId), { ...report, processId: borrower.processId })
    const own = rows.find((row) => row.processId === borrower.processId)
    const share = planShare(rows, borrower.processId, total)
    await write(trx, borrower, { share, held: own?.held ?? report.held, wanted: report.wanted })
    return { share, total, others: rows.filter((row) => row !== own && !row.isExpired).length }
  })
}

/** Give-back: when the process has closed its last connection. */
export async function giveBack(
  master: Kysely<MasterTables>,
  { processId, serverId }: Borrower,
): Promise<void> {
  await master
    .deleteFrom('pool_shares')
    .where('server_id', '=', serverId)
    .where('process_id', '=', processId)
    .execute()
}

/** `max_connections` is read each time: an operator may change it while we run. */
async function lockServer(trx: Master, serverId: string): Promise<number> {
  const row = await trx
    .selectFrom('servers')
    .select(sql<number>`@@max_connections`.as('connections_max'))
    .where('id', '=', serverId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return Number(row.connections_max)
}

async function forgetLongExpired(trx: Master, serverId: string): Promise<void> {
  await trx
    .deleteFrom('pool_shares')
    .where('server_id', '=', serverId)
    .where('expires_at', '<', fromNow(-FORGOTTEN_AFTER_MS))
    .execute()
}

async function readRows(trx: Master, serverId: string): Promise<ShareRow[]> {
  const rows = await trx
    .selectFrom('pool_shares')
    .select(['process_id', 'share', 'held', 'wanted'])
    .select(sql<number>`expires_at <= UTC_TIMESTAMP(3)`.as('is_expired'))
    .where('server_id', '=', serverId)
    .execute()
  return rows.map(({ process_id: processId, share, held, wanted, is_expired: isExpired }) => ({
    processId,
    share,
    held,
    wanted,
    isExpired: Number(isExpired) === 1,
  }))
}

async function write(
  trx: Master,
  { processId, serverId, host, pid }: Borrower,
  line: Pick<ShareRow, 'share' | 'held' | 'wanted'>,
): Promise<void> {
  const times = { heartbeat_at: fromNow(0), expires_at: fromNow(EXPIRES_MS) }
  await trx
    .insertInto('pool_shares')
    .values({ process_id: processId, server_id: serverId, host, pid, ...line, ...times })
    .onDuplicateKeyUpdate({ ...line, ...times })
    .execute()
}

function fromNow(ms: number) {
  return sql<Date>`UTC_TIMESTAMP(3) + INTERVAL ${ms * MICROSECONDS} MICROSECOND`
}
