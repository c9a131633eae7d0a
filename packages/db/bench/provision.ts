/**
 * `npm run bench -- provision`: what the making of a tenant takes, step by step and with one made ahead, on a server that
 * writes to disk as the product's own does.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Database } from '../src/database.ts'
import { openDatabase } from '../src/open-database.ts'
import { eventually } from '../src/pool/real-pool.ts'
import type { ServerAddress } from '../src/server/address.ts'
import { startPrivateServer } from '../src/server/private-server.ts'
import { adminQuery } from '../src/testing.ts'
import { describeLoad, describeMachine } from './machine.ts'
import { median, percentile } from './numbers.ts'
import { makeTable } from './table.ts'

const SECRET = 'a secret for a benchmark, long enough'
const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const tenants = options.quick ? 10 : 100

interface Way {
  name: string
  tookMs: number[]
}

const dataDir = await mkdtemp(join(tmpdir(), 'sarai-bench-'))
const server = await startPrivateServer({ dataDir })
try {
  const loadBefore = describeLoad()
  const steps = new Map<string, number[]>()
  const whole: Way = { name: 'step by step', tookMs: await makeWhole(server.admin, steps) }
  const spare: Way = { name: 'made ahead', tookMs: await makeFromSpares(server.admin) }
  const [row] = await adminQuery(server.admin, 'SELECT VERSION() AS version')
  console.log(
    [
      `${describeMachine(String(row?.['version']))} · load before ${loadBefore} · ${tenants} tenants each way, ` +
        'from the call to the first answer as the tenant',
      makeTable(['way', 'p50 ms', 'p99 ms', 'most ms'], [whole, spare].map(toRow)),
      makeTable(
        ['step', 'p50 ms', 'p99 ms', 'most ms'],
        [...steps].map(([name, tookMs]) => toRow({ name, tookMs })),
      ),
    ].join('\n\n'),
  )
} finally {
  await server.stop()
  await rm(dataDir, { recursive: true })
}

async function makeWhole(admin: ServerAddress, stepsMs: Map<string, number[]>): Promise<number[]> {
  const database = await openDatabase({ server: admin, secret: SECRET })
  const tookMs: number[] = []
  for (let at = 0; at < tenants; at++) tookMs.push(await makeOne(database, `whole-${at}`, stepsMs))
  await database.close()
  return tookMs
}

/** All of them are there before the first is taken, and nothing is made meanwhile. */
async function makeFromSpares(admin: ServerAddress): Promise<number[]> {
  const maker = await openDatabase({ server: admin, secret: SECRET, upkeep: { sparesMax: tenants + 1 } })
  await eventually(async () => (await countSpares(maker)) === tenants + 1)
  await maker.close()
  const database = await openDatabase({ server: admin, secret: SECRET, upkeep: { sparesMax: 1 } })
  const tookMs: number[] = []
  for (let at = 0; at < tenants; at++) tookMs.push(await makeOne(database, `spare-${at}`, new Map()))
  const left = await countSpares(database)
  if (left !== 1) throw new Error(`${left} spares are left where one should be`)
  await database.close()
  return tookMs
}

async function countSpares({ master }: Database): Promise<number> {
  const rows = await master
    .selectFrom('tenants')
    .innerJoin('provisionings', 'provisionings.tenant_id', 'tenants.id')
    .where('tenant_key', 'like', '~%')
    .where('ended_at', 'is not', null)
    .select('tenants.id')
    .execute()
  return rows.length
}

async function makeOne(
  database: Database,
  tenantKey: string,
  stepsMs: Map<string, number[]>,
): Promise<number> {
  const startedAt = performance.now()
  let since = startedAt
  await database.createTenant(
    { tenantKey, name: tenantKey },
    {
      onStep: ({ name, state }) => {
        if (state !== 'done') return
        stepsMs.set(name, [...(stepsMs.get(name) ?? []), performance.now() - since])
        since = performance.now()
      },
    },
  )
  await database.withTenant(tenantKey, (db) => db.selectFrom('tags').select('id').execute())
  return performance.now() - startedAt
}

function toRow({ name, tookMs }: Way): string[] {
  return [name, ...[median(tookMs), percentile(tookMs, 0.99), Math.max(...tookMs)].map((ms) => ms.toFixed(1))]
}
