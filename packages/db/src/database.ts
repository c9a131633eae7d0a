import type { Kysely } from 'kysely'
import type { TenantArchives } from './archive/tenant-archives.ts'
import type { ControlWork } from './control/change-control.ts'
import type { ControlListener } from './control/control-change.ts'
import type { MasterTables, TenantStatus } from './master/tables.ts'
import type { ConnectionsReport, ReportOptions } from './observe/connections-report.ts'
import type { LeaseClass, PoolStats } from './pool/types.ts'
import type { CreateTenantOptions, NewTenant, Provisioning, ResumeReport } from './provision/types.ts'
import type { MigrationRun } from './rollout/migration-runs.ts'
import type {
  ListTenantMigrationsInput,
  RolloutStatus,
  TenantMigrationStatus,
} from './rollout/read-rollout.ts'
import type { MigrateTenantsOptions, MigrationReport } from './rollout/types.ts'
import type { KeyRotation } from './secret/rotate-key.ts'
import type { PasswordRotation } from './secret/rotate-password.ts'
import type { MeasureReport } from './tenant/measure-tenants.ts'
import type { SweepReport } from './tenant/sweep-tenants.ts'
import type { TenantTables } from './tenant/tables.ts'
import type { Transfers } from './transfer/transfers.ts'

/** What is known of a tenant without touching its database. Never a secret. */
export interface TenantRecord {
  id: string
  tenantKey: string
  name: string
  status: TenantStatus
  schemaVersion: number
  createdAt: Date
}

export interface ScopeOptions {
  /** Ends the scope: waiters leave the queue, a running statement is stopped. */
  signal?: AbortSignal | undefined
  /** Who asks, for explanations: a procedure's path. */
  label?: string | undefined
  /** Default `interactive`. */
  class?: LeaseClass | undefined
  /** For each acquire, milliseconds; default POOL_ACQUIRE_TIMEOUT_MS. */
  acquireTimeoutMs?: number | undefined
}

/** Whether this process can serve, and what it lacks if not. One broken tenant is not a lack. */
export interface Readiness {
  ready: boolean
  /** Empty when ready: what is missing, in words for an operator. */
  missing: string[]
}

/** The connection layer of one process: one server, one budget, the control plane and every tenant. */
export interface Database extends TenantArchives {
  /** The newest schema of tenants that this process knows, and brings them to. */
  readonly schemaVersion: number

  /** Exports, imports and copies of tenants that run in any process, and what came of them. */
  readonly transfers: Transfers

  /**
   * The control plane: tenants, people, sessions. A connection is leased for each statement or
   * transaction, out of the same budget as the tenants'.
   */
  readonly master: Kysely<MasterTables>

  /**
   * One transaction in the control plane that says what it changes: a role, a membership, a session, a tenant. What it
   * announces takes effect in this process right after the commit, in every other within a second, and nowhere if
   * it is rolled back. Whatever lets somebody in or keeps them out is written through this.
   *
   * `work` runs again if the server picks it as the victim of a deadlock or a lock wait (1213, 1205), so it must do
   * nothing but SQL. A connection lost on COMMIT is never tried again, because it may have been committed.
   *
   * SQL of its own: `UPDATE control_counter` and one INSERT into `control_changes`, last of all.
   *
   * @example
   * await database.changeControl(async (trx, announce) => {
   *   await trx.deleteFrom('sessions').where('id', '=', sessionId).execute()
   *   announce({ kind: 'session.revoked', sessionId, userId })
   * })
   *
   * @throws whatever `work` throws, after ROLLBACK; DatabaseError as from a statement of `master`
   */
  changeControl<T>(work: ControlWork<T>): Promise<T>

  /**
   * Calls `listener` for every change that any process announces, each once: this process's own right after their
   * commit, others' in the order of their commits, at most CONTROL_POLL_MS (0.4 s) and one read of the control plane
   * later. While that cannot be reached they come late, none is lost. `everything.changed`: this process was away for
   * longer than a day, or the control plane was restored; look everything up again.
   *
   * When a listener hears of a tenant, `findTenant` and `withTenant` know it too.
   *
   * @returns what ends it
   */
  onControlChange(listener: ControlListener): () => void

  /** Cached. Undefined for a key that no tenant has. */
  findTenant(requestedKey: string): Promise<TenantRecord | undefined>

  /**
   * @throws DatabaseError TENANT_UNKNOWN
   */
  getTenant(requestedKey: string): Promise<TenantRecord>

  /**
   * Runs `work` with a Kysely that reaches one tenant's database as that tenant's own account, and is
   * dead (SCOPE_ENDED) once `work` has settled. Each statement or transaction leases a connection and
   * gives it back by itself; there is nothing to release.
   *
   * @example
   * const names = await database.withTenant('rabin', (db) =>
   *   db.selectFrom('customers').select('name').execute(), { signal, label: 'customer.list' })
   *
   * @throws DatabaseError before any permit is taken: TENANT_UNKNOWN, TENANT_PROVISIONING, TENANT_MIGRATING,
   * TENANT_SUSPENDED, TENANT_ARCHIVED, SCOPE_NESTED (inside a scope of another tenant), CLOSED. From a
   * statement: TENANT_BUSY, SERVER_UNAVAILABLE, TENANT_UNREACHABLE, CONNECTION_LOST, ABORTED.
   */
  withTenant<T>(
    tenantKey: string,
    work: (db: Kysely<TenantTables>) => Promise<T>,
    options?: ScopeOptions,
  ): Promise<T>

  /**
   * As withTenant, for work that needs two tenants at the same time (at most four): copying from one to the other. One
   * connection of each is leased before `work` begins and held until it has settled; they are asked for in one order by
   * everybody, and one caller at a time, so that no two wait for each other. The handles come by tenant key; a statement
   * waits for the one before it on the same handle. Inside, withTenant of the same tenants gives these handles.
   *
   * @example
   * await database.withTenants(['rabin', 'zaitoon'], async (handles) => {
   *   const tags = await handles.get('rabin')?.selectFrom('tags').select('name').execute()
   * }, { label: 'tenant.copyTags' })
   *
   * @throws TypeError if no tenant is named, or one twice; RangeError for more than four; DatabaseError as withTenant,
   * SCOPE_NESTED inside any scope of a tenant, and TENANT_BUSY if the connections are not had within one
   * `acquireTimeoutMs` for all of them together, or this process has been lent fewer.
   */
  withTenants<T>(
    tenantKeys: readonly string[],
    work: (handles: ReadonlyMap<string, Kysely<TenantTables>>) => Promise<T>,
    options?: ScopeOptions,
  ): Promise<T>

  /**
   * Makes a tenant step by step, each recorded: a database and two accounts of generated names (one may SELECT, INSERT,
   * UPDATE and DELETE there and nowhere else; one may change tables too and is for migrations alone), the newest schema,
   * the caller's own steps, a round trip as the tenant. Only then is it open. On failure everything made is undone.
   *
   * After whoever was making it was cut off, the same input goes on where it was. `findProvisioning` shows how far it
   * is while it runs.
   *
   * @example
   * await database.createTenant({ tenantKey: 'rabin', name: 'Rabin', details: { ownerEmail } }, { steps, onStep })
   *
   * @throws DatabaseError TENANT_EXISTS for a taken key; TENANT_BUSY if another process went on with it; TypeError for a
   * malformed key or name of a step; whatever a step has thrown.
   */
  createTenant(input: NewTenant, options?: CreateTenantOptions): Promise<TenantRecord>

  /**
   * Finishes what a process that was killed left half-made, or takes it back if it cannot be finished. Tenants with
   * steps that are not among `steps` stay for somebody who knows them; those another process is at are left to it, for
   * 15 s since it was last heard of. Never throws for the sake of one tenant.
   */
  resumeTenants(options?: CreateTenantOptions): Promise<ResumeReport>

  /**
   * Seals every tenant's password under a new random key while everything goes on: the passwords stay as they are.
   * Other processes learn the key when they first meet it. Cut off anywhere, it is called again.
   *
   * SQL: one INSERT into `secret_keys`, one UPDATE a tenant.
   */
  rotateSecretKey(): Promise<KeyRotation>

  /**
   * Gives a tenant a new account with a new password, and another migrator, while it is served: no request is refused,
   * because the old account works until every process has moved (`oldEndsAt`, two minutes) and is then dropped by
   * the upkeep of any process.
   *
   * @throws DatabaseError TENANT_UNKNOWN, TENANT_PROVISIONING; TENANT_BUSY if another process did the same at once
   */
  rotateTenantPassword(tenantKey: string): Promise<PasswordRotation>

  /** How far the making of a tenant is, or how it went. Undefined for one from before that was recorded. */
  findProvisioning(tenantKey: string): Promise<Provisioning | undefined>

  /**
   * Takes back what a process that was cut off left half-made: the caller's steps, the accounts, the database, last of
   * all the rows, so that the key is free again. `steps` as they were for createTenant.
   *
   * @throws DatabaseError TENANT_UNKNOWN for a key that nobody began; TENANT_EXISTS for one that is made;
   * TENANT_BUSY while a process is at it, for 15 s since it was last heard of. Whatever the server refuses: then the
   * rows stay, and it is called again.
   */
  takeBackTenant(tenantKey: string, options?: CreateTenantOptions): Promise<void>

  /**
   * Deletes a tenant for good, in this order: the account is dropped, the connections of every process are closed, the
   * database is dropped, the row goes. Cannot be undone, nor be stopped once begun; cut off in the middle, it can be
   * called again, and sweepTenants goes on with it. Also for what a crash left half-made (`provisioning`).
   *
   * @throws DatabaseError TENANT_UNKNOWN; SERVER_UNAVAILABLE if the server does not let go of its connections
   */
  dropTenant(tenantKey: string): Promise<void>

  /**
   * Deletes for good what has been archived for longer than TENANT_GRACE_DAYS (30), and what a process that was cut off
   * had begun to delete. Several processes may do it at once. Never throws for the sake of one tenant.
   */
  sweepTenants(now?: Date): Promise<SweepReport>

  /**
   * Takes effect at once in this process, in others within a second; leaving `active` also closes the tenant's
   * connections, here before this resolves. A tenant that is behind is migrated before it becomes `active`. `archived`
   * begins its grace: TENANT_GRACE_DAYS later sweepTenants deletes it for good, unless it becomes `active` before.
   *
   * @throws DatabaseError TENANT_UNKNOWN, also for one that is being deleted for good
   */
  setTenantStatus(tenantKey: string, status: 'active' | 'suspended' | 'archived'): Promise<TenantRecord>

  /**
   * Brings tenants that are behind to the newest schema, several at once, as each one's own migrator. Goes on past a
   * failure and reports it; what is left over is taken up by the next call, also after a crash, and no migration runs
   * twice. A tenant that another process is at is left to it. Recorded as it goes: see rolloutStatus.
   *
   * Meanwhile a tenant is served if this code knows its schema (`servedFrom`), else closed as TENANT_MIGRATING. With
   * `waves` it stops between two of them, or within one, once a share of tenants is outside its limits.
   *
   * @example
   * const { stopped } = await database.migrateTenants({ waves: CAREFUL_WAVES, onEvent: console.log })
   *
   * @throws RangeError for waves that do not rise from 0 to 1. Never for the sake of one tenant.
   */
  migrateTenants(options?: MigrateTenantsOptions): Promise<MigrationReport>

  /** Which versions the fleet has, and how far the newest rollout is: three statements on the control plane. */
  rolloutStatus(): Promise<RolloutStatus>

  /**
   * Asks every rollout that runs, in whichever process, to begin no further tenant; those that are begun are finished.
   * The wish is recorded, and looked for between two tenants. A rollout whose process has gone (not heard of for
   * ROLLOUT_UNHEARD_SECONDS, 60) is recorded as stopped at once.
   *
   * SQL: a SELECT and at most two UPDATEs on `rollouts`.
   *
   * @returns the ids of those that were asked; empty if none runs. See `stopAskedAt` of rolloutStatus.
   */
  stopRollouts(): Promise<string[]>

  /** What a rollout did last, newest first: the 50 (RECENT_MIGRATIONS_MAX) tenants that were begun or ended last. */
  listRecentMigrations(rolloutId: string): Promise<TenantMigrationStatus[]>

  /** How a tenant came to its schema: every run, the newest first, at most MIGRATION_RUNS_LISTED_MAX (100). */
  listMigrationRuns(tenantKey: string): Promise<MigrationRun[]>

  /** What became of each tenant of a rollout, by key, at most TENANT_MIGRATIONS_LISTED_MAX. */
  listTenantMigrations(input: ListTenantMigrationsInput): Promise<TenantMigrationStatus[]>

  /**
   * Notes how large tenants are and how much happens in them, in `tenant_figures`: two statements in each as itself, in
   * the background class, one tenant after the other. Default: those that were not measured for FIGURES_FRESH_MINUTES
   * (15) by any process, the longest ago first, at most 200 in a call. Never throws for the sake of one tenant.
   */
  measureTenants(tenantKeys?: readonly string[]): Promise<MeasureReport>

  /** Asks the control plane; settles within two seconds and never throws. */
  readiness(): Promise<Readiness>

  /** The budget and who holds what, for metrics and operators. */
  stats(): PoolStats

  /**
   * What the connection layer of this process does and did: who holds and who waits, and why; refusals, leaks, an
   * hour of samples, the ledger by tenant. Costs some tens of microseconds and asks no server.
   */
  connections(options?: ReportOptions): ConnectionsReport

  /**
   * Ends the transfers of this process, lets running rollouts finish the tenants that they have begun, refuses new scopes,
   * lets the running ones end, each within `graceMs`, closes every connection.
   */
  close(options?: { graceMs?: number | undefined }): Promise<void>
}
