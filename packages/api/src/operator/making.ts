import type { Database, StepProgress } from '@sarai/db'
import { type AuditContext, writeInstallationAudit } from '../audit/write-audit.ts'
import type { Context } from '../context.ts'
import { DomainError, toWireError } from '../errors.ts'
import type { CreateTenantInput } from '../tenant/schema.ts'
import { audited } from './audited.ts'
import { type CreatedTenant, createTenant } from './create-tenant.ts'
import type { TenantKeyInput } from './schema.ts'
import { tenantSteps } from './tenant-steps.ts'

type Acting = AuditContext & Pick<Context, 'database' | 'log'>

export interface Making {
  tenantKey: string
  name: string
  /** null: made from an archive or ahead, without one. */
  ownerEmail: string | null
  /**
   * `running`: a process is at it. `cut-off`: nobody is; a serving process takes it up within half a minute, or whoever
   * asks for it. `undoing`: it is being taken back. `made`: it is open.
   */
  state: 'running' | 'cut-off' | 'undoing' | 'made'
  /** How often it has been taken up. */
  attempts: number
  startedAt: Date
  endedAt: Date | null
  steps: (StepProgress & { startedAt: Date | null; endedAt: Date | null })[]
}

/** How far the making of a tenant is, or how it went; null for a key that is free, also after it was taken back. */
export async function findMaking(database: Database, { tenantKey }: TenantKeyInput): Promise<Making | null> {
  const found = await database.findProvisioning(tenantKey)
  if (!found) return null
  const { name, direction, isRunning, details, attempts, startedAt, endedAt, steps } = found
  const open = direction === 'undoing' ? 'undoing' : isRunning ? 'running' : 'cut-off'
  return {
    tenantKey,
    name,
    ownerEmail: details['ownerEmail'] ?? null,
    state: endedAt === null ? open : 'made',
    attempts,
    startedAt,
    endedAt,
    steps,
  }
}

/**
 * Makes a tenant and writes it down. The caller may go away: it is made to the end all the same.
 *
 * @throws DatabaseError TENANT_EXISTS; DomainError CONFLICT with `{ reason: 'step-failed', step, error }` in its details
 * if a step failed, once everything before it has been taken back
 */
export async function makeTenant(ctx: Acting, input: CreateTenantInput): Promise<CreatedTenant> {
  const failed: { step?: StepProgress } = {}
  const onStep = (step: StepProgress) => {
    if (step.state === 'failed') failed.step = step
  }
  const made = createTenant(ctx.database, input, { onStep }).catch((error: unknown) => {
    throw explainFailure(ctx, failed.step, error)
  })
  return audited(ctx, 'tenant.created', made)
}

/**
 * Goes on at once with what was cut off, as it was asked for.
 *
 * @throws DomainError NOT_FOUND for a key that nobody began; CONFLICT, with `reason` in its details: `made`, or
 * `no-owner` for one that a program began in another way; otherwise as makeTenant
 */
export async function goOnMaking(ctx: Acting, { tenantKey }: TenantKeyInput): Promise<CreatedTenant> {
  const making = await findMaking(ctx.database, { tenantKey })
  if (!making) throw new DomainError('NOT_FOUND', 'No workspace of this key is being made.')
  const { name, ownerEmail, state } = making
  if (state === 'made') throw cannot('made', 'This workspace is made already.')
  if (ownerEmail === null) throw cannot('no-owner', 'It goes on by itself: it was begun without an owner.')
  return makeTenant(ctx, { tenantKey, name, ownerEmail })
}

/** @throws DatabaseError as Database.takeBackTenant */
export async function takeBackAudited(
  ctx: Acting,
  { tenantKey }: TenantKeyInput,
): Promise<{ tenantKey: string }> {
  const { id, name } = await ctx.database.getTenant(tenantKey)
  await ctx.database.takeBackTenant(tenantKey, { steps: tenantSteps() })
  const entity = { id, name: `${name} (${tenantKey})` }
  await writeInstallationAudit(ctx.database.master, ctx, { action: 'tenant.taken-back', entity })
  return { tenantKey }
}

/** What an operator can mend, with the server's own words; what the caller may know already stays as it is. */
function explainFailure({ log }: Acting, step: StepProgress | undefined, error: unknown): unknown {
  if (step === undefined || toWireError(error) !== undefined) return error
  log.error({ err: error, step: step.name }, 'a step of the making of a tenant failed')
  const details = { reason: 'step-failed', step: step.name, error: step.error }
  return new DomainError(
    'CONFLICT',
    `It could not be made: the step ${step.name} failed. All was taken back.`,
    {
      details,
      cause: error,
    },
  )
}

function cannot(reason: string, userMessage: string): DomainError {
  return new DomainError('CONFLICT', userMessage, { details: { reason } })
}
