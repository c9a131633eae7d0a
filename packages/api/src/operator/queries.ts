import { type Database, DatabaseError, endOfGrace, type LedgerRow, type MasterTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import { containsText } from '../like.ts'
import { type Tenant, toTenant } from '../tenant/model.ts'
import { TENANT_RECORD_COLUMNS } from '../tenant-record.ts'
import { type ListTenantsInput, TENANT_LIST_LIMIT_DEFAULT } from './schema.ts'
import { type Load, orderTenants, readOffset, type TenantLoad } from './tenant-order.ts'

const TENANT_KEY_CHARACTERS = /^[a-z0-9-]+$/i

/** As it was measured last, by whichever process. */
export interface TenantFigures {
  sizeBytes: number
  changesLastDay: number
  writtenAt: string | null
  measuredAt: string
}

export interface TenantWithMembers extends Tenant {
  memberCount: number
  /** When an archived tenant is deleted for good; null for any other. */
  deletedAfter: string | null
  /** It is being deleted and cannot be restored any more. */
  isBeingDeleted: boolean
  /** null: not measured yet. */
  figures: TenantFigures | null
  /** What it has cost this process since that began; null: nothing, or too little to be named. */
  load: TenantLoad | null
}

/**
 * Tenants with how many people may enter each, how large they are and what happens in them. One statement, on the
 * control plane alone. `load`: the ledger of this process.
 */
export async function listTenants(
  { master, schemaVersion }: Pick<Database, 'master' | 'schemaVersion'>,
  input: ListTenantsInput = {},
  load: readonly LedgerRow[] = [],
): Promise<{ items: TenantWithMembers[]; nextCursor: string | null }> {
  const { search, status, isBehind, cursor, sort = 'key' } = input
  const limit = input.limit ?? TENANT_LIST_LIMIT_DEFAULT
  const offset = readOffset(cursor)
  // Tenants made ahead have a key that begins with a tilde, after every letter: they are nobody's yet.
  let query = selectListed(master).where('tenant_key', '<', '~')
  if (cursor && offset === null) query = query.where('tenant_key', '>', cursor)
  if (status) query = query.where('status', '=', status)
  if (isBehind) query = query.where('schema_version', '<', schemaVersion)
  if (search) query = query.where(containsText(searchedColumns(search), search))
  const rows = await query
    .orderBy(orderTenants(sort, load))
    .orderBy('tenant_key')
    .limit(limit + 1)
    .offset(offset ?? 0)
    .execute()
  const page = rows.slice(0, limit)
  const next = sort === 'key' ? (page.at(-1)?.tenantKey ?? null) : `~${(offset ?? 0) + limit}`
  return {
    items: page.map((row) => toListed(row, toLoad(load))),
    nextCursor: rows.length > limit ? next : null,
  }
}

/** @throws DatabaseError TENANT_UNKNOWN */
export async function getListedTenant(
  master: Kysely<MasterTables>,
  { tenantKey }: { tenantKey: string },
  load: readonly LedgerRow[] = [],
): Promise<TenantWithMembers> {
  const row = await selectListed(master)
    .where('tenant_key', '=', tenantKey)
    .where('tenant_key', '<', '~')
    .executeTakeFirst()
  if (row) return toListed(row, toLoad(load))
  throw new DatabaseError('TENANT_UNKNOWN', 'no tenant has this key', { tenant: tenantKey })
}

function selectListed(master: Kysely<MasterTables>) {
  return master
    .selectFrom('tenants')
    .leftJoin('tenant_figures', 'tenant_figures.tenant_id', 'tenants.id')
    .select([...TENANT_RECORD_COLUMNS, 'archived_at as archivedAt', 'deleting_at as deletingAt'])
    .select([
      'size_bytes as sizeBytes',
      'changes_last_day as changesLastDay',
      'written_at as writtenAt',
      'measured_at as measuredAt',
    ])
    .select((eb) =>
      eb
        .selectFrom('memberships')
        .whereRef('memberships.tenant_id', '=', 'tenants.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('memberCount'),
    )
}

type ListedRow = Awaited<ReturnType<ReturnType<typeof selectListed>['execute']>>[number]

function toListed(row: ListedRow, load: Load): TenantWithMembers {
  return {
    ...toTenant(row),
    memberCount: row.memberCount ?? 0,
    deletedAfter: row.archivedAt && endOfGrace(row.archivedAt).toISOString(),
    isBeingDeleted: row.deletingAt !== null,
    figures: toFigures(row),
    load: load.get(row.tenantKey) ?? null,
  }
}

function toFigures({ sizeBytes, changesLastDay, writtenAt, measuredAt }: ListedRow): TenantFigures | null {
  if (sizeBytes === null || changesLastDay === null || measuredAt === null) return null
  return {
    sizeBytes: Number(sizeBytes),
    changesLastDay,
    writtenAt: writtenAt?.toISOString() ?? null,
    measuredAt: measuredAt.toISOString(),
  }
}

function toLoad(rows: readonly LedgerRow[]): Load {
  return new Map(rows.map(({ tenant, ...load }) => [tenant, load]))
}

/** More than any fleet has, and no more than a page can show. */
export const PROCESSES_LISTED_MAX = 100

export interface FleetProcess {
  host: string
  pid: number
  /** Connections lent to it, what it may still hold, and what it asked for. */
  share: number
  held: number
  wanted: number
  heartbeatAt: string
}

/** The processes that share the server's connections at this moment, those first that came first. */
export async function listProcesses(master: Kysely<MasterTables>): Promise<{ items: FleetProcess[] }> {
  const rows = await master
    .selectFrom('pool_shares')
    .select(['host', 'pid', 'share', 'held', 'wanted', 'heartbeat_at as heartbeatAt'])
    .where('expires_at', '>', sql<Date>`UTC_TIMESTAMP(3)`)
    .orderBy('process_id')
    .limit(PROCESSES_LISTED_MAX)
    .execute()
  return { items: rows.map((row) => ({ ...row, heartbeatAt: row.heartbeatAt.toISOString() })) }
}

/** Keys are ASCII, and the server compares them with nothing else. */
function searchedColumns(search: string): string[] {
  return TENANT_KEY_CHARACTERS.test(search) ? ['tenants.name', 'tenants.tenant_key'] : ['tenants.name']
}
