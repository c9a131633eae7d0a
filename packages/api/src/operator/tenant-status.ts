import type { Database } from '@sarai/db'
import { DomainError } from '../errors.ts'
import { type Tenant, toTenant } from '../tenant/model.ts'

/** Nobody gets in until it is resumed; nothing is lost. Twice is the same as once. */
export function suspendTenant(database: Database, { tenantKey }: { tenantKey: string }): Promise<Tenant> {
  return switchTenant(database, { tenantKey, from: 'active', to: 'suspended' })
}

/** Opens a suspended tenant again. Twice is the same as once. */
export function resumeTenant(database: Database, { tenantKey }: { tenantKey: string }): Promise<Tenant> {
  return switchTenant(database, { tenantKey, from: 'suspended', to: 'active' })
}

/** CONFLICT for a tenant in any third state: one that is being made or moved is not for us to open or close. */
async function switchTenant(
  database: Database,
  { tenantKey, from, to }: { tenantKey: string; from: 'active' | 'suspended'; to: 'active' | 'suspended' },
): Promise<Tenant> {
  const tenant = await database.getTenant(tenantKey)
  if (tenant.status === to) return toTenant(tenant)
  if (tenant.status !== from) {
    throw new DomainError('CONFLICT', `This workspace is ${tenant.status}; it cannot become ${to} now.`, {
      details: { status: tenant.status },
    })
  }
  return toTenant(await database.setTenantStatus(tenantKey, to))
}
