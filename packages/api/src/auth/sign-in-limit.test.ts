import { expect, test } from 'vitest'
import {
  createSignInLimit,
  SIGN_IN_COUNTERS_MAX,
  SIGN_IN_FAILURES_OF_ACCOUNT_MAX,
  SIGN_IN_FAILURES_OF_ADDRESS_MAX,
  SIGN_IN_FAILURES_OF_PAIR_MAX,
  SIGN_IN_WINDOW_MS,
  type SignInLimit,
} from './sign-in-limit.ts'

const OWNER = { account: 'owner@rabin.test', address: '192.0.2.1' }

function fail(limit: SignInLimit, attempt = OWNER): boolean {
  return !('retryAfterMs' in limit.begin(attempt))
}

test('one account is tried ten times from one address, then no more until the window ends', () => {
  let now = 0
  const limit = createSignInLimit(() => now)
  for (let count = 0; count < SIGN_IN_FAILURES_OF_PAIR_MAX; count++) expect(fail(limit)).toBe(true)
  now = 1_000
  expect(limit.begin(OWNER)).toEqual({ retryAfterMs: SIGN_IN_WINDOW_MS - 1_000 })
  now = SIGN_IN_WINDOW_MS
  expect(fail(limit)).toBe(true)
})

test('attempts that run at the same time are counted before any of them is answered', () => {
  const limit = createSignInLimit(() => 0)
  const attempts = Array.from({ length: 100 }, () => limit.begin(OWNER))
  expect(attempts.filter((attempt) => 'succeeded' in attempt)).toHaveLength(SIGN_IN_FAILURES_OF_PAIR_MAX)
})

test('whoever signs in is forgiven what they mistyped', () => {
  const limit = createSignInLimit(() => 0)
  for (let count = 0; count < SIGN_IN_FAILURES_OF_PAIR_MAX - 1; count++) fail(limit)
  const last = limit.begin(OWNER)
  if ('succeeded' in last) last.succeeded()
  for (let count = 0; count < SIGN_IN_FAILURES_OF_PAIR_MAX; count++) expect(fail(limit)).toBe(true)
})

test('successful sign-ins are never counted, however many come from one address', () => {
  const limit = createSignInLimit(() => 0)
  for (let count = 0; count < SIGN_IN_FAILURES_OF_ADDRESS_MAX * 3; count++) {
    const attempt = limit.begin({ ...OWNER, account: `person-${count}@rabin.test` })
    expect(attempt).toHaveProperty('succeeded')
    if ('succeeded' in attempt) attempt.succeeded()
  }
})

test('one address that tries many accounts is stopped, another is not', () => {
  const limit = createSignInLimit(() => 0)
  const guess = (count: number) => fail(limit, { ...OWNER, account: `person-${count}@rabin.test` })
  for (let count = 0; count < SIGN_IN_FAILURES_OF_ADDRESS_MAX; count++) expect(guess(count)).toBe(true)
  expect(guess(1_000)).toBe(false)
  expect(fail(limit, { ...OWNER, address: '192.0.2.2' })).toBe(true)
})

test('one account that is tried from many addresses is stopped', () => {
  const limit = createSignInLimit(() => 0)
  const guess = (count: number) => fail(limit, { ...OWNER, address: `192.0.2.${count}` })
  for (let count = 0; count < SIGN_IN_FAILURES_OF_ACCOUNT_MAX; count++) expect(guess(count)).toBe(true)
  expect(guess(200)).toBe(false)
})

test('guessing cannot fill the memory: beyond the bound the oldest counters are forgotten', () => {
  const limit = createSignInLimit(() => 0)
  for (let count = 0; count < SIGN_IN_FAILURES_OF_PAIR_MAX; count++) fail(limit)
  for (let count = 0; count < SIGN_IN_COUNTERS_MAX; count++) {
    fail(limit, { account: `a${count}@x.test`, address: `a${count}` })
  }
  expect(fail(limit)).toBe(true)
})
