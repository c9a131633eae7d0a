import type { Installation } from '../installation.ts'
import type { TenantRow } from '../master/tables.ts'
import { claimSaga, giveClaimBack } from './claim.ts'
import { BUILT_IN_STEPS, makeTenant } from './make-tenant.ts'
import { type Saga, TakenOver } from './saga.ts'
import type { CreateTenantOptions, ResumeReport } from './types.ts'
import { SPARE_PREFIX } from './spares.ts'
import { dropWhatIsNobodys, undoTenant } from './undo-tenant.ts'

/** See Database.resumeTenants. */
export async function resumeTenants(
  installation: Installation,
  options: CreateTenantOptions = {},
): Promise<ResumeReport> {
  const report: ResumeReport = { finished: [], undone: [], left: [] }
  const rows = await installation.master
    .selectFrom('tenants')
    .innerJoin('provisionings', 'provisionings.tenant_id', 'tenants.id')
    .selectAll('tenants')
    .where('ended_at', 'is', null)
    .orderBy('tenants.id')
    .execute()
  for (const row of rows) await resume(installation, row, { options, report })
  return report
}

async function resume(
  installation: Installation,
  row: TenantRow,
  { options, report }: { options: CreateTenantOptions; report: ResumeReport },
): Promise<void> {
  const { tenant_key: tenantKey } = row
  const outcome = await goOn(installation, row, options).catch((error: unknown) => ({ error }))
  if (outcome === 'finished' || outcome === 'undone') report[outcome].push(tenantKey)
  if (typeof outcome === 'object') report.left.push({ tenantKey, error: outcome.error })
  if (outcome === 'in other hands') return
  const level = typeof outcome === 'object' ? 'error' : 'warn'
  const said = typeof outcome === 'object' ? 'cannot be taken up' : `has been taken up: ${outcome}`
  const fields = {
    tenant: tenantKey,
    ...(typeof outcome === 'object' && { err: outcome.error }),
  }
  installation.log({ level, message: `a tenant that was left half-made ${said}`, fields })
}

async function goOn(
  installation: Installation,
  row: TenantRow,
  options: CreateTenantOptions,
): Promise<'finished' | 'undone' | 'in other hands'> {
  const claimed = await claimSaga(installation, row, options)
  if (!claimed) return 'in other hands'
  const { saga, isUndoing } = claimed
  await requireKnownSteps(saga)
  const isSpare = row.tenant_key.startsWith(SPARE_PREFIX)
  if (!isUndoing && !isSpare && (await isMade(saga))) return 'finished'
  await undoTenant(saga)
  return 'undone'
}

/** Who does not know a step can neither take it nor take it back. @throws Error, with the claim given back */
export async function requireKnownSteps(saga: Saga): Promise<void> {
  const unknown = [...saga.states.keys()].filter((name) => !isKnown(saga, name))
  if (unknown.length === 0) return
  await giveClaimBack(saga)
  throw new Error(`steps that are not known here: ${unknown.join(', ')}`)
}

async function isMade(saga: Saga): Promise<boolean> {
  const { installation, row } = saga
  try {
    await makeTenant(saga)
    return true
  } catch (error) {
    if (error instanceof TakenOver) {
      await dropWhatIsNobodys(saga)
      throw error
    }
    const fields = { tenant: row.tenant_key, err: error }
    installation.log({ level: 'error', message: 'a tenant that was taken up cannot be made', fields })
    return false
  } finally {
    installation.directory.forget(row.tenant_key)
  }
}

function isKnown({ further }: Saga, name: string): boolean {
  return BUILT_IN_STEPS.includes(name) || further.some((step) => step.name === name)
}
