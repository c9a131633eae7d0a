import type { Database, TenantRecord, TenantStatus } from '@sarai/db'
import { DomainError } from '../errors.ts'
import { type Tenant, toTenant } from '../tenant/model.ts'

interface Named {
  tenantKey: string
}

/** Nobody gets in until it is resumed; nothing is lost. Twice is the same as once. */
export function suspendTenant(database: Database, { tenantKey }: Named): Promise<Tenant> {
  return switchTenant(database, { tenantKey, from: ['active'], to: 'suspended' })
}

/** Opens a suspended tenant again. Twice is the same as once. */
export function resumeTenant(database: Database, { tenantKey }: Named): Promise<Tenant> {
  return switchTenant(database, { tenantKey, from: ['suspended'], to: 'active' })
}

/** Nobody gets in, and after its grace it is deleted for good, unless it is restored before. Twice is the same as once. */
export function archiveTenant(database: Database, { tenantKey }: Named): Promise<Tenant> {
  return switchTenant(database, { tenantKey, from: ['active', 'suspended'], to: 'archived' })
}

/** Opens an archived tenant again, migrated if it fell behind. Twice is the same as once. */
export function restoreTenant(database: Database, { tenantKey }: Named): Promise<Tenant> {
  return switchTenant(database, { tenantKey, from: ['archived'], to: 'active' })
}

/**
 * Deletes an archived tenant for good, without waiting for the end of its grace.
 *
 * @throws DomainError CONFLICT for one that is not archived: that is the step from which there is a way back
 */
export async function deleteTenant(database: Database, { tenantKey }: Named): Promise<Named> {
  const tenant = await database.getTenant(tenantKey)
  if (tenant.status !== 'archived') {
    throw new DomainError(
      'CONFLICT',
      'Archive this workspace first. Only an archived one is deleted for good.',
      {
        details: { status: tenant.status },
      },
    )
  }
  await database.dropTenant(tenantKey)
  return { tenantKey }
}

interface Switch extends Named {
  from: readonly TenantStatus[]
  to: 'active' | 'suspended' | 'archived'
}

/** CONFLICT for a tenant in any third state: one that is being made or moved is not for us to open or close. */
async function switchTenant(database: Database, { tenantKey, from, to }: Switch): Promise<Tenant> {
  const tenant = await database.getTenant(tenantKey)
  if (tenant.status === to) return toTenant(tenant)
  if (!from.includes(tenant.status)) throw cannotBecome(to, tenant)
  return toTenant(await database.setTenantStatus(tenantKey, to))
}

function cannotBecome(to: Switch['to'], { status }: TenantRecord): DomainError {
  return new DomainError('CONFLICT', `This workspace is ${status}; it cannot become ${to} now.`, {
    details: { status },
  })
}
