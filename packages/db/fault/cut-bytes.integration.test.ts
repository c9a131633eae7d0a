import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '../src/pool/types.ts'
import { startTestServer, type TestServer } from '../src/testing.ts'
import { Calls, MACHINE_SLACK_MS } from './calls.ts'
import { openFaultPool } from './fault-pool.ts'
import { type Direction, FaultProxy } from './fault-proxy.ts'
import { expectNothingLeft } from './leaves-nothing.ts'
import { Onlooker } from './onlooker.ts'
import { createTenants } from './tenants.ts'
import { report } from './testing-report.ts'

const DIRECTIONS: Direction[] = ['to client', 'to server']
/** Every byte of the first packet's header, then often enough to fall into every packet of the exchange. */
const BYTES = [0, 1, 2, 3, 4, 5, ...Array.from({ length: 30 }, (_, at) => 9 + at * 13)]
const AT_ONCE = 12

let server: TestServer
let onlooker: Onlooker
let accounts: Account[]

beforeAll(async () => {
  server = await startTestServer({ maxConnections: 200 })
  onlooker = await Onlooker.open(server.admin)
  accounts = await createTenants(server.admin, BYTES.length * 2)
})

afterAll(async () => {
  await onlooker[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

test.each(DIRECTIONS)(
  'cut after N bytes %s of each login: told at the deadline, well afterwards',
  async (direction) => {
    await forEachByteCount(
      { fault: `login cut, ${direction}`, acquireTimeoutMs: 400 },
      async ({ bytes, proxy, calls, first }) => {
        proxy.cutAfter(bytes, direction)
        await calls.call(first)
        expect(['SERVER_UNAVAILABLE', 'CONNECTION_LOST', 'TENANT_BUSY']).toEqual(
          expect.arrayContaining(calls.codes),
        )
        proxy.clear()
        await calls.untilNormal([first])
      },
    )
  },
)

test.each(DIRECTIONS)(
  'cut after N bytes %s of a handoff: nobody gets that connection, the caller gets another',
  async (direction) => {
    await forEachByteCount(
      { fault: `handoff cut, ${direction}`, acquireTimeoutMs: 10_000 },
      async ({ bytes, proxy, calls, first, second }) => {
        expect(await calls.call(first)).toBe(true)
        proxy.cutAfter(bytes, direction, 'open')
        const isServed = await calls.call(second)
        // Cut later than the handoff is long, it is the statement that is lost.
        expect(isServed ? [] : ['CONNECTION_LOST']).toEqual(calls.codes)
        await calls.untilNormal([first, second])
      },
    )
  },
)

test.each(DIRECTIONS)(
  'cut after N bytes %s of a statement: CONNECTION_LOST, and it is not sent again',
  async (direction) => {
    await forEachByteCount(
      { fault: `statement cut, ${direction}`, acquireTimeoutMs: 10_000 },
      async ({ bytes, proxy, calls, first }) => {
        expect(await calls.call(first)).toBe(true)
        proxy.cutAfter(bytes, direction, 'open')
        const isServed = await calls.call(first)
        expect(isServed ? [] : ['CONNECTION_LOST']).toEqual(calls.codes)
        await calls.untilNormal([first])
      },
    )
  },
)

interface Cut {
  bytes: number
  proxy: FaultProxy
  calls: Calls
  first: Account
  second: Account
}

/** Each with a pool of one connection and two tenants of its own. */
async function forEachByteCount(
  { fault, acquireTimeoutMs }: { fault: string; acquireTimeoutMs: number },
  happening: (cut: Cut) => Promise<void>,
): Promise<void> {
  const all: Calls[] = []
  for (let at = 0; at < BYTES.length; at += AT_ONCE) {
    const some = BYTES.slice(at, at + AT_ONCE)
    await Promise.all(
      some.map(async (bytes) => {
        const own = BYTES.indexOf(bytes) * 2
        const [first, second] = accounts.slice(own, own + 2)
        if (!first || !second) throw new Error('no tenants')
        await using proxy = await FaultProxy.open(server.admin)
        await using real = openFaultPool(proxy.endpoint, { connectionsMax: 2, acquireTimeoutMs })
        const calls = new Calls(real, [first, second])
        await happening({ bytes, proxy, calls, first, second })
        expect(calls.wrong).toEqual([])
        expect(calls.latestMs).toBeLessThan(MACHINE_SLACK_MS)
        all.push(calls)
        await expectNothingLeft(real, onlooker, [first, second])
      }),
    )
  }
  const [sum] = all
  expect((await Promise.all(all.map((calls) => calls.findWrongNotes(onlooker)))).flat()).toEqual([])
  if (!sum) throw new Error('nothing was cut')
  for (const calls of all.slice(1)) sum.add(calls)
  report({ fault, calls: sum })
}
