import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Connection, createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '../src/pool/types.ts'
import { startPrivateServer } from '../src/server/private-server.ts'
import { startTestServer, type TestServer } from '../src/testing.ts'
import { Calls, MACHINE_SLACK_MS } from './calls.ts'
import { openFaultPool } from './fault-pool.ts'
import { expectNothingLeft } from './leaves-nothing.ts'
import { eventually, Onlooker } from './onlooker.ts'
import { createTenants } from './tenants.ts'
import { report } from './testing-report.ts'

const TENANTS = 20
const CALLERS = 40
const BUDGET = 8
/** Enough calls to say that a phase of a test has come to life. */
const SOME = 60
/** Where nobody may be refused for want of patience, however slow the machine. */
const PATIENT_MS = 20_000

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

test('a server killed with -9 and started again under load: every call settles in time, what was confirmed is there, once', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sarai-killed-'))
  // The log is with the operating system at each commit: it survives the process, and that is what dies here.
  const settings = ['--innodb-flush-log-at-trx-commit=2']
  const first = await startPrivateServer({ dataDir, settings })
  const tenants = await createTenants(first.admin, TENANTS)
  await using real = openFaultPool(first.admin)
  const calls = new Calls(real, tenants)
  const load = calls.start(CALLERS)
  await eventually(() => calls.results > SOME)
  process.kill(first.pid, 'SIGKILL')
  await first.stop()
  const down = calls.settled
  await eventually(() => calls.settled > down + CALLERS)
  const second = await startPrivateServer({ dataDir, settings: [...settings, `--port=${first.admin.port}`] })
  try {
    await using witness = await Onlooker.open(second.admin)
    const untilNormalMs = await calls.untilNormal()
    const up = calls.results
    await eventually(() => calls.results > up + SOME)
    await load.stop()
    expect(calls.wrong).toEqual([])
    expect(['ABORTED', 'CONNECTION_LOST', 'SERVER_UNAVAILABLE', 'TENANT_BUSY']).toEqual(
      expect.arrayContaining(calls.codes),
    )
    expect(calls.latestMs).toBeLessThan(MACHINE_SLACK_MS)
    expect(await calls.findWrongNotes(witness)).toEqual([])
    const threadsMost = await witness.threadsMost()
    expect(threadsMost).toBeLessThanOrEqual(BUDGET)
    await expectNothingLeft(real, witness, tenants)
    report({ fault: 'server killed with -9, restarted', calls, threadsMost, untilNormalMs })
  } finally {
    await second.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
})

test('connections killed at random under load: callers see CONNECTION_LOST or a result, and nothing runs twice', async () => {
  await onlooker.forgetThreadsMost()
  await using real = openFaultPool(server.admin)
  const calls = new Calls(real, accounts)
  const load = calls.start(CALLERS)
  let killed = 0
  while (killed < 100) {
    const threads = await onlooker.threadsOf(accounts)
    const victim = threads[Math.floor(Math.random() * threads.length)]
    if (victim) await onlooker.kill(victim.id)
    if (victim) killed += 1
    await pause(5)
  }
  const untilNormalMs = await calls.untilNormal()
  await load.stop()
  expect(calls.wrong).toEqual([])
  expect(['ABORTED', 'CONNECTION_LOST', 'SERVER_UNAVAILABLE', 'TENANT_BUSY']).toEqual(
    expect.arrayContaining(calls.codes),
  )
  expect(calls.results).toBeGreaterThan(SOME)
  expect(calls.latestMs).toBeLessThan(MACHINE_SLACK_MS)
  expect(await calls.findWrongNotes(onlooker)).toEqual([])
  const threadsMost = await onlooker.threadsMost()
  expect(threadsMost).toBeLessThanOrEqual(BUDGET)
  await expectNothingLeft(real, onlooker, accounts)
  report({ fault: '100 connections killed at random', calls, threadsMost, untilNormalMs })
})

test('max_connections lowered and taken by somebody else: nobody sees 1040, and all is as before when they leave', async () => {
  const LOWERED = 10
  const [hog] = await createTenants(server.admin, 1)
  await using real = openFaultPool(server.admin)
  const calls = new Calls(real, accounts)
  const load = calls.start(CALLERS)
  await eventually(() => calls.results > SOME)
  await onlooker.query(`set global max_connections = ${LOWERED}`)
  const others = hogConnections(hog)
  try {
    await eventually(async () => {
      for (const { id } of await onlooker.threadsOf(accounts)) await onlooker.kill(id)
      return others.held() >= LOWERED - 1
    })
    const before = refusals(calls)
    await eventually(() => refusals(calls) > before + SOME)
  } finally {
    await others.leave()
  }
  const untilNormalMs = await calls.untilNormal()
  const threadsMost = await onlooker.threadsMost()
  await onlooker.query('set global max_connections = 40')
  await load.stop()
  expect(calls.wrong).toEqual([])
  expect(['ABORTED', 'CONNECTION_LOST', 'SERVER_UNAVAILABLE', 'TENANT_BUSY']).toEqual(
    expect.arrayContaining(calls.codes),
  )
  expect(calls.latestMs).toBeLessThan(MACHINE_SLACK_MS)
  expect(await calls.findWrongNotes(onlooker)).toEqual([])
  await expectNothingLeft(real, onlooker, accounts)
  report({ fault: 'max_connections lowered and taken by others', calls, threadsMost, untilNormalMs })
})

test("a tenant's password changed and another's database dropped under load: those two are refused, nobody else notices", async () => {
  await onlooker.forgetThreadsMost()
  const [changed, dropped] = await createTenants(server.admin, 2)
  if (!changed || !dropped) throw new Error('no tenants')
  await using real = openFaultPool(server.admin, { acquireTimeoutMs: PATIENT_MS })
  const calls = new Calls(real, accounts)
  const broken = new Calls(real, [changed, dropped])
  const load = calls.start(CALLERS)
  const brokenLoad = broken.start(4)
  await eventually(() => calls.results > SOME && broken.results > 0)
  await onlooker.query(`set password for ${changed.user}@'%' = password('another')`)
  await onlooker.query(`drop database ${dropped.database}`)
  // Sessions that are authenticated already outlive a changed password: until the pool hands them to others.
  await eventually(() => (broken.refused.get('TENANT_UNREACHABLE') ?? 0) > 8)
  await brokenLoad.stop()
  await load.stop()
  expect(calls.wrong).toEqual([])
  expect(calls.codes).toEqual([])
  // A session that was open keeps running in a database that is gone: the statement's own error, not the connection's.
  const strange = broken.wrong.filter((error) => !isNoSuchTable(error))
  expect(strange).toEqual([])
  expect(broken.codes).toEqual(['TENANT_UNREACHABLE'])
  expect(Math.max(calls.latestMs, broken.latestMs)).toBeLessThan(MACHINE_SLACK_MS)
  expect(await calls.findWrongNotes(onlooker)).toEqual([])
  const threadsMost = await onlooker.threadsMost()
  expect(threadsMost).toBeLessThanOrEqual(BUDGET)
  report({ fault: 'password changed, database dropped (the others)', calls, threadsMost })
  report({ fault: 'password changed, database dropped (the two)', calls: broken, threadsMost })
  await onlooker.query(`set password for ${changed.user}@'%' = password(?)`, [changed.password()])
  await broken.untilNormal([changed])
  await expectNothingLeft(real, onlooker, [...accounts, changed, dropped])
})

function refusals(calls: Calls): number {
  return calls.settled - calls.results
}

function isNoSuchTable(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && error.errno === 1146
}

/** Another program on the same server, which takes every connection that it can get. */
function hogConnections(account: Account | undefined) {
  if (!account) throw new Error('no account')
  const { user, database } = account
  const { host, port } = server.admin
  const held: Connection[] = []
  let isLeaving = false
  const grab = async () => {
    while (!isLeaving) {
      const got = await createConnection({ host, port, user, database, password: account.password() }).catch(
        () => undefined,
      )
      if (got) held.push(got)
      else await pause(5)
    }
  }
  const grabbing = grab()
  return {
    held: () => held.length,
    async leave() {
      isLeaving = true
      await grabbing
      await Promise.all(held.map((connection) => connection.end()))
    },
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
