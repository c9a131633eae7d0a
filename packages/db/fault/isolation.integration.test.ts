import { expect, test } from 'vitest'
import { startTestServer } from '../src/testing.ts'
import { runIsolation } from './isolation.ts'

/** The long run is `npm run isolation`. */
const OPERATIONS = 12_000
const CONNECTIONS_MAX = 10
const BOUND_MS = 8_000

test('random operations of 200 tenants while handoffs, resets and logins fail, threads are killed and callers leave: nobody ever sees or is somebody else', async () => {
  await using server = await startTestServer({ maxConnections: 40 })
  const seed = Math.floor(Math.random() * 2 ** 32)
  const summary = await runIsolation(server.admin, {
    operations: OPERATIONS,
    boundMs: BOUND_MS,
    tenants: 200,
    callers: 48,
    connectionsMax: CONNECTIONS_MAX,
    faultFactor: 5,
    seed,
  })
  const nothing = { foreignRows: [], wrongUser: [], leftBehind: [], untypedErrors: [], wrongNotes: [] }
  expect({ seed, ...summary }).toMatchObject({ ...nothing, permitsAfterwards: 0 })
  expect({ seed, threadsMost: Math.max(summary.threadsMost, CONNECTIONS_MAX) }).toEqual({
    seed,
    threadsMost: CONNECTIONS_MAX,
  })
  expect(summary.results).toBeGreaterThan(0)
  expect(summary.faults['handoff: OK that is a lie']).toBeGreaterThan(0)
})
