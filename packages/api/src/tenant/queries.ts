import type { TenantStatus, TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import type { Context } from '../context.ts'
import { loadAccess } from '../permission/access.ts'
import type { Profile } from './model.ts'

/** Tenants whose databases are asked at once for one person's role: a person of many must not drain the budget. */
const ROLES_AT_ONCE = 4

/** A tenant as a door: what one of its members sees before going in. */
export interface Workspace {
  tenantKey: string
  name: string
  status: TenantStatus
  /** null while the tenant's own database cannot be asked: suspended, migrating, out of reach. */
  role: string | null
}

/** The tenants a person is a member of, by name. One of them being closed or broken does not hide the others. */
export async function listWorkspaces(
  ctx: Pick<Context, 'database' | 'log'>,
  { userId, signal }: { userId: string; signal: AbortSignal | undefined },
): Promise<{ items: Workspace[] }> {
  const tenants = await ctx.database.master
    .selectFrom('memberships')
    .innerJoin('tenants', 'tenants.id', 'memberships.tenant_id')
    .where('memberships.user_id', '=', userId)
    .where('tenants.status', '!=', 'archived')
    .select(['tenants.tenant_key as tenantKey', 'tenants.name', 'tenants.status'])
    .orderBy('tenants.name')
    .orderBy('tenants.tenant_key')
    .execute()
  const items: Workspace[] = []
  for (let from = 0; from < tenants.length; from += ROLES_AT_ONCE) {
    const few = tenants.slice(from, from + ROLES_AT_ONCE)
    const roles = await Promise.all(few.map(({ tenantKey }) => findRole(ctx, { tenantKey, userId, signal })))
    items.push(...few.map((tenant, index) => ({ ...tenant, role: roles[index] ?? null })))
  }
  return { items }
}

async function findRole(
  { database, log }: Pick<Context, 'database' | 'log'>,
  { tenantKey, userId, signal }: { tenantKey: string; userId: string; signal: AbortSignal | undefined },
): Promise<string | null> {
  const options = { signal, label: 'tenant.mine' }
  try {
    const access = await database.withTenant(tenantKey, (db) => loadAccess(db, userId), options)
    return access.role.name
  } catch (err) {
    log.warn({ err, tenant: tenantKey, path: options.label }, 'the role of a member cannot be read')
    return null
  }
}

/** The business's profile. Every tenant has one from its first migration on. */
export function getProfile(db: Kysely<TenantTables>): Promise<Profile> {
  return db
    .selectFrom('workspace_profile')
    .select(['language', 'time_zone as timeZone', 'week_starts_on as weekStartsOn', 'country'])
    .where('id', '=', 1)
    .executeTakeFirstOrThrow()
}
