import type { AppRouter } from '@sarai/api'
import { TRPCClientError } from '@trpc/client'

type WireData = NonNullable<TRPCClientError<AppRouter>['data']>
export type WireError = NonNullable<WireData['domain']>
export type ErrorCode = WireError['code']
export interface FieldErrors {
  formErrors: string[]
  fieldErrors: Record<string, string[] | undefined>
}

/** With the pauses between them about half a minute: a database that restarts is back by then. */
export const RETRIES_MAX = 8
const RETRY_BASE_MS = 400
const RETRY_DELAY_MAX_MS = 8_000

/** A full page that says calmly why the workspace cannot be shown. */
export type Notice = 'suspended' | 'provisioning' | 'migrating' | 'archived' | 'unreachable'

/** What the interface does about an error. Features switch over `kind`. */
export type Reaction =
  | { kind: 'fields'; fields: FieldErrors }
  | { kind: 'conflict'; details: Record<string, unknown> }
  | { kind: 'not-found' }
  | { kind: 'sign-in' }
  | { kind: 'notice'; notice: Notice }
  /** `isUntouched`: the server certainly did nothing, so that even a write may be tried again. */
  | { kind: 'retry'; afterMs: number | null; isUntouched: boolean; text: ErrorText }
  | { kind: 'toast'; text: ErrorText }
  | { kind: 'silent' }

/** A key under `common.error`. */
export type ErrorText =
  | 'busy'
  | 'conflict'
  | 'connectionLost'
  | 'forbidden'
  | 'invalid'
  | 'offline'
  | 'rateLimited'
  | 'restarting'
  | 'tooSlow'
  | 'unavailable'
  | 'unexpected'

/** The one switch. A code that the server learns to send does not compile until it has a row here. */
export function reactTo(error: unknown): Reaction {
  if (isAborted(error)) return { kind: 'silent' }
  if (!(error instanceof TRPCClientError)) return { kind: 'toast', text: 'unexpected' }
  const data = (error as TRPCClientError<AppRouter>).data
  if (!data) return { kind: 'retry', afterMs: null, isUntouched: false, text: networkText() }
  if (data.fields) return { kind: 'fields', fields: data.fields }
  if (!data.domain) return withoutDomain(data.httpStatus)
  return reactToCode(data.domain)
}

function reactToCode(domain: WireError): Reaction {
  const details = domain.details ?? {}
  switch (domain.code) {
    case 'UNAUTHENTICATED':
      return { kind: 'sign-in' }
    case 'NOT_FOUND':
    case 'TENANT_UNKNOWN':
      return { kind: 'not-found' }
    case 'CONFLICT':
      return { kind: 'conflict', details }
    case 'TENANT_EXISTS':
      return { kind: 'conflict', details: { ...details, field: 'tenantKey' } }
    case 'INVALID':
    case 'TOO_LARGE':
    case 'UNSUPPORTED_TYPE':
      return { kind: 'toast', text: 'invalid' }
    case 'FORBIDDEN':
      return { kind: 'toast', text: 'forbidden' }
    case 'RATE_LIMITED':
      return { kind: 'toast', text: 'rateLimited' }
    case 'TENANT_SUSPENDED':
      return { kind: 'notice', notice: 'suspended' }
    case 'TENANT_PROVISIONING':
      return { kind: 'notice', notice: 'provisioning' }
    case 'TENANT_MIGRATING':
      return { kind: 'notice', notice: 'migrating' }
    case 'TENANT_ARCHIVED':
      return { kind: 'notice', notice: 'archived' }
    case 'TENANT_UNREACHABLE':
      return { kind: 'notice', notice: 'unreachable' }
    case 'TENANT_BUSY':
      return { kind: 'retry', afterMs: retryAfter(details), isUntouched: true, text: 'busy' }
    case 'SERVER_UNAVAILABLE':
      return { kind: 'retry', afterMs: retryAfter(details), isUntouched: true, text: 'unavailable' }
    case 'CLOSED':
      return { kind: 'retry', afterMs: retryAfter(details), isUntouched: true, text: 'restarting' }
    case 'CONNECTION_LOST':
      return { kind: 'retry', afterMs: null, isUntouched: false, text: 'connectionLost' }
    case 'LEASE_RECLAIMED':
      return { kind: 'toast', text: 'tooSlow' }
    case 'ABORTED':
      return { kind: 'silent' }
    case 'SCOPE_ENDED':
    case 'SCOPE_NESTED':
      return { kind: 'toast', text: 'unexpected' }
    default:
      return unknownCode(domain.code)
  }
}

/** An old page may meet a newer server. */
function unknownCode(_code: never): Reaction {
  return { kind: 'toast', text: 'unexpected' }
}

/** tRPC's own refusals, and whatever stands between the server and the browser. */
function withoutDomain(httpStatus: number): Reaction {
  if (httpStatus === 401) return { kind: 'sign-in' }
  if (httpStatus === 404) return { kind: 'not-found' }
  if (httpStatus === 429) return { kind: 'toast', text: 'rateLimited' }
  if (httpStatus === 502 || httpStatus === 503 || httpStatus === 504) {
    return { kind: 'retry', afterMs: null, isUntouched: false, text: 'unavailable' }
  }
  return { kind: 'toast', text: 'unexpected' }
}

/** Grows with each failure, never earlier than the server asked, spread so that a crowd does not return at once. */
export function retryDelayMs(failures: number, error: unknown, random = Math.random()): number {
  const reaction = reactTo(error)
  const asked = reaction.kind === 'retry' ? (reaction.afterMs ?? 0) : 0
  const backoff = Math.min(RETRY_DELAY_MAX_MS, RETRY_BASE_MS * 2 ** failures)
  return Math.max(asked, backoff / 2) + (random * backoff) / 2
}

function retryAfter(details: Record<string, unknown>): number | null {
  const value = details['retryAfterMs']
  return typeof value === 'number' ? value : null
}

function networkText(): ErrorText {
  return navigator.onLine ? 'unavailable' : 'offline'
}

function isAborted(error: unknown): boolean {
  const cause = error instanceof TRPCClientError ? error.cause : error
  return cause instanceof Error && cause.name === 'AbortError'
}
