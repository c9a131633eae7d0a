import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '../id.ts'
import type { Installation } from '../installation.ts'
import type { StepState, TenantRow } from '../master/tables.ts'
import { learnKeyOf } from '../secret/keys.ts'
import { migrateRow } from '../tenant/migrate-tenant.ts'
import { claimUntil } from './claim.ts'
import { makeEmptyTenant, STEPS_AFTER, STEPS_BEFORE } from './make-tenant.ts'
import { readPlan } from './plan.ts'
import { reserveRows } from './reserve.ts'
import type { Saga } from './saga.ts'
import type { CreateTenantOptions, NewTenant } from './types.ts'
import { undoOrLeave } from './undo-tenant.ts'

/** No tenant's key begins with it. */
export const SPARE_PREFIX = '~'
const SPARE_KEY_BYTES = 8
/** Others who come at once take some of them first. */
const CANDIDATES_MAX = 20

/**
 * A tenant that was made ahead, under its new key: database, accounts, rights and schema are there already. Undefined if
 * there is none. Two who take one at once get two.
 *
 * @throws what the unique key says if another tenant has this one.
 */
export async function takeSpare(
  installation: Installation,
  input: NewTenant,
  { steps = [], onStep }: CreateTenantOptions,
): Promise<Saga | undefined> {
  const { keyring, tenantFence, master } = installation
  const claim = newId()
  const details = input.details ?? {}
  const names = [...steps.map(({ name }) => name), ...STEPS_AFTER]
  const row = await master
    .transaction()
    .execute((trx) => rename({ ...installation, master: trx }, input, { claim, names }))
  if (!row) return undefined
  await learnKeyOf(master, keyring, row.account_secret)
  for (const name of STEPS_BEFORE) await onStep?.({ name, state: 'done', error: null })
  return {
    installation,
    row,
    plan: readPlan(row, keyring, tenantFence),
    details,
    claim,
    isResumed: false,
    further: steps,
    onStep,
    states: new Map<string, StepState>(STEPS_BEFORE.map((name) => [name, 'done'])),
    doneLast: undefined,
  }
}

type Ground = Pick<Installation, 'master' | 'schema' | 'serverId'>

/** Inside a transaction: whoever finds the key taken has spent no spare. */
async function rename(
  ground: Ground,
  { tenantKey, name, details = {} }: NewTenant,
  { claim, names }: { claim: string; names: readonly string[] },
): Promise<TenantRow | undefined> {
  const spare = await lockSpare(ground)
  if (!spare) return undefined
  const { master } = ground
  const now = new Date()
  const named = { tenant_key: tenantKey, name, created_at: now, updated_at: now }
  await master.updateTable('tenants').set(named).where('id', '=', spare.id).execute()
  const begun = { claim, claimed_until: claimUntil(), started_at: now, ended_at: null }
  await master
    .updateTable('provisionings')
    .set({ ...begun, details: JSON.stringify(details) })
    .where('tenant_id', '=', spare.id)
    .execute()
  const rows = names.map((step, at) => ({
    tenant_id: spare.id,
    name: step,
    ordinal: STEPS_BEFORE.length + at,
    state: 'pending' as const,
  }))
  await master.insertInto('provisioning_steps').values(rows).execute()
  return { ...spare, ...named }
}

/** Looked for without locks and then locked by its id: a search that locks would lock all that it passes. */
async function lockSpare(ground: Ground): Promise<TenantRow | undefined> {
  for (const { id } of await readySpares(ground).limit(CANDIDATES_MAX).execute()) {
    const spare = await ground.master
      .selectFrom('tenants')
      .selectAll()
      .where('id', '=', id)
      .where('tenant_key', 'like', `${SPARE_PREFIX}%`)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (spare) return spare
  }
  return undefined
}

/** Whole, of the newest schema, and nobody's. */
function readySpares({ master, schema, serverId }: Ground) {
  return master
    .selectFrom('tenants')
    .innerJoin('provisionings', 'provisionings.tenant_id', 'tenants.id')
    .selectAll('tenants')
    .where('tenant_key', 'like', `${SPARE_PREFIX}%`)
    .where('server_id', '=', serverId)
    .where('schema_version', '=', schema.version)
    .where('ended_at', 'is not', null)
    .orderBy('tenants.id')
}

/** Brings the spares to the newest schema and to `sparesMax`, one at a time: people's work comes first. */
export async function refillSpares(
  installation: Installation,
  { sparesMax, isStopping }: { sparesMax: number; isStopping: () => boolean },
): Promise<void> {
  for (const row of await findOutdated(installation)) {
    if (isStopping()) return
    await migrateRow(installation, row, { class: 'background' })
  }
  while (!isStopping() && (await countSpares(installation)) < sparesMax) await makeSpare(installation)
}

async function findOutdated({ master, schema }: Installation): Promise<TenantRow[]> {
  return master
    .selectFrom('tenants')
    .innerJoin('provisionings', 'provisionings.tenant_id', 'tenants.id')
    .selectAll('tenants')
    .where('tenant_key', 'like', `${SPARE_PREFIX}%`)
    .where('schema_version', '<', schema.version)
    .where('ended_at', 'is not', null)
    .execute()
}

/** Those that are being made count: several processes at once make a few too many at most. */
async function countSpares({ master }: Installation): Promise<number> {
  const { count } = await master
    .selectFrom('tenants')
    .where('tenant_key', 'like', `${SPARE_PREFIX}%`)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** As every tenant, up to where somebody has to say whose it is. */
async function makeSpare(installation: Installation): Promise<void> {
  const tenantKey = `${SPARE_PREFIX}${randomBytes(SPARE_KEY_BYTES).toString('hex')}`
  const saga = await reserveRows(installation, { tenantKey, name: 'spare' }, { names: STEPS_BEFORE })
  try {
    await makeEmptyTenant(saga, 'background')
    await markReady(saga)
  } catch (error) {
    await undoOrLeave(saga, error)
    throw error
  }
}

async function markReady({ installation, plan, claim }: Saga): Promise<void> {
  await sql`
    UPDATE provisionings p JOIN provisioning_steps s ON s.tenant_id = p.tenant_id
    SET s.state = 'done', s.ended_at = IFNULL(s.ended_at, UTC_TIMESTAMP(3)),
      p.claim = NULL, p.claimed_until = NULL, p.ended_at = UTC_TIMESTAMP(3)
    WHERE p.tenant_id = ${plan.id} AND p.claim = ${claim}`.execute(installation.master)
}
