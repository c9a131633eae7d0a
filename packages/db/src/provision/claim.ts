import { sql } from 'kysely'
import { newId } from '../id.ts'
import type { Installation } from '../installation.ts'
import type { StepState, TenantRow } from '../master/tables.ts'
import { learnKeyOf } from '../secret/keys.ts'
import { readPlan } from './plan.ts'
import { CLAIM_SECONDS, type Saga } from './saga.ts'
import type { CreateTenantOptions } from './types.ts'

export function claimUntil() {
  return sql<Date>`UTC_TIMESTAMP(3) + INTERVAL ${CLAIM_SECONDS} SECOND`
}

/** Undefined while another process is at it, and for what has ended. */
export async function claimSaga(
  installation: Installation,
  row: TenantRow,
  { steps = [], onStep }: CreateTenantOptions,
): Promise<{ saga: Saga; isUndoing: boolean } | undefined> {
  const { master, keyring, tenantFence } = installation
  const claim = newId()
  const { numUpdatedRows } = await master
    .updateTable('provisionings')
    .set((eb) => ({ claim, claimed_until: claimUntil(), attempts: eb('attempts', '+', 1) }))
    .where('tenant_id', '=', row.id)
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('claim', 'is', null), eb('claimed_until', '<', sql<Date>`UTC_TIMESTAMP(3)`)]))
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return undefined
  const { direction, details } = await master
    .selectFrom('provisionings')
    .select(['direction', 'details'])
    .where('tenant_id', '=', row.id)
    .executeTakeFirstOrThrow()
  await learnKeyOf(master, keyring, row.account_secret)
  const saga: Saga = {
    installation,
    row,
    plan: readPlan(row, keyring, tenantFence),
    details: readDetails(details),
    claim,
    isResumed: true,
    further: steps,
    onStep,
    states: await readStates(installation, row.id),
    doneLast: undefined,
  }
  return { saga, isUndoing: direction === 'undoing' }
}

/** For somebody else who can do more with it; a claim that is not given back ends by itself. */
export async function giveClaimBack({ installation, plan, claim }: Saga): Promise<void> {
  await installation.master
    .updateTable('provisionings')
    .set({ claim: null, claimed_until: null })
    .where('tenant_id', '=', plan.id)
    .where('claim', '=', claim)
    .execute()
}

export function readDetails(text: string): Record<string, string> {
  const parsed: unknown = JSON.parse(text)
  const entries = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : []
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}

async function readStates({ master }: Installation, tenantId: string): Promise<Map<string, StepState>> {
  const rows = await master
    .selectFrom('provisioning_steps')
    .select(['name', 'state'])
    .where('tenant_id', '=', tenantId)
    .orderBy('ordinal')
    .execute()
  return new Map(rows.map(({ name, state }) => [name, state]))
}
