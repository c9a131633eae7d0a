import { fork } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../open-database.ts'
import {
  adminQuery,
  createTestDatabase,
  createTestTenant,
  getUsedConnectionsMax,
  resetUsedConnections,
  startTestServer,
  type TestDatabase,
  type TestServer,
} from '../testing.ts'
import { chooseFleetMax } from '../server/admin.ts'
import type { FleetPlan } from './fleet-process.ts'

const SERVER_MAX = 17
/** 12: what is left after the operators' reserve. */
const FLEET_MAX = chooseFleetMax(SERVER_MAX)
const TENANTS = ['one', 'two', 'three', 'four']
/** Those who look on and those who start log in as administrators, outside of the shares. */
const ONLOOKERS_MAX = 3

let server: TestServer
let first: TestDatabase

beforeAll(async () => {
  server = await startTestServer({ maxConnections: SERVER_MAX })
  first = await createTestDatabase({ server: server.admin })
  for (const tenantKey of TENANTS) await createTestTenant(first, { tenantKey })
})
afterAll(async () => {
  await first[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const openAnother = () => openDatabase({ server: server.admin, name: first.name, secret: first.secret })
const sizeOf = (database: { stats: TestDatabase['stats'] }) => database.stats().budget.max
const sharesOf = async () => {
  const rows = await first.master.selectFrom('pool_shares').select(['share', 'held']).execute()
  return rows.map(({ share, held }) => Math.max(share, held))
}

/** Asks until it is so; the test's own time limit is the bound. */
async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** More callers than connections, so that each budget is used up to its end. */
function load(database: { withTenant: TestDatabase['withTenant'] }) {
  let isOn = true
  const callers = Array.from({ length: 40 }, async (_, at) => {
    const key = TENANTS[at % TENANTS.length] ?? 'one'
    while (isOn) await database.withTenant(key, (db) => db.selectFrom('tags').selectAll().execute())
  })
  return {
    async stop() {
      isOn = false
      await Promise.all(callers)
    },
  }
}

test('one process alone is lent all that the server leaves, and its heartbeat is inside it', async () => {
  await eventually(() => sizeOf(first) === FLEET_MAX)
  await resetUsedConnections(server.admin)
  const busy = load(first)
  const before = await first.master.selectFrom('pool_shares').select('heartbeat_at').executeTakeFirstOrThrow()
  await eventually(async () => {
    const now = await first.master.selectFrom('pool_shares').select('heartbeat_at').executeTakeFirstOrThrow()
    return now.heartbeat_at.getTime() > before.heartbeat_at.getTime() + 2_000
  })
  await busy.stop()
  expect(await getUsedConnectionsMax(server.admin)).toBeLessThanOrEqual(FLEET_MAX + 1)
})

test('a second and a third process under load get their part from the first, and nobody is refused', async () => {
  await resetUsedConnections(server.admin)
  const loads = [load(first)]
  const second = await openAnother()
  loads.push(load(second))
  const third = await openAnother()
  loads.push(load(third))
  await eventually(() => [first, second, third].every((each) => sizeOf(each) === FLEET_MAX / 3))
  expect((await sharesOf()).reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(FLEET_MAX)
  await Promise.all(loads.map((each) => each.stop()))
  await second.close()
  await third.close()
  await eventually(() => sizeOf(first) === FLEET_MAX)
  expect(await sharesOf()).toEqual([FLEET_MAX])
  expect(await getUsedConnectionsMax(server.admin)).toBeLessThanOrEqual(FLEET_MAX + ONLOOKERS_MAX)
})

test('a process that cannot write its heartbeat keeps serving by its floor, and grows again afterwards', async () => {
  await eventually(() => sizeOf(first) === FLEET_MAX)
  await adminQuery(server.admin, 'RENAME TABLE ??.pool_shares TO ??.hidden', [first.name, first.name])
  await eventually(() => sizeOf(first) === 2)
  expect(await first.withTenant('one', (db) => db.selectFrom('tags').selectAll().execute())).toEqual([])
  await adminQuery(server.admin, 'RENAME TABLE ??.hidden TO ??.pool_shares', [first.name, first.name])
  await eventually(() => sizeOf(first) === FLEET_MAX)
})

test('a process that is killed with -9 gives its share back by expiry; until then nobody is lent it', async () => {
  await resetUsedConnections(server.admin)
  const child = fork(new URL('./fleet-process.ts', import.meta.url))
  const ended = once(child, 'exit')
  try {
    const plan: FleetPlan = { server: server.admin, name: first.name, secret: first.secret, tenants: TENANTS }
    child.send(plan)
    const [message] = await once(child, 'message')
    expect(message).toBe('serving')
    const busy = load(first)
    await eventually(() => sizeOf(first) === FLEET_MAX / 2)
    child.kill('SIGKILL')
    await ended
    expect(await sharesOf()).toEqual([FLEET_MAX / 2, FLEET_MAX / 2])
    await eventually(() => sizeOf(first) > FLEET_MAX / 2)
    await busy.stop()
    // The floor of one that may come back is kept longer; the next process starts all the same.
    const next = await openAnother()
    expect(sizeOf(next)).toBeGreaterThanOrEqual(2)
    await next.close()
    expect(await getUsedConnectionsMax(server.admin)).toBeLessThanOrEqual(FLEET_MAX + ONLOOKERS_MAX)
  } finally {
    child.kill('SIGKILL')
  }
})
