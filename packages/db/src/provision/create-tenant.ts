import type { TenantRecord } from '../database.ts'
import { DatabaseError } from '../errors.ts'
import type { Installation } from '../installation.ts'
import type { TenantRow } from '../master/tables.ts'
import { isDuplicateKey } from '../statement-error.ts'
import { TENANT_KEY_PATTERN } from '../tenant/tenant-directory.ts'
import { claimSaga } from './claim.ts'
import { BUILT_IN_STEPS, makeTenant } from './make-tenant.ts'
import { reserveKey } from './reserve.ts'
import type { Saga } from './saga.ts'
import { takeSpare } from './spares.ts'
import type { CreateTenantOptions, NewTenant } from './types.ts'
import { undoOrLeave, undoTenant } from './undo-tenant.ts'

const STEP_NAME_PATTERN = /^[a-z][a-z-]{0,39}$/

/** See Database.createTenant. */
export async function createTenant(
  installation: Installation,
  input: NewTenant,
  options: CreateTenantOptions = {},
): Promise<TenantRecord> {
  checkInput(input, options)
  const saga = await openSaga(installation, input, options)
  await makeOrUndo(saga)
  return (await installation.directory.get(input.tenantKey)).record
}

/** To the end, or back to the beginning. @throws what a step has thrown, once everything is taken back. */
async function makeOrUndo(saga: Saga): Promise<void> {
  const { installation, row } = saga
  try {
    await makeTenant(saga)
  } catch (error) {
    await undoOrLeave(saga, error)
    throw error
  } finally {
    installation.directory.forget(row.tenant_key)
  }
}

function checkInput({ tenantKey }: NewTenant, { steps = [] }: CreateTenantOptions): void {
  if (!TENANT_KEY_PATTERN.test(tenantKey))
    throw new TypeError(`a tenant key matches ${TENANT_KEY_PATTERN.source}`)
  const names = steps.map(({ name }) => name)
  const isWrong = (name: string) => !STEP_NAME_PATTERN.test(name) || BUILT_IN_STEPS.includes(name)
  if (names.some(isWrong) || new Set(names).size < names.length)
    throw new TypeError('a step has a name of its own, which matches ' + STEP_NAME_PATTERN.source)
}

async function openSaga(
  installation: Installation,
  input: NewTenant,
  options: CreateTenantOptions,
): Promise<Saga> {
  try {
    const spare = installation.hasSpares ? await takeSpare(installation, input, options) : undefined
    return spare ?? (await reserveKey(installation, input, options))
  } catch (error) {
    if (!isDuplicateKey(error, 'tenants_key')) throw error
    const saga = await takeUpAgain(installation, input, options)
    if (saga) return saga
    throw new DatabaseError('TENANT_EXISTS', 'another tenant has this key', {
      tenant: input.tenantKey,
      cause: error,
    })
  }
}

/** The same tenant, asked for again after whoever was making it was cut off: it goes on where it was. */
async function takeUpAgain(
  installation: Installation,
  input: NewTenant,
  options: CreateTenantOptions,
): Promise<Saga | undefined> {
  const row = await installation.master
    .selectFrom('tenants')
    .innerJoin('provisionings', 'provisionings.tenant_id', 'tenants.id')
    .selectAll('tenants')
    .where('tenant_key', '=', input.tenantKey)
    .where('status', '=', 'provisioning')
    .where('details', '=', JSON.stringify(input.details ?? {}))
    .executeTakeFirst()
  if (row?.name !== input.name) return undefined
  const claimed = await claimSaga(installation, row satisfies TenantRow, options)
  if (!claimed) return undefined
  if (!claimed.isUndoing) return claimed.saga
  await undoTenant(claimed.saga)
  return reserveKey(installation, input, options)
}
