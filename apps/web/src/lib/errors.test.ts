import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import type { AppRouter } from '@sarai/api'
import { type ErrorCode, reactTo, retryDelayMs } from './errors.ts'
import common from './i18n/en/common.json' with { type: 'json' }

const CODES = {
  UNAUTHENTICATED: 'sign-in',
  FORBIDDEN: 'toast',
  NOT_FOUND: 'not-found',
  CONFLICT: 'conflict',
  INVALID: 'toast',
  RATE_LIMITED: 'toast',
  TOO_LARGE: 'toast',
  UNSUPPORTED_TYPE: 'toast',
  TENANT_UNKNOWN: 'not-found',
  TENANT_ARCHIVED: 'notice',
  TENANT_PROVISIONING: 'notice',
  TENANT_SUSPENDED: 'notice',
  TENANT_MIGRATING: 'notice',
  TENANT_BUSY: 'retry',
  TENANT_UNREACHABLE: 'notice',
  TENANT_EXISTS: 'conflict',
  SERVER_UNAVAILABLE: 'retry',
  CONNECTION_LOST: 'retry',
  LEASE_RECLAIMED: 'toast',
  CLOSED: 'retry',
  ABORTED: 'silent',
  SCOPE_ENDED: 'toast',
  SCOPE_NESTED: 'toast',
} satisfies Record<ErrorCode, ReturnType<typeof reactTo>['kind']>

function wireError(code: ErrorCode, details: Record<string, unknown> | null = null) {
  const data = {
    code: 'BAD_REQUEST',
    httpStatus: 400,
    fields: null,
    domain: { code, userMessage: 'text', details },
  }
  return TRPCClientError.from<AppRouter>({ error: { code: -32600, message: 'text', data } } as never)
}

test.each(Object.entries(CODES))('%s is answered by: %s', (code, kind) => {
  expect(reactTo(wireError(code as ErrorCode)).kind).toBe(kind)
})

test.each(Object.keys(CODES) as ErrorCode[])('what %s is answered with has words', (code) => {
  const reaction = reactTo(wireError(code))
  const key = 'text' in reaction ? reaction.text : 'notice' in reaction ? reaction.notice : 'notFound'
  expect({ ...common.error, ...common.notice }).toHaveProperty(key)
})

test('a refused input goes to the form, with its fields', () => {
  const fields = { formErrors: [], fieldErrors: { email: ['Invalid'] } }
  const data = { code: 'BAD_REQUEST', httpStatus: 400, fields, domain: null }
  const error = TRPCClientError.from({ error: { code: -32600, message: 'text', data } } as never)
  expect(reactTo(error)).toEqual({ kind: 'fields', fields })
})

test('a lost network is tried again, but a write only where the server certainly did nothing', () => {
  expect(reactTo(TRPCClientError.from(new TypeError('Failed to fetch')))).toMatchObject({
    kind: 'retry',
    isUntouched: false,
  })
  expect(reactTo(wireError('TENANT_BUSY'))).toMatchObject({ kind: 'retry', isUntouched: true })
  expect(reactTo(wireError('CONNECTION_LOST'))).toMatchObject({ kind: 'retry', isUntouched: false })
})

test('a cancelled request is no news', () => {
  expect(reactTo(TRPCClientError.from(new DOMException('aborted', 'AbortError'))).kind).toBe('silent')
})

test('a code of a newer server is an unexpected error, not a crash', () => {
  expect(reactTo(wireError('SOMETHING_NEW' as ErrorCode))).toEqual({ kind: 'toast', text: 'unexpected' })
})

test('what stands before the server and answers 503 is waited for', () => {
  const data = { code: 'SERVICE_UNAVAILABLE', httpStatus: 503, fields: null, domain: null }
  const error = TRPCClientError.from({ error: { code: -32600, message: 'text', data } } as never)
  expect(reactTo(error).kind).toBe('retry')
})

test('a retry waits at least as long as the server asked, longer each time, and never the same for all', () => {
  const busy = wireError('TENANT_BUSY', { retryAfterMs: 900 })
  expect(retryDelayMs(0, busy, 0)).toBe(900)
  expect(retryDelayMs(0, busy, 1)).toBeGreaterThan(retryDelayMs(0, busy, 0))
  const lost = TRPCClientError.from(new TypeError('Failed to fetch'))
  expect(retryDelayMs(3, lost, 0.5)).toBeGreaterThan(retryDelayMs(0, lost, 0.5))
  expect(retryDelayMs(30, lost, 1)).toBeLessThanOrEqual(8_000)
})
