import type { Kysely } from 'kysely'
import type { TenantRecord } from '../database.ts'
import type { MasterTables, ProvisioningDirection, StepState } from '../master/tables.ts'
import type { TenantTables } from '../tenant/tables.ts'

export interface NewTenant {
  tenantKey: string
  name: string
  /**
   * What further steps go by; recorded, so that another process can go on where one was cut off. Never a secret.
   * Default: nothing.
   */
  details?: Readonly<Record<string, string>> | undefined
}

/** A tenant that is being made, for the steps of whoever has it made. */
export interface TenantInTheMaking {
  readonly record: TenantRecord
  readonly details: Readonly<Record<string, string>>
  /** Somebody before us was cut off, perhaps in the middle of this step. */
  readonly isResumed: boolean
  readonly master: Kysely<MasterTables>
  /** As Database.withTenant, for this tenant alone, which is not open to anybody else yet. */
  withTenant<T>(work: (db: Kysely<TenantTables>) => Promise<T>): Promise<T>
}

/**
 * A step of the caller's own between the newest schema and the verification. It may be run again after it was cut off
 * anywhere, and `undo` may find that there is nothing to undo.
 *
 * @example
 * const roles: TenantStep = { name: 'roles', run: ({ withTenant }) => withTenant(installBuiltInRoles) }
 */
export interface TenantStep {
  /** In the record: lower case, hyphens, at most 40 characters, none of the names in BUILT_IN_STEPS. */
  readonly name: string
  run(tenant: TenantInTheMaking): Promise<void>
  /** For what lies outside the tenant's database; that is dropped anyway. */
  undo?(tenant: TenantInTheMaking): Promise<void>
}

export interface StepProgress {
  name: string
  state: StepState
  /** Why it failed, for operators; null unless it did. */
  error: string | null
}

export interface CreateTenantOptions {
  /** In this order. The same ones for every tenant of an installation, or none. */
  steps?: readonly TenantStep[] | undefined
  /** Told after a change of a step has been recorded. A promise is waited for; must not throw. */
  onStep?: ((step: StepProgress) => void | Promise<void>) | undefined
}

/** How far the making of a tenant has come, as recorded in the control plane. */
export interface Provisioning {
  tenantKey: string
  name: string
  direction: ProvisioningDirection
  /** What the caller's steps go by, as it was given; see NewTenant. */
  details: Record<string, string>
  /** A process is at it now. If not and it has not ended, it was cut off and goes on with resumeTenants. */
  isRunning: boolean
  /** How often it has been taken up. */
  attempts: number
  startedAt: Date
  endedAt: Date | null
  steps: (StepProgress & { startedAt: Date | null; endedAt: Date | null })[]
}

/** What became of the tenants that were left half-made. */
export interface ResumeReport {
  finished: string[]
  /** Their keys are free again. */
  undone: string[]
  /** Still half-made, with why: steps that this process does not know, or a server that does not let us. */
  left: { tenantKey: string; error: unknown }[]
}
