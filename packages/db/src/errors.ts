/**
 * What can go wrong below the product. A closed list: every code has a row in the api package's
 * error table, so a new one does not compile until somebody decides what the caller sees.
 */
export type DatabaseErrorCode =
  | 'TENANT_UNKNOWN'
  | 'TENANT_PROVISIONING'
  | 'TENANT_SUSPENDED'
  | 'TENANT_MIGRATING'
  | 'TENANT_ARCHIVED'
  | 'TENANT_BUSY'
  | 'TENANT_EXISTS'
  | 'TENANT_UNREACHABLE'
  | 'SERVER_UNAVAILABLE'
  | 'SCOPE_ENDED'
  | 'SCOPE_NESTED'
  | 'LEASE_RECLAIMED'
  | 'CONNECTION_LOST'
  | 'ABORTED'
  | 'CLOSED'

export interface DatabaseErrorOptions {
  /** The tenant's key as far as it is known; never another tenant's. */
  tenant?: string | undefined
  /** For TENANT_BUSY and SERVER_UNAVAILABLE: when a second try has a chance. */
  retryAfterMs?: number | undefined
  /** Who held what when an acquire was refused. For logs and operators, never for callers. */
  stats?: unknown
  cause?: unknown
}

export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode
  readonly tenant: string | undefined
  readonly retryAfterMs: number | undefined
  readonly stats: unknown

  constructor(code: DatabaseErrorCode, message: string, options: DatabaseErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'DatabaseError'
    this.code = code
    this.tenant = options.tenant
    this.retryAfterMs = options.retryAfterMs
    this.stats = options.stats
  }
}
