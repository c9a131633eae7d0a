import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DatabaseErrorCode } from '../src/errors.ts'
import type { Account } from '../src/pool/types.ts'
import { startTestServer, type TestServer } from '../src/testing.ts'
import { Calls, MACHINE_SLACK_MS } from './calls.ts'
import { type FaultPool, openFaultPool } from './fault-pool.ts'
import { FaultProxy } from './fault-proxy.ts'
import { expectNothingLeft } from './leaves-nothing.ts'
import { eventually, Onlooker } from './onlooker.ts'
import { createTenants } from './tenants.ts'
import { report } from './testing-report.ts'

const TENANTS = 20
const CALLERS = 40
const BUDGET = 8
const SOME = 60
const SILENCE = 'blackhole, 100 settled calls long'

let server: TestServer
let onlooker: Onlooker
let accounts: Account[]
let proxy: FaultProxy
let real: FaultPool
let calls: Calls

beforeAll(async () => {
  server = await startTestServer({ maxConnections: 100 })
  onlooker = await Onlooker.open(server.admin)
  accounts = await createTenants(server.admin, TENANTS)
})

afterAll(async () => {
  await onlooker[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

beforeEach(async () => {
  await onlooker.forgetThreadsMost()
  proxy = await FaultProxy.open(server.admin)
  real = openFaultPool(proxy.endpoint)
  calls = new Calls(real, accounts)
})

afterEach(async () => {
  await real[Symbol.asyncDispose]()
  await proxy[Symbol.asyncDispose]()
})

test('a network that carries nothing: all calls settle in time with typed errors; when it is back, so is everybody', async () => {
  await underLoad(SILENCE, ['ABORTED', 'SERVER_UNAVAILABLE', 'TENANT_BUSY', 'CONNECTION_LOST'], async () => {
    proxy.blackhole()
    const before = calls.settled
    await eventually(() => calls.settled > before + 100)
    proxy.clear()
  })
})

test('all connections half open at once: their callers leave at their deadline, the others get new ones', async () => {
  await underLoad(
    'all connections half open',
    ['ABORTED', 'TENANT_BUSY', 'CONNECTION_LOST', 'SERVER_UNAVAILABLE'],
    async () => {
      proxy.silence()
      const before = calls.results
      await eventually(() => calls.results > before + SOME)
    },
  )
})

test('half closed by the server side: the connections are replaced, and a statement under way says so', async () => {
  await underLoad(
    'half closed, five times',
    ['ABORTED', 'CONNECTION_LOST', 'TENANT_BUSY', 'SERVER_UNAVAILABLE'],
    () => repeatedly(() => proxy.halfClose()),
  )
})

test('all connections reset, again and again', async () => {
  await underLoad(
    'reset, five times',
    ['ABORTED', 'CONNECTION_LOST', 'TENANT_BUSY', 'SERVER_UNAVAILABLE'],
    () => repeatedly(() => proxy.reset()),
  )
})

test('nobody listens for a while: what is open works on, the rest waits or is told', async () => {
  await underLoad(
    'port refuses, connections reset',
    ['ABORTED', 'CONNECTION_LOST', 'SERVER_UNAVAILABLE', 'TENANT_BUSY'],
    async () => {
      proxy.refuse()
      proxy.reset()
      await eventually(() => (calls.refused.get('SERVER_UNAVAILABLE') ?? 0) > CALLERS)
      await proxy.accept()
    },
  )
})

test('a slow network costs time and nothing else', async () => {
  proxy.latencyMs = 25
  await underLoad('25 ms each way', ['ABORTED', 'TENANT_BUSY'], () =>
    eventually(() => calls.results > SOME * 2),
  )
})

async function underLoad(
  fault: string,
  allowed: DatabaseErrorCode[],
  happening: () => Promise<void>,
): Promise<void> {
  const load = calls.start(CALLERS)
  await eventually(() => calls.results > SOME)
  await happening()
  const untilNormalMs = await calls.untilNormal()
  await load.stop()
  expect(calls.wrong).toEqual([])
  expect(allowed).toEqual(expect.arrayContaining(calls.codes))
  expect(calls.latestMs).toBeLessThan(MACHINE_SLACK_MS)
  expect(await calls.findWrongNotes(onlooker)).toEqual([])
  const threadsMost = await onlooker.threadsMost()
  expect(threadsMost).toBeLessThanOrEqual(BUDGET + (fault === SILENCE ? countUnheardLogins() : 0))
  await expectNothingLeft(real, onlooker, accounts)
  report({ fault, calls, threadsMost, untilNormalMs })
}

/**
 * A login that was given up in silence is told to the server by nobody: it has the thread until the network carries the
 * end, or for its connect_timeout. Only a network that carries nothing makes these; one that breaks says so.
 */
function countUnheardLogins(): number {
  return real.events.filter(({ type }) => type === 'open-failed' || type === 'kill-failed').length
}

async function repeatedly(strike: () => void): Promise<void> {
  for (let time = 0; time < 5; time++) {
    const before = calls.results
    strike()
    await eventually(() => calls.results > before + SOME)
  }
}
