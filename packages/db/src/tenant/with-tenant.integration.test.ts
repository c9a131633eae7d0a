import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { TenantStatus } from '../master/tables.ts'
import {
  adminQuery,
  createTestDatabase,
  createTestTenant,
  getTenantLogin,
  NO_CONTROL_POLL_MS,
  type TestDatabase,
  type TestTenant,
} from '../testing.ts'
import type { TenantTables } from './tables.ts'

const server = inject('saraiServer')
let database: TestDatabase
let rabin: TestTenant
let zaitoon: TestTenant

beforeAll(async () => {
  database = await createTestDatabase()
  rabin = await createTestTenant(database, { tenantKey: 'rabin' })
  zaitoon = await createTestTenant(database, { tenantKey: 'zaitoon' })
})
afterAll(() => database[Symbol.asyncDispose]())

const readTags = (db: Kysely<TenantTables>) => db.selectFrom('tags').select('name').execute()

describe('withTenant', () => {
  test("reaches the tenant's own database as the tenant's own account", async () => {
    for (const tenant of [rabin, zaitoon]) {
      const login = await getTenantLogin(database, tenant.tenantKey)
      const { rows } = await database.withTenant(tenant.tenantKey, (db) =>
        sql`SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1) AS user, DATABASE() AS name`.execute(db),
      )
      expect(rows).toEqual([{ user: login.user, name: login.database }])
    }
  })

  test('gives back what work returns and throws what work throws', async () => {
    expect(await database.withTenant('rabin', async () => 42)).toBe(42)
    const error = new Error('mine')
    await expect(database.withTenant('rabin', () => Promise.reject(error))).rejects.toBe(error)
    await expect(
      database.withTenant('rabin', () => {
        throw error
      }),
    ).rejects.toBe(error)
  })

  test.each([
    ['provisioning', 'TENANT_PROVISIONING'],
    ['migrating', 'TENANT_MIGRATING'],
    ['suspended', 'TENANT_SUSPENDED'],
    ['archived', 'TENANT_ARCHIVED'],
  ] satisfies [TenantStatus, string][])(
    'a tenant that is %s is %s, and costs no permit',
    async (status, code) => {
      await using tenant = await createTestTenant(database)
      const fresh = await reopen()
      await database.master
        .updateTable('tenants')
        .set({ status })
        .where('id', '=', tenant.record.id)
        .execute()
      await fresh.findTenant(tenant.tenantKey)
      const before = fresh.stats().counters
      let wasCalled = false
      const refused = fresh.withTenant(tenant.tenantKey, async () => (wasCalled = true))
      await expect(refused).rejects.toMatchObject({ code, tenant: tenant.tenantKey })
      expect(wasCalled).toBe(false)
      expect(fresh.stats().counters).toEqual(before)
      await fresh.close()
    },
  )

  test('an unknown key costs no permit once it is known to be unknown, a malformed one never', async () => {
    await expect(database.withTenant('nobody', readTags)).rejects.toMatchObject({ code: 'TENANT_UNKNOWN' })
    const before = database.stats().counters
    await expect(database.withTenant('nobody', readTags)).rejects.toMatchObject({ code: 'TENANT_UNKNOWN' })
    await expect(database.withTenant('No Body', readTags)).rejects.toMatchObject({ code: 'TENANT_UNKNOWN' })
    expect(database.stats().counters).toEqual(before)
  })

  test('a scope of another tenant inside a scope throws, also behind awaits and in parallel branches', async () => {
    await database.withTenant('rabin', async (db) => {
      await readTags(db)
      await Promise.all([
        expect(database.withTenant('zaitoon', readTags)).rejects.toMatchObject({ code: 'SCOPE_NESTED' }),
        sleep(1).then(() =>
          expect(database.withTenant('zaitoon', readTags)).rejects.toMatchObject({ code: 'SCOPE_NESTED' }),
        ),
      ])
      expect(await readTags(db)).toEqual([])
    })
    expect(await database.withTenant('zaitoon', readTags)).toEqual([])
  })

  test('a scope of the same tenant inside a scope is the same scope', async () => {
    await database.withTenant('rabin', async (outer) => {
      await database.withTenant('rabin', async (inner) => {
        expect(inner).toBe(outer)
      })
      expect(await readTags(outer)).toEqual([])
    })
  })

  test('a suspension counts at once for a scope inside a scope', async () => {
    await using tenant = await createTestTenant(database)
    await database.withTenant(tenant.tenantKey, async () => {
      await database.setTenantStatus(tenant.tenantKey, 'suspended')
      await expect(database.withTenant(tenant.tenantKey, readTags)).rejects.toMatchObject({
        code: 'TENANT_SUSPENDED',
      })
    })
  })

  test('work that was not waited for may enter another tenant after its scope has ended', async () => {
    const ended = Promise.withResolvers<void>()
    let late: Promise<unknown> | undefined
    await database.withTenant('rabin', async () => {
      late = ended.promise.then(() => database.withTenant('zaitoon', readTags))
    })
    ended.resolve()
    expect(await late).toEqual([])
  })

  test('parallel scopes of many tenants never see each other', async () => {
    const expected = new Map<string, string>()
    for (const key of ['rabin', 'zaitoon']) expected.set(key, (await getTenantLogin(database, key)).database)
    const seen = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const key = index % 2 === 0 ? 'rabin' : 'zaitoon'
        const { rows } = await database.withTenant(key, (db) =>
          sql<{ name: string }>`SELECT DATABASE() AS name`.execute(db),
        )
        return rows[0]?.name === expected.get(key)
      }),
    )
    expect(seen).not.toContain(false)
  })

  test('the handle is dead after the scope, however the scope ended', async () => {
    const handles: Kysely<TenantTables>[] = []
    await database.withTenant('rabin', async (db) => void handles.push(db))
    await database
      .withTenant('rabin', (db) => {
        handles.push(db)
        return Promise.reject(new Error('mine'))
      })
      .catch(() => undefined)
    for (const db of handles)
      await expect(readTags(db)).rejects.toMatchObject({ code: 'SCOPE_ENDED', tenant: 'rabin' })
    expect(handles).toHaveLength(2)
  })

  test('an abort before the scope begins costs nothing; one inside stops the statement and ends the scope', async () => {
    const before = database.stats().counters
    const options = { signal: AbortSignal.abort() }
    await expect(database.withTenant('rabin', readTags, options)).rejects.toMatchObject({ code: 'ABORTED' })
    expect(database.stats().counters).toEqual(before)

    const controller = new AbortController()
    const running = database.withTenant('rabin', (db) => sql`SELECT SLEEP(30), 'abort me'`.execute(db), {
      signal: controller.signal,
    })
    await untilRunning('abort me', true)
    controller.abort()
    await expect(running).rejects.toMatchObject({ code: 'ABORTED', tenant: 'rabin' })
    await untilRunning('abort me', false)
    expect(database.stats().leased).toBe(0)
    expect(await database.withTenant('rabin', readTags)).toEqual([])
  })

  test('a transaction rolls back when work throws, and holds one connection for its length', async () => {
    const error = new Error('mine')
    const failing = database.withTenant('rabin', (db) =>
      db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('tags')
          .values({ id: 'a', name: 'vip', created_at: new Date() })
          .execute()
        expect(database.stats().leased).toBe(1)
        throw error
      }),
    )
    await expect(failing).rejects.toBe(error)
    expect(await database.withTenant('rabin', readTags)).toEqual([])
    expect(database.stats().leased).toBe(0)
  })

  test('a connection that is killed under a statement reaches the caller as CONNECTION_LOST, and the next call works', async () => {
    const running = database.withTenant('rabin', (db) => sql`SELECT SLEEP(30), 'kill me'`.execute(db))
    const outcome = running.catch((error: unknown) => error)
    const id = await untilRunning('kill me', true)
    await adminQuery(server, 'KILL ?', [id])
    expect(await outcome).toMatchObject({ code: 'CONNECTION_LOST', tenant: 'rabin' })
    expect(await database.withTenant('rabin', readTags)).toEqual([])
  })

  test('rows come back as their types say: Date, number, null, JSON as objects', async () => {
    const at = new Date('2026-11-23T12:34:56.789Z')
    const payload = { name: 'سرائے', nested: [1] }
    const rows = await database.withTenant('zaitoon', async (db) => {
      await db
        .insertInto('changes')
        .values({ seq: 1, kind: 'test', entity_id: 'x', payload: JSON.stringify(payload), created_at: at })
        .execute()
      return db.selectFrom('changes').selectAll().execute()
    })
    expect(rows).toEqual([{ seq: 1, kind: 'test', entity_id: 'x', payload, created_at: at }])
  })
})

async function reopen() {
  const { openDatabase } = await import('../open-database.ts')
  return openDatabase({
    server,
    name: database.name,
    secret: database.secret,
    controlPollMs: NO_CONTROL_POLL_MS,
  })
}

async function untilRunning(text: string, isExpected: boolean): Promise<unknown> {
  for (;;) {
    const rows = await adminQuery(
      server,
      'SELECT id FROM information_schema.processlist WHERE info LIKE ? AND id <> CONNECTION_ID()',
      [`%SLEEP%${text}%`],
    )
    if (rows.length > 0 === isExpected) return rows[0]?.['id']
    await sleep(10)
  }
}
