import { type Kysely, sql } from 'kysely'
import { DatabaseError } from '../errors.ts'
import type { Installation } from '../installation.ts'
import type { MasterTables, StepState, TenantRow } from '../master/tables.ts'
import { RETRY_AFTER_MS } from '../statement-error.ts'
import type { TenantPlan } from './plan.ts'
import type { CreateTenantOptions, StepProgress, TenantStep } from './types.ts'

/**
 * How long a step may take before another process may go on in place of the one that has it: every step is written so
 * that this does no harm. A process that was killed is missed for as long.
 */
export const CLAIM_SECONDS = 15
const ERROR_LENGTH_MAX = 500

/** Where the making of one tenant stands, in the hands of the process that has claimed it. */
export interface Saga {
  readonly installation: Installation
  readonly row: TenantRow
  readonly plan: TenantPlan
  readonly details: Readonly<Record<string, string>>
  readonly claim: string
  readonly isResumed: boolean
  readonly further: readonly TenantStep[]
  readonly onStep: CreateTenantOptions['onStep']
  readonly states: Map<string, StepState>
  /** Done, and not yet recorded: that is written together with the next one's beginning. */
  doneLast: string | undefined
}

/** Thrown where somebody else has taken over: nothing of the tenant may be touched any more. */
export class TakenOver extends DatabaseError {
  constructor(tenant: string) {
    super('TENANT_BUSY', 'another process goes on with the making of this tenant', {
      tenant,
      retryAfterMs: RETRY_AFTER_MS,
    })
  }
}

/** Runs a step unless it is recorded as done. `db`: where the record is written; whoever holds a permit uses its own. */
export async function runStep(
  saga: Saga,
  { name, db }: { name: string; db: Kysely<MasterTables> },
  work: () => Promise<unknown>,
): Promise<void> {
  if (saga.states.get(name) === 'done') return
  await begin(saga, { name, db })
  try {
    await work()
  } catch (error) {
    if (!(error instanceof TakenOver)) await recordFailure(saga, { name, db, error })
    throw error
  }
  saga.doneLast = name
}

async function begin(saga: Saga, { name, db }: { name: string; db: Kysely<MasterTables> }): Promise<void> {
  const last = saga.doneLast ?? null
  const { numAffectedRows } = await sql`
    UPDATE provisionings p JOIN provisioning_steps s ON s.tenant_id = p.tenant_id
    SET s.ended_at = IF(s.name = ${last}, UTC_TIMESTAMP(3), NULL),
      s.started_at = IF(s.name = ${last}, s.started_at, UTC_TIMESTAMP(3)),
      s.error = NULL,
      s.state = IF(s.name = ${last}, 'done', 'running'),
      p.claimed_until = UTC_TIMESTAMP(3) + INTERVAL ${CLAIM_SECONDS} SECOND
    WHERE p.tenant_id = ${saga.plan.id} AND p.claim = ${saga.claim} AND s.name IN (${last}, ${name})`.execute(
    db,
  )
  if (numAffectedRows === 0n) throw new TakenOver(saga.row.tenant_key)
  saga.doneLast = undefined
  if (last !== null) await tell(saga, { name: last, state: 'done' })
  await tell(saga, { name, state: 'running' })
}

/** A record that cannot be written must not hide what went wrong. */
async function recordFailure(
  saga: Saga,
  { name, db, error }: { name: string; db: Kysely<MasterTables>; error: unknown },
): Promise<void> {
  const message = messageOf(error)
  await db
    .updateTable('provisioning_steps')
    .set({ state: 'failed', error: message, ended_at: new Date() })
    .where('tenant_id', '=', saga.plan.id)
    .where('name', '=', name)
    .execute()
    .catch(() => undefined)
  await tell(saga, { name, state: 'failed', error: message })
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, ERROR_LENGTH_MAX)
}

export async function tell(
  saga: Saga,
  step: Omit<StepProgress, 'error'> & { error?: string },
): Promise<void> {
  saga.states.set(step.name, step.state)
  await saga.onStep?.({ error: null, ...step })
}
