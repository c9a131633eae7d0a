import { DatabaseError, type TenantRecord } from '@sarai/db'
import type { Context } from '../context.ts'
import { TENANT_RECORD_COLUMNS } from '../tenant-record.ts'
import { TENANT_KEY_PATTERN } from './schema.ts'

/**
 * The tenant named in the path, if the caller is a member of it. Unknown and foreign tenants give the
 * same answer after the same query, so that nobody can find out which keys exist.
 */
export async function enterTenant(
  ctx: Pick<Context, 'database' | 'requestedTenantKey'> & { user: { id: string } },
): Promise<TenantRecord> {
  const { requestedTenantKey } = ctx
  if (requestedTenantKey === null || !TENANT_KEY_PATTERN.test(requestedTenantKey)) throw unknownTenant(null)
  const tenant = await ctx.database.master
    .selectFrom('memberships')
    .innerJoin('tenants', 'tenants.id', 'memberships.tenant_id')
    .where('tenants.tenant_key', '=', requestedTenantKey)
    .where('memberships.user_id', '=', ctx.user.id)
    .select(TENANT_RECORD_COLUMNS)
    .executeTakeFirst()
  if (!tenant) throw unknownTenant(requestedTenantKey)
  return tenant
}

function unknownTenant(requestedKey: string | null): DatabaseError {
  return new DatabaseError('TENANT_UNKNOWN', 'no such tenant, or the caller is not a member', {
    tenant: requestedKey ?? undefined,
  })
}
