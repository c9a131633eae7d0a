import type { MysqlPool } from 'kysely'

/** What a lease is for, when several wait: the first named comes first, and each has a floor. */
export type LeaseClass = 'interactive' | 'background' | 'migration'

/** One MySQL or MariaDB server. */
export interface Endpoint {
  host: string
  port: number
  /** Used instead of host and port. */
  socketPath?: string | undefined
}

/** Who a connection is authenticated as. Every tenant has a database and a user of its own. */
export interface Account {
  /** The tenant's id, or `master`. */
  id: string
  /** The tenant's key, for explanations. */
  label: string
  user: string
  /** Counts changes of the login: of two accounts with one id, the higher is the newer. Default 0. */
  version?: number | undefined
  database: string
  /**
   * Every tenant's requests pass through this account: its queue is bounded by `queueMax` alone, and up to the
   * contended share it is served before any tenant.
   */
  isShared?: boolean | undefined
  /** Asked only when a connection is opened or handed off; may not be empty. */
  password(): string
}

export interface PoolOptions {
  endpoint: Endpoint
  /** The budget: connections to this server in whatever state, at least 2; one of them is kept to kill statements with. */
  connectionsMax: number
  /** What one tenant may hold while nobody else waits. */
  tenantConnectionsMax: number
  /** From the call to the connection, everything included. */
  acquireTimeoutMs: number
  queueMax: number
  tenantQueueMax: number
  /** A lease held this long is reported. */
  leaseWarnMs: number
  /** A lease held this long is taken back. */
  leaseMaxMs: number
  /** A connection unused this long is closed. */
  idleMs: number
  /** Must not throw; called synchronously. */
  onEvent?: ((event: PoolEvent) => void) | undefined
  /** For every lease: must cost next to nothing and not throw. Times are of the pool's own clock. */
  onLeaseEnd?: ((holder: LeaseHolder, takenAt: number, now: number) => void) | undefined
}

/** Who has a lease, for explanations. */
export interface LeaseHolder {
  tenant: string
  label: string
  class: LeaseClass
}

/** Of one scope: the connections that one piece of work (a request, a job) takes. */
export interface PoolScopeOptions {
  /** Ends the scope with ABORTED: its waiters leave the queue, its running statement is killed on the server. */
  signal?: AbortSignal | undefined
  /** Who asks, for explanations: a procedure's path. */
  label?: string | undefined
  class?: LeaseClass | undefined
  acquireTimeoutMs?: number | undefined
}

export interface PermitOptions {
  class?: LeaseClass | undefined
  signal?: AbortSignal | undefined
  acquireTimeoutMs?: number | undefined
}

export interface PoolScope {
  /** For Kysely's MysqlDialect as it is. */
  readonly pool: MysqlPool
  /** Ends what the scope still holds. Afterwards every use fails with SCOPE_ENDED. */
  end(): Promise<void>
}

/** What is worth a log line or a metric. Never carries a password or a statement's values. */
export type PoolEvent =
  | { type: 'open-failed'; tenant: string; error: unknown }
  | { type: 'handoff-failed'; tenant: string; error: unknown }
  | { type: 'connection-lost'; tenant: string; wasLeased: boolean }
  | { type: 'budget-shrunk'; limit: number; forMs: number }
  /** Somebody who had to queue has got a connection. Comes often when the server is busy. */
  | { type: 'served'; tenant: string; label: string; waitedMs: number }
  | { type: 'refused'; tenant: string; label: string; reason: RefusalReason; waitedMs: number }
  | { type: 'lease-long'; tenant: string; label: string; heldMs: number; stack: string }
  | { type: 'lease-reclaimed'; tenant: string; label: string; heldMs: number; stack: string }
  | { type: 'scope-ended-early'; tenant: string; label: string; leases: number }
  /** The server refused the account several times in a row: nobody tries for a while. */
  | { type: 'breaker-opened'; tenant: string; forMs: number; error: unknown }
  | { type: 'released-twice'; tenant: string; label: string }
  | { type: 'kill-failed'; tenant: string; error: unknown }

/** The last two: a circuit breaker is open, and nothing was tried. */
export type RefusalReason =
  | 'queue-full'
  | 'tenant-queue-full'
  | 'deadline'
  | 'account-refused'
  | 'server-down'

export interface LeaseStats {
  tenant: string
  label: string
  class: LeaseClass
  heldMs: number
  isInTransaction: boolean
}

export interface TenantStats {
  accountId: string
  tenant: string
  leased: number
  /** Being opened, handed over or checked for this tenant. */
  preparing: number
  /** Of those, opened. */
  opening: number
  /** Handed over to it, reset or pinged. */
  turning: number
  idle: number
  /** Its own until now, and not yet known to be gone. */
  closing: number
  waiting: number
  longestWaitMs: number
  /** What the first in line wants a connection for. */
  firstWaiterLabel: string | null
}

export interface PoolCounters {
  opens: number
  handoffs: number
  resets: number
  pings: number
  acquires: number
  refused: number
  reclaimed: number
  kills: number
  lost: number
}

/** The pool at one moment. */
export interface PoolStats {
  server: string
  budget: { max: number; limit: number; inUse: number }
  connecting: number
  /** Between two users: handoff, reset or ping under way. */
  turning: number
  idle: number
  leased: number
  closing: number
  /** Of the permits in use: those that others opened a connection of their own with. */
  permits: number
  /** Of the permits in use: 1 while the reserved one is, by the killer or a heartbeat. */
  reserved: number
  waiting: number
  counters: PoolCounters
  tenants: TenantStats[]
  /** Longest held first, at most LEASES_LISTED_MAX. */
  leases: LeaseStats[]
}
