import { DatabaseError } from '../errors.ts'
import type { Installation } from '../installation.ts'
import { claimSaga } from './claim.ts'
import { requireKnownSteps } from './resume-tenants.ts'
import { TakenOver } from './saga.ts'
import type { CreateTenantOptions } from './types.ts'
import { undoTenant } from './undo-tenant.ts'

/** See Database.takeBackTenant. */
export async function takeBackTenant(
  installation: Installation,
  tenantKey: string,
  options: CreateTenantOptions = {},
): Promise<void> {
  const row = await installation.master
    .selectFrom('tenants')
    .innerJoin('provisionings', 'provisionings.tenant_id', 'tenants.id')
    .selectAll('tenants')
    .select('provisionings.ended_at as madeAt')
    .where('tenant_key', '=', tenantKey)
    .executeTakeFirst()
  if (!row)
    throw new DatabaseError('TENANT_UNKNOWN', 'no tenant of this key was ever begun', { tenant: tenantKey })
  if (row.madeAt !== null)
    throw new DatabaseError('TENANT_EXISTS', 'this tenant is made already', { tenant: tenantKey })
  const claimed = await claimSaga(installation, row, options)
  if (!claimed) throw new TakenOver(tenantKey)
  await requireKnownSteps(claimed.saga)
  try {
    await undoTenant(claimed.saga)
  } finally {
    installation.directory.forget(tenantKey)
  }
}
