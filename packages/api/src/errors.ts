import type { TRPC_ERROR_CODE_KEY } from '@trpc/server'
import { DatabaseError, type DatabaseErrorCode } from '@sarai/db'

/** What the product itself refuses. A closed list, like the database's. */
export type DomainErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'INVALID'
  | 'RATE_LIMITED'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_TYPE'

export interface DomainErrorOptions {
  /** Crosses the wire: only what the caller may see and can act on. */
  details?: Record<string, unknown>
  /** What is wrong with which field of the input; reaches the form as a schema's own refusals do. */
  fields?: Record<string, string[]>
  cause?: unknown
}

/** A refusal that the caller can understand. `userMessage` says what happened and what to do. */
export class DomainError extends Error {
  readonly code: DomainErrorCode
  readonly userMessage: string
  readonly details: Record<string, unknown> | undefined
  readonly fields: Record<string, string[]> | undefined

  constructor(code: DomainErrorCode, userMessage: string, options: DomainErrorOptions = {}) {
    super(userMessage, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'DomainError'
    this.code = code
    this.userMessage = userMessage
    this.details = options.details
    this.fields = options.fields
  }
}

/** Every code that can cross the wire. */
export type WireErrorCode = DomainErrorCode | DatabaseErrorCode

/** What crosses the wire in `error.data.domain`. */
export interface WireError {
  code: WireErrorCode
  userMessage: string
  details: Record<string, unknown> | null
}

/** What crosses the wire in `error.data.fields`. */
export interface WireFields {
  formErrors: string[]
  fieldErrors: Record<string, string[] | undefined>
}

/** The one table. A code without a row does not compile. */
export const TRPC_CODES = {
  UNAUTHENTICATED: 'UNAUTHORIZED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  INVALID: 'BAD_REQUEST',
  RATE_LIMITED: 'TOO_MANY_REQUESTS',
  TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  UNSUPPORTED_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  TENANT_UNKNOWN: 'NOT_FOUND',
  TENANT_ARCHIVED: 'NOT_FOUND',
  TENANT_SUSPENDED: 'FORBIDDEN',
  TENANT_PROVISIONING: 'SERVICE_UNAVAILABLE',
  TENANT_MIGRATING: 'SERVICE_UNAVAILABLE',
  TENANT_BUSY: 'SERVICE_UNAVAILABLE',
  TENANT_UNREACHABLE: 'SERVICE_UNAVAILABLE',
  TENANT_EXISTS: 'CONFLICT',
  SERVER_UNAVAILABLE: 'SERVICE_UNAVAILABLE',
  CONNECTION_LOST: 'SERVICE_UNAVAILABLE',
  LEASE_RECLAIMED: 'SERVICE_UNAVAILABLE',
  CLOSED: 'SERVICE_UNAVAILABLE',
  ABORTED: 'CLIENT_CLOSED_REQUEST',
  SCOPE_ENDED: 'INTERNAL_SERVER_ERROR',
  SCOPE_NESTED: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<WireErrorCode, TRPC_ERROR_CODE_KEY>

/** null: a bug of ours, which the caller is told nothing about. */
const DATABASE_MESSAGES: Record<DatabaseErrorCode, string | null> = {
  TENANT_UNKNOWN: 'There is no such workspace, or you are not a member of it.',
  TENANT_ARCHIVED: 'This workspace has been archived. Ask the operator to restore it.',
  TENANT_SUSPENDED: 'This workspace is suspended. Ask the operator of this installation why.',
  TENANT_PROVISIONING: 'This workspace is still being made. Try again in a moment.',
  TENANT_MIGRATING: 'This workspace is being updated. Try again in a moment.',
  TENANT_BUSY: 'This workspace is very busy. Try again in a moment.',
  TENANT_UNREACHABLE: 'The data of this workspace cannot be reached. The operator has been told.',
  TENANT_EXISTS: 'There is a workspace with this key already. Choose another key.',
  SERVER_UNAVAILABLE: 'The database cannot be reached right now. Try again in a moment.',
  CONNECTION_LOST:
    'The connection to the database was lost. Check whether your change was saved, then try again.',
  LEASE_RECLAIMED: 'This took too long and was stopped. Try again in a moment.',
  CLOSED: 'The server is restarting. Try again in a moment.',
  ABORTED: 'The request was cancelled.',
  SCOPE_ENDED: null,
  SCOPE_NESTED: null,
}

/** What the caller is told of an error, or undefined if it is a bug of ours. */
export function toWireError(error: unknown): WireError | undefined {
  if (error instanceof DomainError) {
    return { code: error.code, userMessage: error.userMessage, details: error.details ?? null }
  }
  if (!(error instanceof DatabaseError)) return undefined
  const userMessage = DATABASE_MESSAGES[error.code]
  if (userMessage === null) return undefined
  const details = error.retryAfterMs === undefined ? null : { retryAfterMs: error.retryAfterMs }
  return { code: error.code, userMessage, details }
}
