import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Account } from '../src/pool/types.ts'
import { failureOf, startTestServer, type TestServer } from '../src/testing.ts'
import { Calls, MACHINE_SLACK_MS } from './calls.ts'
import { type FaultDb, openFaultPool } from './fault-pool.ts'
import { expectNothingLeft } from './leaves-nothing.ts'
import { eventually, Onlooker } from './onlooker.ts'
import { createTenants } from './tenants.ts'
import { report } from './testing-report.ts'

const TENANTS = 20
const CALLERS = 20
const BUDGET = 8
const SOME = 60
/** Where nobody may be refused for want of patience, however slow the machine. */
const PATIENT_MS = 20_000
/** Longer than any test may take: seen to end, it was ended. */
const FOR_EVER = 600

let server: TestServer
let onlooker: Onlooker
let accounts: Account[]

beforeAll(async () => {
  server = await startTestServer({ maxConnections: 40 })
  onlooker = await Onlooker.open(server.admin)
  accounts = await createTenants(server.admin, TENANTS)
})

afterAll(async () => {
  await onlooker[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

beforeEach(() => onlooker.forgetThreadsMost())

test('holders that never come back, as many as there are connections: taken back, told so, and everybody else is served', async () => {
  await using real = openFaultPool(server.admin, {
    leaseWarnMs: 500,
    leaseMaxMs: 1_500,
    acquireTimeoutMs: 5_000,
  })
  const calls = new Calls(real, accounts)
  const taken: FaultDb[] = []
  const holders = accounts.slice(0, BUDGET - 1).map((account) =>
    failureOf(
      real.use(account, (db) =>
        db.connection().execute(async (connection) => {
          taken.push(connection)
          await eventually(() => real.pool.stats().counters.reclaimed >= BUDGET - 1)
          await connection.selectFrom('canary').selectAll().execute()
        }),
      ),
    ),
  )
  await eventually(() => taken.length === BUDGET - 1)
  const load = calls.start(CALLERS)
  const untilNormalMs = await calls.untilNormal()
  for (const error of await Promise.all(holders)) expect(error).toMatchObject({ code: 'LEASE_RECLAIMED' })
  await load.stop()
  expect(calls.wrong).toEqual([])
  expect(['ABORTED', 'TENANT_BUSY']).toEqual(expect.arrayContaining(calls.codes))
  expect(calls.latestMs).toBeLessThan(MACHINE_SLACK_MS)
  const threadsMost = await onlooker.threadsMost()
  expect(threadsMost).toBeLessThanOrEqual(BUDGET)
  await expectNothingLeft(real, onlooker, accounts)
  report({ fault: 'all connections held for ever (leaseMaxMs 1500)', calls, threadsMost, untilNormalMs })
})

test('callers that leave during a long statement, under load: told at once, the server ends their threads, the others are served', async () => {
  await using real = openFaultPool(server.admin)
  const calls = new Calls(real, accounts)
  const load = calls.start(CALLERS)
  const leaver = new AbortController()
  const sleepers = accounts
    .slice(0, BUDGET - 2)
    .map((account) =>
      failureOf(
        real.use(account, (db) => sql`select sleep(${FOR_EVER})`.execute(db), { signal: leaver.signal }),
      ),
    )
  await eventually(async () => (await sleeping()) === sleepers.length)
  leaver.abort()
  for (const error of await Promise.all(sleepers)) expect(error).toMatchObject({ code: 'ABORTED' })
  await eventually(async () => (await sleeping()) === 0)
  const untilNormalMs = await calls.untilNormal()
  const before = calls.results
  await eventually(() => calls.results > before + SOME)
  await load.stop()
  expect(calls.wrong).toEqual([])
  expect(['ABORTED', 'TENANT_BUSY']).toEqual(expect.arrayContaining(calls.codes))
  expect(calls.latestMs).toBeLessThan(MACHINE_SLACK_MS)
  const threadsMost = await onlooker.threadsMost()
  expect(threadsMost).toBeLessThanOrEqual(BUDGET)
  expect(real.pool.stats().counters.kills).toBe(sleepers.length)
  await expectNothingLeft(real, onlooker, accounts)
  report({ fault: '6 callers leave during SLEEP(600)', calls, threadsMost, untilNormalMs })
})

test('closed under load, with a statement that would run on: what runs ends in time, the rest is told, the server has nothing left', async () => {
  await using real = openFaultPool(server.admin, { acquireTimeoutMs: PATIENT_MS })
  const calls = new Calls(real, accounts)
  const load = calls.start(CALLERS)
  const [first] = accounts
  if (!first) throw new Error('no account')
  const endless = failureOf(real.use(first, (db) => sql`select sleep(${FOR_EVER})`.execute(db)))
  await eventually(async () => calls.results > SOME && (await sleeping()) === 1)
  const closed = real.pool.close({ graceMs: 300 })
  const late = failureOf(real.use(first, (db) => db.selectFrom('canary').selectAll().execute()))
  expect(await late).toMatchObject({ code: 'CLOSED' })
  await closed
  expect(await endless).toMatchObject({ code: 'CLOSED' })
  await load.stop()
  expect(calls.wrong).toEqual([])
  expect(calls.codes).toEqual(['CLOSED'])
  expect(calls.latestMs).toBeLessThan(MACHINE_SLACK_MS)
  expect(await calls.findWrongNotes(onlooker)).toEqual([])
  const threadsMost = await onlooker.threadsMost()
  expect(threadsMost).toBeLessThanOrEqual(BUDGET)
  expect(real.pool.stats()).toMatchObject({ budget: { inUse: 0 }, leased: 0, waiting: 0, tenants: [] })
  await eventually(async () => (await onlooker.threadsOf(accounts)).length === 0)
  report({ fault: 'close() under load', calls, threadsMost })
})

async function sleeping(): Promise<number> {
  const threads = await onlooker.threadsOf(accounts)
  return threads.filter((thread) => thread.statement.startsWith('select sleep')).length
}
