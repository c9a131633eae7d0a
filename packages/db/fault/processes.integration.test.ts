import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '../src/pool/types.ts'
import { startTestServer, type TestServer } from '../src/testing.ts'
import { MACHINE_SLACK_MS } from './calls.ts'
import type { LoadOrder, LoadReport } from './load-messages.ts'
import { findWrongNotes } from './notes.ts'
import { eventually, Onlooker } from './onlooker.ts'
import { createTenants } from './tenants.ts'

/** The server's limit, shared by three: two that serve, and one that a deploy starts before it ends another. */
const MAX_CONNECTIONS = 12
const SHARE = MAX_CONNECTIONS / 3
const CALLERS = 12
const SOME = 60
/** Nobody is refused for want of patience: what is looked at is whether three together exceed the server. */
const ACQUIRE_TIMEOUT_MS = 20_000
/** Each process compiles everything anew: on a busy machine that alone takes many seconds. */
const TEST_TIMEOUT_MS = 300_000

let server: TestServer
let onlooker: Onlooker
let accounts: Account[]
const started: ChildProcess[] = []

beforeAll(async () => {
  server = await startTestServer({ maxConnections: MAX_CONNECTIONS })
  onlooker = await Onlooker.open(server.admin)
  accounts = await createTenants(server.admin, 20)
})

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await onlooker[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

test(
  'two processes on one server, one killed with -9, a third started at once: no caller of the living is refused, the server is never full',
  async () => {
    await onlooker.forgetThreadsMost()
    const [dying, staying] = [startProcess(), startProcess()]
    await eventually(() => dying.seen.results > SOME && staying.seen.results > SOME)
    dying.child.kill('SIGKILL')
    const fresh = startProcess()
    const before = staying.seen.results
    await eventually(() => staying.seen.results > before + SOME && fresh.seen.results > SOME)
    await Promise.all([staying.finish(), fresh.finish()])
    for (const { seen } of [staying, fresh]) {
      expect(seen).toMatchObject({ isFinal: true, refused: {}, wrong: [] })
      expect(seen.latestMs).toBeLessThan(MACHINE_SLACK_MS)
    }
    expect(dying.seen).toMatchObject({ refused: {}, wrong: [] })
    expect(await findWrongNotes(onlooker, accounts)).toEqual([])
    expect(await onlooker.threadsMost()).toBeLessThanOrEqual(MAX_CONNECTIONS)
    await eventually(async () => (await onlooker.threadsOf(accounts)).length === 0)
  },
  TEST_TIMEOUT_MS,
)

test(
  'a process that gets SIGTERM under load: callers have their result or CLOSED, it leaves by itself and leaves nothing behind',
  async () => {
    await onlooker.forgetThreadsMost()
    const draining = startProcess()
    await eventually(() => draining.seen.results > SOME)
    const left = once(draining.child, 'exit')
    draining.child.kill('SIGTERM')
    expect(await left).toEqual([0, null])
    const { refused, ...seen } = draining.seen
    expect(seen).toMatchObject({ isFinal: true, wrong: [], permits: 0 })
    expect(['ABORTED', 'CLOSED']).toEqual(expect.arrayContaining(Object.keys(refused)))
    expect(refused['CLOSED']).toBeGreaterThan(0)
    expect(seen.latestMs).toBeLessThan(MACHINE_SLACK_MS)
    expect(await findWrongNotes(onlooker, accounts)).toEqual([])
    const threadsMost = await onlooker.threadsMost()
    expect(threadsMost).toBeLessThanOrEqual(SHARE)
    // COM_QUIT was answered; the list may be a moment behind.
    await eventually(async () => (await onlooker.threadsOf(accounts)).length === 0)
  },
  TEST_TIMEOUT_MS,
)

function startProcess() {
  const { host, port } = server.admin
  const child = fork(fileURLToPath(new URL('load-process.ts', import.meta.url)), { execArgv: [] })
  started.push(child)
  const seen: LoadReport = { isFinal: false, results: 0, refused: {}, wrong: [], latestMs: 0, permits: 0 }
  child.on('message', (report: LoadReport) => Object.assign(seen, report))
  const order: LoadOrder = {
    endpoint: { host, port },
    tenants: accounts.map(({ password, ...account }) => ({ ...account, password: password() })),
    connectionsMax: SHARE,
    callers: CALLERS,
    acquireTimeoutMs: ACQUIRE_TIMEOUT_MS,
  }
  child.send(order)
  return {
    child,
    seen,
    async finish() {
      const gone = once(child, 'exit')
      child.send('end')
      await gone
    },
  }
}
