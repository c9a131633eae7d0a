import { endOfGrace, type MasterTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import { containsText } from '../like.ts'
import { type Tenant, toTenant } from '../tenant/model.ts'
import { TENANT_RECORD_COLUMNS } from '../tenant-record.ts'
import { type ListTenantsInput, TENANT_LIST_LIMIT_DEFAULT } from './schema.ts'

const TENANT_KEY_CHARACTERS = /^[a-z0-9-]+$/i

export interface TenantWithMembers extends Tenant {
  memberCount: number
  /** When an archived tenant is deleted for good; null for any other. */
  deletedAfter: string | null
  /** It is being deleted and cannot be restored any more. */
  isBeingDeleted: boolean
}

/** Tenants by key, with how many people may enter each. One statement, on the control plane alone. */
export async function listTenants(
  master: Kysely<MasterTables>,
  input: ListTenantsInput = {},
): Promise<{ items: TenantWithMembers[]; nextCursor: string | null }> {
  const { search, status, cursor } = input
  const limit = input.limit ?? TENANT_LIST_LIMIT_DEFAULT
  let query = master
    .selectFrom('tenants')
    .select([...TENANT_RECORD_COLUMNS, 'archived_at as archivedAt', 'deleting_at as deletingAt'])
    .select((eb) =>
      eb
        .selectFrom('memberships')
        .whereRef('memberships.tenant_id', '=', 'tenants.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('memberCount'),
    )
    // Tenants made ahead have a key that begins with a tilde, after every letter: they are nobody's yet.
    .where('tenant_key', '<', '~')
    .orderBy('tenant_key')
    .limit(limit + 1)
  if (cursor) query = query.where('tenant_key', '>', cursor)
  if (status) query = query.where('status', '=', status)
  if (search) query = query.where(containsText(searchedColumns(search), search))
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  return {
    items: page.map((row) => ({
      ...toTenant(row),
      memberCount: row.memberCount ?? 0,
      deletedAfter: row.archivedAt && endOfGrace(row.archivedAt).toISOString(),
      isBeingDeleted: row.deletingAt !== null,
    })),
    nextCursor: rows.length > limit ? (page.at(-1)?.tenantKey ?? null) : null,
  }
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
