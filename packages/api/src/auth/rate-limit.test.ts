import { expect, test } from 'vitest'
import { createRateLimit, RATE_LIMIT_CALLERS_MAX } from './rate-limit.ts'

test('a caller has so many in a minute, and the next minute anew; nobody else pays for it', () => {
  let at = 1_000
  const limit = createRateLimit({ max: 2, now: () => at })
  limit.spend('one')
  limit.spend('one')
  expect(() => limit.spend('one')).toThrow(
    expect.objectContaining({ code: 'RATE_LIMITED', details: { retryAfterMs: 60_000 } }),
  )
  expect(() => limit.check('one')).toThrow('Too many calls')
  limit.spend('other')
  at += 60_000
  limit.check('one')
  limit.spend('one')
})

test('looking does not count', () => {
  const limit = createRateLimit({ max: 1 })
  for (let look = 0; look < 5; look++) limit.check('one')
  limit.spend('one')
})

test('more callers than are remembered share one count', () => {
  const limit = createRateLimit({ max: 1 })
  for (let caller = 0; caller < RATE_LIMIT_CALLERS_MAX; caller++) limit.spend(String(caller))
  limit.spend('a new one')
  expect(() => limit.spend('another new one')).toThrow('Too many calls')
})
