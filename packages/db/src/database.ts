import type { Kysely } from 'kysely'
import type { MasterTables, TenantStatus } from './master/tables.ts'
import type { TenantTables } from './tenant/tables.ts'

/** What is known of a tenant without touching its database. Never a secret. */
export interface TenantRecord {
  id: string
  tenantKey: string
  name: string
  status: TenantStatus
  schemaVersion: number
  createdAt: Date
}

export type LeaseClass = 'interactive' | 'background' | 'migration'

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

export interface Database {
  /** The control plane: tenants, people, sessions. */
  readonly master: Kysely<MasterTables>
  /** Cached. Undefined for a key that no tenant has. */
  findTenant(requestedKey: string): Promise<TenantRecord | undefined>
  withTenant<T>(
    tenantKey: string,
    work: (db: Kysely<TenantTables>) => Promise<T>,
    options?: ScopeOptions,
  ): Promise<T>
  close(): Promise<void>
}
