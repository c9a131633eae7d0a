import { TRPCClientError } from '@trpc/client'
import { expect, test, vi } from 'vitest'
import { toSendOutcome } from './send-outcome.ts'
import { makeMessage } from './testing-chat.ts'

vi.stubGlobal('navigator', { onLine: true })

function refusal(code: string, httpStatus: number, details: Record<string, unknown> | null = null) {
  const data = { code: 'X', httpStatus, domain: { code, userMessage: '', details }, fields: null }
  return new TRPCClientError('refused', { result: { error: { message: '', code: -32000, data } } })
}

test('whatever leaves open whether a message arrived is tried again', () => {
  expect(toSendOutcome(new TRPCClientError('Failed to fetch'))).toMatchObject({ type: 'transient' })
  expect(toSendOutcome(new DOMException('late', 'AbortError'))).toMatchObject({ type: 'transient' })
  expect(toSendOutcome(refusal('CONNECTION_LOST', 503))).toMatchObject({ type: 'transient' })
  expect(toSendOutcome(refusal('LEASE_RECLAIMED', 503))).toMatchObject({ type: 'transient' })
  expect(toSendOutcome(refusal('TENANT_MIGRATING', 503))).toMatchObject({ type: 'transient' })
})

test('a busy workspace is waited for as long as it asks', () => {
  const outcome = toSendOutcome(refusal('TENANT_BUSY', 503, { retryAfterMs: 700 }))
  expect(outcome).toEqual({ type: 'transient', retryAfterMs: 700, failure: 'busy' })
})

test('an answer of somebody else is shown, not counted as a failure', () => {
  const details = { messages: [makeMessage(4)], lastSeq: 4 }
  expect(toSendOutcome(refusal('CONFLICT', 409, details))).toEqual({ type: 'unseen', unseen: details })
})

test('what will be refused again is not repeated, and says why', () => {
  expect(toSendOutcome(refusal('FORBIDDEN', 403))).toEqual({ type: 'refused', failure: 'forbidden' })
  expect(toSendOutcome(refusal('NOT_FOUND', 404))).toEqual({ type: 'refused', failure: 'gone' })
  expect(toSendOutcome(refusal('UNAUTHENTICATED', 401))).toEqual({ type: 'refused', failure: 'signedOut' })
  const merged = { id: 'a', mergedInto: 'b', reason: 'merged' }
  expect(toSendOutcome(refusal('CONFLICT', 409, merged))).toEqual({ type: 'refused', failure: 'merged' })
  expect(toSendOutcome(refusal('CONFLICT', 409))).toEqual({ type: 'refused', failure: 'unexpected' })
})
