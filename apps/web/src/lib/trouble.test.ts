import { TRPCClientError } from '@trpc/client'
import { afterEach, expect, test, vi } from 'vitest'
import { getTrouble, noteAnswer, noteSlowness, noteTrouble } from './trouble.ts'

function wireError(code: string) {
  const domain = { code, userMessage: 'text', details: null }
  const data = { code: 'SERVICE_UNAVAILABLE', httpStatus: 503, fields: null, domain }
  return TRPCClientError.from({ error: { code: -32_000, message: 'text', data } } as never)
}

afterEach(() => {
  noteAnswer()
  vi.useRealTimers()
})

test('what is tried again in silence is trouble until something is answered', () => {
  noteTrouble(wireError('TENANT_BUSY'))
  expect(getTrouble()).toBe('busy')
  noteTrouble(wireError('SERVER_UNAVAILABLE'))
  expect(getTrouble()).toBe('unavailable')
  noteAnswer()
  expect(getTrouble()).toBeNull()
})

test('an answer that does not come is trouble, of the kind that is known', () => {
  noteSlowness()
  expect(getTrouble()).toBe('unavailable')
  noteTrouble(wireError('TENANT_BUSY'))
  noteSlowness()
  expect(getTrouble()).toBe('busy')
})

test('what nobody tries again is no trouble', () => {
  for (const code of ['CONFLICT', 'NOT_FOUND', 'FORBIDDEN']) noteTrouble(wireError(code))
  expect(getTrouble()).toBeNull()
})

test('trouble that nobody hears of any more is forgotten', () => {
  vi.useFakeTimers()
  noteTrouble(wireError('SERVER_UNAVAILABLE'))
  vi.advanceTimersByTime(60_000)
  expect(getTrouble()).toBeNull()
})
