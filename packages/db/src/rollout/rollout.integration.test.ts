import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Database } from '../database.ts'
import { openDatabase, type OpenDatabaseOptions } from '../open-database.ts'
import { eventually } from '../pool/real-pool.ts'
import { defineSchema, type TenantSchema } from '../tenant/migrations.ts'
import { adminQuery, createTestDatabase, getTenantLogin, type TestDatabase } from '../testing.ts'
import { countedMigration, POISON, schemaWith, SMALL_SCHEMA, TWO_MORE } from '../testing-schema.ts'
import { ROLLOUT_UNHEARD_SECONDS } from './record.ts'
import type { RolloutOrder } from './rollout-process.ts'
import type { RolloutEvent } from './types.ts'

const POLL_MS = 50
/** Each test opens processes of its own and goes over the fleet more than once. */
const FLEET_TIMEOUT_MS = 180_000
const server = inject('saraiServer')
const KEYS = ['fleet-a', 'fleet-b', 'fleet-c', 'fleet-d', 'fleet-e', 'fleet-f']
let database: TestDatabase
const opened: Database[] = []

beforeAll(async () => {
  database = await createTestDatabase({ tenantSchema: SMALL_SCHEMA })
  for (const tenantKey of KEYS) await database.createTenant({ tenantKey, name: tenantKey })
})
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close()
  await reset()
})
afterAll(() => database[Symbol.asyncDispose]())

/** Back to the small schema, which is older than that of every test here. The rows first: nobody is served by older. */
async function reset() {
  await database.master.deleteFrom('tenant_migrations').execute()
  await database.master.deleteFrom('tenant_migration_runs').execute()
  await database.master
    .updateTable('tenants')
    .set({ schema_version: SMALL_SCHEMA.version, schema_floor: 0, status: 'active' })
    .execute()
  for (const tenantKey of KEYS) {
    await database.withTenant(tenantKey, (db) => db.deleteFrom('tags').execute())
    const { database: name } = await getTenantLogin(database, tenantKey)
    await adminQuery(server, 'DELETE FROM ??.kysely_migration WHERE name LIKE ?', [name, '9%'])
  }
}

async function openWith(tenantSchema: TenantSchema, options: Partial<OpenDatabaseOptions> = {}) {
  const { name, secret } = database
  const fresh = await openDatabase({
    server,
    name,
    secret,
    tenantSchema,
    migratesAtStart: false,
    controlPollMs: POLL_MS,
    ...options,
  })
  opened.push(fresh)
  return fresh
}

async function poison(...tenantKeys: string[]) {
  for (const tenantKey of tenantKeys) {
    const tag = { id: tenantKey, name: POISON, created_at: new Date() }
    await database.withTenant(tenantKey, (db) => db.insertInto('tags').values(tag).execute())
  }
}

async function heal(tenantKey: string) {
  await database.withTenant(tenantKey, (db) => db.deleteFrom('tags').where('name', '=', POISON).execute())
}

/** How often each migration has run in each tenant. */
async function countRuns(name: string): Promise<number[]> {
  const counts: number[] = []
  for (const tenantKey of KEYS) {
    const rows = await database.withTenant(tenantKey, (db) =>
      db.selectFrom('tags').select('id').where('name', '=', name).execute(),
    )
    counts.push(rows.length)
  }
  return counts
}

const ONCE_EACH = KEYS.map(() => 1)

describe('the migration of the fleet', { timeout: FLEET_TIMEOUT_MS }, () => {
  test('goes on past a failure, reports it, and takes up only what is left the next time', async () => {
    await poison('fleet-b')
    const fresh = await openWith(TWO_MORE)
    const report = await fresh.migrateTenants()
    expect(report.migrated.toSorted()).toEqual(KEYS.filter((key) => key !== 'fleet-b'))
    expect(report.failed).toMatchObject([
      { tenantKey: 'fleet-b', error: { message: 'this tenant is poisoned' } },
    ])
    const status = await fresh.rolloutStatus()
    expect(status.latest).toMatchObject({
      state: 'done',
      tenants: KEYS.length,
      counts: { done: KEYS.length - 1, failed: 1, pending: 0, running: 0 },
    })
    const rolloutId = report.rolloutId ?? ''
    expect(await fresh.listTenantMigrations({ rolloutId, state: 'failed' })).toMatchObject([
      {
        tenantKey: 'fleet-b',
        attempts: 1,
        error: 'this tenant is poisoned',
        targetVersion: TWO_MORE.version,
      },
    ])
    await heal('fleet-b')
    const again = await fresh.migrateTenants()
    expect(again).toMatchObject({ migrated: ['fleet-b'], failed: [] })
    expect(await fresh.listTenantMigrations({ rolloutId: again.rolloutId ?? '' })).toMatchObject([
      { tenantKey: 'fleet-b', state: 'done', attempts: 2, error: null },
    ])
    expect(await fresh.migrateTenants()).toMatchObject({ rolloutId: null, planned: [] })
    expect(await countRuns('first')).toEqual(ONCE_EACH)
  })

  test('takes up again what was migrated and did not answer afterwards; it used to say that nothing was behind', async () => {
    const fresh = await openWith(TWO_MORE)
    const { database: name } = await getTenantLogin(database, 'fleet-d')
    await adminQuery(server, 'RENAME TABLE ??.change_counter TO ??.aside', [name, name])
    const rolling = fresh.migrateTenants()
    await rolling.catch(() => undefined)
    await adminQuery(server, 'RENAME TABLE ??.aside TO ??.change_counter', [name, name])
    const report = await rolling
    expect(report.failed).toMatchObject([{ tenantKey: 'fleet-d' }])
    expect(await fresh.getTenant('fleet-d')).toMatchObject({ schemaVersion: TWO_MORE.version })
    const again = await fresh.migrateTenants({ tenantKeys: ['fleet-d'] })
    expect(again).toMatchObject({ migrated: ['fleet-d'], failed: [] })
    expect((await fresh.migrateTenants()).planned).toEqual([])
    const { version: to } = TWO_MORE
    expect(await fresh.listMigrationRuns('fleet-d')).toMatchObject([
      { fromVersion: to, toVersion: to, state: 'done', attempt: 2, error: null },
      {
        fromVersion: SMALL_SCHEMA.version,
        state: 'failed',
        attempt: 1,
        error: expect.stringMatching(/change_counter/),
      },
    ])
    expect(await fresh.listMigrationRuns('fleet-a')).toMatchObject([
      { state: 'done', attempt: 1, startedAt: expect.any(Date), endedAt: expect.any(Date), isCutOff: false },
    ])
  })

  test('says in a dry run what it would do, and does nothing', async () => {
    const fresh = await openWith(TWO_MORE)
    const report = await fresh.migrateTenants({ dryRun: true, waves: [0, 1] })
    expect(report.rolloutId).toBeNull()
    expect(report.planned).toEqual(
      KEYS.map((tenantKey, at) => ({
        tenantKey,
        fromVersion: SMALL_SCHEMA.version,
        wave: at === 0 ? 1 : 2,
        missing: ['9001-first', '9002-second'],
      })),
    )
    expect(await countRuns('first')).toEqual(KEYS.map(() => 0))
    expect((await fresh.rolloutStatus()).versions).toEqual([
      { schemaVersion: SMALL_SCHEMA.version, tenants: KEYS.length },
    ])
  })

  test('stops after the canary if that fails, and leaves the others as they were', async () => {
    await poison('fleet-a')
    const fresh = await openWith(TWO_MORE)
    const events: RolloutEvent[] = []
    const report = await fresh.migrateTenants({ waves: [0, 0.5, 1], onEvent: (event) => events.push(event) })
    expect(report).toMatchObject({ migrated: [], stopped: '1 of 1 tenants failed' })
    expect(events.map(({ type }) => type)).toEqual(['planned', 'wave', 'migrating', 'failed', 'stopped'])
    expect((await fresh.rolloutStatus()).latest).toMatchObject({
      state: 'stopped',
      reason: '1 of 1 tenants failed',
      wave: 1,
      waves: 3,
      counts: { failed: 1, pending: KEYS.length - 1 },
    })
    await heal('fleet-a')
    expect((await fresh.migrateTenants({ waves: [0, 0.5, 1] })).migrated.toSorted()).toEqual(KEYS)
  })

  test('stops when the tenants of a wave answer later than they may', async () => {
    const fresh = await openWith(TWO_MORE)
    const report = await fresh.migrateTenants({ waves: [0, 1], limits: { latencyMsMax: 0 } })
    expect(report.migrated).toEqual(['fleet-a'])
    expect(report.stopped).toMatch(/^tenants answer after \d+ ms, more than 0$/)
  })

  test('begins nothing more once it is asked to stop', async () => {
    const fresh = await openWith(TWO_MORE)
    const stopping = new AbortController()
    const report = await fresh.migrateTenants({
      concurrency: 1,
      signal: stopping.signal,
      onEvent: ({ type }) => type === 'migrated' && stopping.abort(),
    })
    expect(report).toMatchObject({ migrated: ['fleet-a'], stopped: 'it was asked to stop' })
  })

  test('begins nothing more once another process has asked it to stop, and goes on when it is begun again', async () => {
    const [rolling, asking] = [await openWith(TWO_MORE), await openWith(TWO_MORE)]
    expect(await asking.stopRollouts()).toEqual([])
    const asked: Promise<string[]>[] = []
    const report = await rolling.migrateTenants({
      concurrency: 1,
      // Waited for before the next tenant is looked at: the record is made while this one is at work.
      onEvent: ({ type }) => type === 'migrating' && asked.push(asking.stopRollouts()),
    })
    expect(await asked[0]).toEqual([report.rolloutId])
    expect(report).toMatchObject({ stopped: 'it was asked to stop', failed: [] })
    expect(report.migrated.length).toBeLessThan(KEYS.length)
    const { latest } = await asking.rolloutStatus()
    expect(latest).toMatchObject({ state: 'stopped', isCutOff: false, stopAskedAt: expect.any(Date) })
    expect(latest?.waveCounts).toEqual([latest?.counts])
    const recent = await asking.listRecentMigrations(report.rolloutId ?? '')
    expect(recent.map(({ tenantKey }) => tenantKey)).toEqual(report.migrated.toReversed())
    expect(await asking.stopRollouts()).toEqual([])
    const rest = await asking.migrateTenants()
    expect([...report.migrated, ...rest.migrated].toSorted()).toEqual(KEYS)
    expect(await countRuns('first')).toEqual(ONCE_EACH)
  })

  test('whose process has gone is told from one that runs, and stopped by asking', async () => {
    const fresh = await openWith(TWO_MORE)
    await fresh.migrateTenants({ tenantKeys: ['fleet-a'] })
    await silence(ROLLOUT_UNHEARD_SECONDS - 10)
    expect((await fresh.rolloutStatus()).latest).toMatchObject({ state: 'running', isCutOff: false })
    await silence(ROLLOUT_UNHEARD_SECONDS + 1)
    expect((await fresh.rolloutStatus()).latest).toMatchObject({ state: 'running', isCutOff: true })
    expect(await fresh.stopRollouts()).toEqual([])
    expect((await fresh.rolloutStatus()).latest).toMatchObject({
      state: 'stopped',
      reason: 'the process that ran it has gone',
    })

    async function silence(seconds: number) {
      const heard_at = sql<Date>`UTC_TIMESTAMP(3) - INTERVAL ${seconds} SECOND`
      await database.master
        .updateTable('rollouts')
        .set({ state: 'running', heard_at })
        .orderBy('id', 'desc')
        .limit(1)
        .execute()
    }
  })

  test('is finished for the tenants that it has begun when its process is closed, and recorded', async () => {
    const fresh = await openWith(TWO_MORE)
    let closed: Promise<void> | undefined
    const report = await fresh.migrateTenants({
      concurrency: 1,
      onEvent: ({ type }) => {
        if (type === 'migrating') closed ??= fresh.close()
      },
    })
    await closed
    expect(report).toMatchObject({ migrated: ['fleet-a'], failed: [], stopped: 'it was asked to stop' })
    expect((await database.rolloutStatus()).latest).toMatchObject({ state: 'stopped' })
  })

  test('does only the tenants that are named', async () => {
    const fresh = await openWith(TWO_MORE)
    expect((await fresh.migrateTenants({ tenantKeys: ['fleet-c', 'nobody'] })).migrated).toEqual(['fleet-c'])
    expect((await fresh.migrateTenants({ tenantKeys: [] })).planned).toEqual([])
  })

  test('by two processes at once does every tenant once', async () => {
    const both = await Promise.all([openWith(TWO_MORE), openWith(TWO_MORE)])
    const reports = await Promise.all(both.map((each) => each.migrateTenants()))
    for (const { failed } of reports) expect(failed).toEqual([])
    expect(await countRuns('first')).toEqual(ONCE_EACH)
    expect(await countRuns('second')).toEqual(ONCE_EACH)
  })

  test('killed with -9 in the middle and started again does none twice and leaves none out', async () => {
    const child = fork(fileURLToPath(new URL('rollout-process.ts', import.meta.url)), { execArgv: [] })
    try {
      const { name, secret } = database
      child.send({ server, name, secret, tellsAfter: 2 } satisfies RolloutOrder)
      const [said] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[]
      expect(said).toBe('in the middle')
    } finally {
      child.kill('SIGKILL')
    }
    const fresh = await openWith(TWO_MORE)
    // Of what was cut off, the server takes a moment to notice: until then its lock is held.
    for (let left = 1; left > 0;) {
      const report = await fresh.migrateTenants()
      expect(report.failed).toEqual([])
      left = report.elsewhere.length
    }
    expect(await countRuns('first')).toEqual(ONCE_EACH)
    expect(await countRuns('second')).toEqual(ONCE_EACH)
    expect((await fresh.rolloutStatus()).versions).toEqual([
      { schemaVersion: TWO_MORE.version, tenants: KEYS.length },
    ])
  })
})

describe('a tenant that is behind', () => {
  const optional = schemaWith({ '9001-optional': countedMigration('optional', { isOptional: true }) })
  const read = (of: Database) =>
    of.withTenant('fleet-a', (db) => db.selectFrom('change_counter').select('id').execute())

  test('is served while the code knows its schema, before, while and after it is migrated', async () => {
    const fresh = await openWith(optional)
    expect(await read(fresh)).toEqual([{ id: 1 }])
    const seen: Promise<unknown>[] = []
    const onEvent = ({ type }: RolloutEvent) => type === 'migrating' && seen.push(read(fresh))
    await fresh.migrateTenants({ onEvent, tenantKeys: ['fleet-a'] })
    expect(await Promise.all(seen)).toEqual([[{ id: 1 }]])
    expect(await read(fresh)).toEqual([{ id: 1 }])
  })

  test('is closed as TENANT_MIGRATING while the code needs more than it has, and opens by itself when another process has migrated it', async () => {
    const waiting = await openWith(TWO_MORE)
    await expect(read(waiting)).rejects.toMatchObject({ code: 'TENANT_MIGRATING' })
    expect(await waiting.getTenant('fleet-a')).toMatchObject({ status: 'migrating' })
    await (await openWith(TWO_MORE)).migrateTenants()
    await eventually(() => read(waiting).then(isOne, () => false))
  })

  const isOne = (rows: unknown[]) => rows.length === 1
})

describe('a tenant that newer code has migrated', () => {
  test('is served by older code, unless the migration took away what older code uses', async () => {
    const newer = await openWith(TWO_MORE)
    await newer.migrateTenants({ tenantKeys: ['fleet-a', 'fleet-b'] })
    const older = await openWith(SMALL_SCHEMA)
    const read = () => older.withTenant('fleet-a', async () => 'served')
    expect(await read()).toBe('served')
    expect((await older.migrateTenants()).planned).toEqual([])

    const { migrations, version } = TWO_MORE
    const contracting = defineSchema({
      ...migrations,
      '9003-contract': countedMigration('contract', { needsCodeOf: version }),
    })
    await (await openWith(contracting)).migrateTenants({ tenantKeys: ['fleet-a'] })
    const oldest = await openWith(SMALL_SCHEMA)
    await expect(oldest.withTenant('fleet-a', async () => 1)).rejects.toMatchObject({
      code: 'TENANT_MIGRATING',
    })
    expect(await newer.withTenant('fleet-a', async () => 'served')).toBe('served')
  })
})
