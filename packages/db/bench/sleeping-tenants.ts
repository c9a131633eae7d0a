import { readdirSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sql } from 'kysely'
import type { Database } from '../src/database.ts'
import { createAccountStatements, type BenchServer, type BenchTenant } from './bench-server.ts'
import { openBenchDatabase, registerTenants } from './known-tenants.ts'

export interface SleepingResult {
  tenants: number
  bytesEach: number
  /** More than before the first connection. */
  timers: number
  descriptors: number
  /** Connections to this server that the process holds at most. */
  budget: number
  touchMs: number
}

const WARM_UP = 100
const CALLERS = 20

/**
 * Tenants that were asked for once and sleep: real accounts and databases, the latter without tables, which the
 * server would need minutes for and of which a process remembers nothing.
 */
export async function measureSleepingTenants(server: BenchServer, count: number): Promise<SleepingResult> {
  const tenants = Array.from({ length: count + WARM_UP }, (_, at) => planSleeper(at))
  await server.execute(tenants.flatMap(createAccountStatements))
  const idle = countResources()
  const database = await openBenchDatabase(server, 'bench_sleeping')
  try {
    const keys = await registerTenants(database, tenants)
    await touchAll(database, keys.slice(0, WARM_UP))
    const collect = findGarbageCollector()
    const before = readHeap(collect)
    const since = performance.now()
    await touchAll(database, keys.slice(WARM_UP))
    const touchMs = performance.now() - since
    const bytesEach = (readHeap(collect) - before) / count
    const { timers, descriptors } = countResources()
    return {
      tenants: count,
      bytesEach,
      timers: timers - idle.timers,
      descriptors: descriptors - idle.descriptors,
      budget: database.stats().budget.max,
      touchMs,
    }
  } finally {
    await database.close({ graceMs: 0 })
  }
}

function planSleeper(at: number): BenchTenant {
  const name = `sleeper_${at}`
  return { user: name, password: `the password of ${name}`, database: name }
}

/** Some at a time, as they would come. */
async function touchAll(database: Database, keys: readonly string[]): Promise<void> {
  const next = keys.values()
  const statement = sql`select 1`
  const touch = async () => {
    for (const key of next) await database.withTenant(key, (db) => statement.execute(db), { label: 'bench' })
  }
  await Promise.all(Array.from({ length: CALLERS }, touch))
}

/** As with `--expose-gc`, which whoever starts this need not know of. */
function findGarbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('this Node has no garbage collector to call')
  return () => void collect()
}

function readHeap(collect: () => void): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

function countResources(): { timers: number; descriptors: number } {
  const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
  return {
    timers,
    descriptors: readdirSync(process.platform === 'linux' ? '/proc/self/fd' : '/dev/fd').length,
  }
}
