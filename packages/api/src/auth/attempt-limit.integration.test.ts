import { createTestDatabase, type TestDatabase } from '@sarai/db/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { DomainError } from '../errors.ts'
import { ATTEMPT_WINDOW_MS, type AttemptLimit, createAttemptLimit } from './attempt-limit.ts'
import {
  SIGN_IN_FAILURES_OF_ACCOUNT_MAX,
  SIGN_IN_FAILURES_OF_ADDRESS_MAX,
  SIGN_IN_FAILURES_OF_PAIR_MAX,
  signInRules,
} from './sign-in-limit.ts'
import { sweepExpired } from './sweep.ts'

const OWNER = { account: 'owner@rabin.test', address: '192.0.2.1' }

let database: TestDatabase
let now: number
let limit: AttemptLimit

beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  await database.master.deleteFrom('attempt_counters').execute()
  now = Date.UTC(2026, 0, 1)
  limit = createAttemptLimit(database.master, () => now)
})
afterAll(() => database[Symbol.asyncDispose]())

/** Undefined: let through. */
async function tryOnce(attempt = OWNER, by = limit): Promise<number | undefined> {
  try {
    await by.begin(signInRules(attempt))
    return undefined
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'RATE_LIMITED') throw error
    return Number(error.details?.['retryAfterMs'])
  }
}

async function fill(count: number, attempt: (index: number) => typeof OWNER): Promise<void> {
  for (let index = 0; index < count; index++) expect(await tryOnce(attempt(index))).toBeUndefined()
}

test('one account is tried ten times from one address, then no more until the window ends', async () => {
  await fill(SIGN_IN_FAILURES_OF_PAIR_MAX, () => OWNER)
  now += 1_000
  expect(await tryOnce()).toBe(ATTEMPT_WINDOW_MS - 1_000)
  now += ATTEMPT_WINDOW_MS
  expect(await tryOnce()).toBeUndefined()
})

test('another process, or the same one after a restart, counts on', async () => {
  await fill(SIGN_IN_FAILURES_OF_PAIR_MAX, () => OWNER)
  expect(
    await tryOnce(
      OWNER,
      createAttemptLimit(database.master, () => now),
    ),
  ).toBe(ATTEMPT_WINDOW_MS)
})

test('attempts that run at the same time are counted before any of them is answered', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => tryOnce()))
  const passed = answers.filter((answer) => answer === undefined)
  expect(passed.length).toBeLessThanOrEqual(SIGN_IN_FAILURES_OF_PAIR_MAX)
})

test('whoever signs in is forgiven what they mistyped', async () => {
  await fill(SIGN_IN_FAILURES_OF_PAIR_MAX - 1, () => OWNER)
  await (await limit.begin(signInRules(OWNER))).succeeded()
  await fill(SIGN_IN_FAILURES_OF_PAIR_MAX, () => OWNER)
})

test('one address that tries many accounts is stopped, another is not', async () => {
  const guess = (index: number) => ({ ...OWNER, account: `person-${index}@rabin.test` })
  await fill(SIGN_IN_FAILURES_OF_ADDRESS_MAX, guess)
  expect(await tryOnce(guess(1_000))).toBe(ATTEMPT_WINDOW_MS)
  expect(await tryOnce({ ...OWNER, address: '192.0.2.2' })).toBeUndefined()
})

test('one account that is tried from many addresses is stopped', async () => {
  await fill(SIGN_IN_FAILURES_OF_ACCOUNT_MAX, (index) => ({ ...OWNER, address: `192.0.2.${index}` }))
  expect(await tryOnce({ ...OWNER, address: '198.51.100.1' })).toBe(ATTEMPT_WINDOW_MS)
})

test('what is refused does not use up the account for its owner elsewhere', async () => {
  await fill(SIGN_IN_FAILURES_OF_PAIR_MAX, () => OWNER)
  for (let count = 0; count < 5; count++) expect(await tryOnce()).toBeDefined()
  const rows = await database.master.selectFrom('attempt_counters').select('failures').execute()
  expect(rows.map(({ failures }) => failures)).toEqual([10, 10, 10])
})

test('neither an address nor an account can be read from the table, and what is over is swept', async () => {
  await tryOnce()
  const rows = await database.master.selectFrom('attempt_counters').selectAll().execute()
  expect(JSON.stringify(rows)).not.toMatch(/rabin|192/)
  expect(await sweepExpired(database.master, new Date(now))).toBe(0)
  expect(await sweepExpired(database.master, new Date(now + ATTEMPT_WINDOW_MS))).toBe(3)
})
