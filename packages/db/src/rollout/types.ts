export interface RolloutLimits {
  /** Of the tenants of a wave that have been tried, from 0 to 1. Default 0.1. */
  failedShareMax?: number | undefined
  /** For the slowest twentieth of a wave: a statement as the tenant, waiting for a connection included. Default 2,000. */
  latencyMsMax?: number | undefined
}

export interface MigrateTenantsOptions {
  /** Says what would be done and does nothing. Default false. */
  dryRun?: boolean | undefined
  /** Default: every tenant that is behind. */
  tenantKeys?: readonly string[] | undefined
  /** How many are worked on; the budget's migration class decides how many of them have a connection. Default 4. */
  concurrency?: number | undefined
  /**
   * How much of the fleet is done by the end of each wave, rising from 0 to 1; 0 is one tenant, the canary. The next
   * wave begins only while the last one is within the limits. Default `[1]`: all in one, whatever fails.
   */
  waves?: readonly number[] | undefined
  limits?: RolloutLimits | undefined
  /** Begins no further tenant. */
  signal?: AbortSignal | undefined
  /** Called synchronously after each step has been recorded; must not throw. */
  onEvent?: ((event: RolloutEvent) => void) | undefined
}

export type RolloutEvent =
  | { type: 'planned'; rolloutId: string; tenants: number; waves: number }
  | { type: 'wave'; wave: number; tenants: number }
  | { type: 'migrating'; tenantKey: string; wave: number }
  | { type: 'migrated'; tenantKey: string; wave: number; tookMs: number }
  | { type: 'failed'; tenantKey: string; wave: number; error: unknown }
  /** Another process has the tenant's lock and is migrating it. */
  | { type: 'elsewhere'; tenantKey: string; wave: number }
  | { type: 'stopped'; reason: string }
  | { type: 'done' }

export interface PlannedMigration {
  tenantKey: string
  fromVersion: number
  /** Counted from 1. */
  wave: number
  /** Names of the migrations that are missing. */
  missing: string[]
}

/** What happened to the tenants that were behind the newest schema. */
export interface MigrationReport {
  /** Null if there was nothing to do, or for a dry run. */
  rolloutId: string | null
  targetVersion: number
  planned: PlannedMigration[]
  migrated: string[]
  /** Tenants that stay behind, with why. Served if the code still knows their schema, else closed. */
  failed: { tenantKey: string; error: unknown }[]
  /** Another process is at them. */
  elsewhere: string[]
  /** Why later waves, or the rest of this one, were not begun. */
  stopped: string | null
}
