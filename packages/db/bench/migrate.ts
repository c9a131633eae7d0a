/**
 * `npm run bench -- migrate`: a fleet is migrated while people work in it; the process that does it is killed with -9 in
 * the middle, and another goes on. Each tenant must have every migration once, and nobody may be refused.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { SMALL_SCHEMA, TWO_MORE } from '../src/testing-schema.ts'
import { createTestDatabase, startTestServer, type TestDatabase } from '../src/testing.ts'
import { describeLoad, describeMachine } from './machine.ts'
import type { MigrateNews, MigrateOrder } from './migrate-process.ts'
import { median, percentile } from './numbers.ts'
import { makeTable } from './table.ts'

const MAKERS = 4
const CALLERS = 8
const PAUSE_MS = 5
const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const tenants = options.quick ? 40 : 1_000
const startedAt = performance.now()
const say = (text: string) =>
  console.error(`› ${((performance.now() - startedAt) / 1000).toFixed(0)} s ${text}`)

interface Phase {
  name: string
  tookMs: number[]
  refused: number
}

await using server = await startTestServer({ isOnDisk: true })
await using database = await createTestDatabase({ server: server.admin, tenantSchema: SMALL_SCHEMA })
const keys = Array.from({ length: tenants }, (_, at) => `fleet-${at}`)
say(`${tenants} tenants`)
await makeAll(database)
const loadBefore = describeLoad()
const people = startPeople(database)
say('people alone')
await people.during(
  'alone',
  () => new Promise((resolve) => setTimeout(resolve, options.quick ? 1_000 : 10_000)),
)
say('migrating; kill -9 after half')
const first = await people.during('the first process migrates', () => migrateAndKill(database))
say(`${first.migrated} done, killed; another goes on`)
const second = await people.during('the second goes on', () => migrateToTheEnd(database))
await people.stop()
const wrongTenants = await findWrong(database)
const [version] = await database.master
  .selectNoFrom(({ fn }) => fn<string>('VERSION', []).as('version'))
  .execute()
console.log(
  [
    `${describeMachine(version?.version ?? '')} · load before ${loadBefore} · ${tenants} tenants, two migrations each`,
    makeTable(
      ['people at work', 'calls', 'refused', 'p50 ms', 'p99 ms'],
      people.phases.map(({ name, tookMs, refused }) => [
        name,
        String(tookMs.length),
        String(refused),
        median(tookMs).toFixed(1),
        percentile(tookMs, 0.99).toFixed(1),
      ]),
    ),
    makeTable(
      ['tenants migrated', 'tenants', 'failed', 'a second'],
      [first, second].map(({ name, migrated, failed, seconds }) => [
        name,
        String(migrated),
        String(failed),
        (migrated / seconds).toFixed(1),
      ]),
    ),
    `tenants with a migration twice or not at all: ${wrongTenants.length}`,
  ].join('\n\n'),
)
if (wrongTenants.length > 0 || people.phases.some(({ refused }) => refused > 0)) process.exitCode = 1

async function makeAll(of: TestDatabase): Promise<void> {
  const queue = keys.values()
  const make = async () => {
    for (const tenantKey of queue) await of.createTenant({ tenantKey, name: tenantKey })
  }
  await Promise.all(Array.from({ length: MAKERS }, make))
}

/** Everywhere in the fleet, one statement after the other, as long as it lasts. */
function startPeople(of: TestDatabase) {
  const phases: Phase[] = []
  let isOver = false
  const work = async () => {
    while (!isOver) {
      const phase = phases.at(-1)
      const tenantKey = keys[Math.floor(Math.random() * keys.length)] ?? ''
      const since = performance.now()
      try {
        await of.withTenant(tenantKey, (db) => db.selectFrom('tags').select('id').limit(1).execute())
        phase?.tookMs.push(performance.now() - since)
      } catch (error) {
        if (phase) phase.refused += 1
        say(`refused: ${String(error)}`)
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
  const all = Array.from({ length: CALLERS }, work)
  return {
    phases,
    async during<T>(name: string, what: () => Promise<T>): Promise<T> {
      phases.push({ name, tookMs: [], refused: 0 })
      return what()
    },
    async stop() {
      isOver = true
      await Promise.all(all)
    },
  }
}

interface Going extends MigrateNews {
  name: string
  seconds: number
}

async function migrateAndKill(of: TestDatabase): Promise<Going> {
  const child = startMigrating(of)
  const since = performance.now()
  let news: MigrateNews = { migrated: 0, failed: 0, isOver: false }
  while (news.migrated < tenants / 2 && !news.isOver) [news] = (await once(child, 'message')) as [MigrateNews]
  child.kill('SIGKILL')
  return { ...news, name: 'until kill -9', seconds: (performance.now() - since) / 1000 }
}

async function migrateToTheEnd(of: TestDatabase): Promise<Going> {
  const since = performance.now()
  const total: Going = { name: 'afterwards', migrated: 0, failed: 0, isOver: false, seconds: 0 }
  // What the dead one had in hand is locked until the server has noticed.
  while ((await countBehind(of)) > 0) {
    const child = startMigrating(of)
    let news: MigrateNews = { migrated: 0, failed: 0, isOver: false }
    while (!news.isOver) [news] = (await once(child, 'message')) as [MigrateNews]
    total.migrated += news.migrated
    total.failed += news.failed
  }
  return { ...total, isOver: true, seconds: (performance.now() - since) / 1000 }
}

function startMigrating({ server: address, name, secret }: TestDatabase): ChildProcess {
  const child = fork(fileURLToPath(new URL('migrate-process.ts', import.meta.url)), { execArgv: [] })
  child.send({ server: address, name, secret } satisfies MigrateOrder)
  return child
}

async function countBehind({ master }: TestDatabase): Promise<number> {
  const { count } = await master
    .selectFrom('tenants')
    .where('schema_version', '<', TWO_MORE.version)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function findWrong(of: TestDatabase): Promise<string[]> {
  const wrong: string[] = []
  for (const tenantKey of keys) {
    const rows = await of.withTenant(tenantKey, (db) =>
      db.selectFrom('tags').select('name').orderBy('name').execute(),
    )
    if (rows.map(({ name }) => name).join() !== 'first,second') wrong.push(tenantKey)
  }
  return wrong
}
