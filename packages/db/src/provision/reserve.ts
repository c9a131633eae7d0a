import { newId } from '../id.ts'
import type { Installation } from '../installation.ts'
import type { StepState, TenantRow } from '../master/tables.ts'
import { claimUntil } from './claim.ts'
import { STEPS_AFTER, STEPS_BEFORE } from './make-tenant.ts'
import { planTenant, sealPlan } from './plan.ts'
import type { Saga } from './saga.ts'
import type { CreateTenantOptions, NewTenant } from './types.ts'

/** The rows come first and hold every name, so that a crash leaves nothing unknown behind. */
export async function reserveKey(
  installation: Installation,
  input: NewTenant,
  { steps = [], onStep }: CreateTenantOptions,
): Promise<Saga> {
  const names = [...STEPS_BEFORE, ...steps.map(({ name }) => name), ...STEPS_AFTER]
  const saga = await reserveRows(installation, input, { names, steps, onStep })
  await onStep?.({ name: 'reserve-key', state: 'done', error: null })
  return saga
}

const NEW_ROW = {
  status: 'provisioning',
  schema_version: 0,
  schema_floor: 0,
  archived_at: null,
  deleting_at: null,
  account_version: 1,
} as const

export async function reserveRows(
  installation: Installation,
  input: NewTenant,
  { names, steps = [], onStep }: CreateTenantOptions & { names: readonly string[] },
): Promise<Saga> {
  const { master, keyring, serverId, tenantFence } = installation
  const plan = planTenant(tenantFence)
  const now = new Date()
  const row: TenantRow = {
    ...NEW_ROW,
    ...sealPlan(plan, keyring),
    tenant_key: input.tenantKey,
    name: input.name,
    server_id: serverId,
    created_at: now,
    updated_at: now,
  }
  const claim = newId()
  const details = input.details ?? {}
  const states = listSteps(names)
  await master.transaction().execute(async (trx) => {
    await trx.insertInto('tenants').values(row).execute()
    const provisioning = {
      tenant_id: plan.id,
      direction: 'making' as const,
      details: JSON.stringify(details),
      claim,
      claimed_until: claimUntil(),
      started_at: now,
    }
    await trx.insertInto('provisionings').values(provisioning).execute()
    const rows = [...states].map(([name, state], ordinal) => ({ tenant_id: plan.id, name, ordinal, state }))
    await trx.insertInto('provisioning_steps').values(rows).execute()
  })
  return {
    installation,
    row,
    plan,
    details,
    claim,
    isResumed: false,
    further: steps,
    onStep,
    states,
    doneLast: undefined,
  }
}

function listSteps(names: readonly string[]): Map<string, StepState> {
  return new Map(names.map((name) => [name, name === 'reserve-key' ? 'done' : 'pending']))
}
