import type { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../id.ts'
import { createTestDatabase, createTestTenant, type TestDatabase } from '../testing.ts'
import type { TenantTables } from './tables.ts'
import { TENANTS_TOGETHER_MAX } from './with-tenants.ts'

type Handles = ReadonlyMap<string, Kysely<TenantTables>>

let database: TestDatabase

beforeAll(async () => {
  // Two to work with: as many as one scope of two tenants needs.
  database = await createTestDatabase({ pool: { connectionsMax: 3, acquireTimeoutMs: 30_000 } })
  for (const tenantKey of ['rabin', 'zaitoon', 'anar']) await createTestTenant(database, { tenantKey })
})
afterAll(() => database[Symbol.asyncDispose]())

test('gives a handle for each tenant, each in its own database, and both leases end with the work', async () => {
  const names = await database.withTenants(['zaitoon', 'rabin'], async (handles) => {
    await insertTag(handleOf(handles, 'rabin'), 'of rabin')
    await insertTag(handleOf(handles, 'zaitoon'), 'of zaitoon')
    return Promise.all(['rabin', 'zaitoon'].map((key) => readTags(handleOf(handles, key))))
  })
  expect(names).toEqual([['of rabin'], ['of zaitoon']])
  expect(database.stats()).toMatchObject({ leased: 0, waiting: 0 })
})

test('asks in one order whatever order they were named in', async () => {
  const order = (keys: string[]) =>
    database.withTenants(keys, async () => database.stats().leases.map(({ tenant }) => tenant))
  expect(await order(['zaitoon', 'rabin'])).toEqual(await order(['rabin', 'zaitoon']))
})

test('many who want two each, with two connections for all of them, never wait for each other', async () => {
  const pairs = [
    ['rabin', 'zaitoon'],
    ['zaitoon', 'anar'],
    ['anar', 'rabin'],
  ]
  const all = Array.from({ length: 12 }, (_, at) =>
    database.withTenants(pairs[at % 3] ?? [], async (handles) => {
      for (const handle of handles.values()) await readTags(handle)
      return handles.size
    }),
  )
  const singles = ['rabin', 'zaitoon', 'anar'].map((key) => database.withTenant(key, readTags))
  expect(await Promise.all(all)).toEqual(Array.from({ length: 12 }, () => 2))
  await Promise.all(singles)
})

test('inside, the same tenants are re-entered with the same handles, any other throws; inside a scope it throws itself', async () => {
  await database.withTenants(['rabin', 'zaitoon'], async (handles) => {
    const inner = await database.withTenant('rabin', async (db) => db)
    expect(inner).toBe(handles.get('rabin'))
    await expect(database.withTenant('anar', readTags)).rejects.toMatchObject({ code: 'SCOPE_NESTED' })
    await expect(database.withTenants(['rabin', 'anar'], nothing)).rejects.toMatchObject({
      code: 'SCOPE_NESTED',
    })
  })
  await expect(
    database.withTenant('rabin', () => database.withTenants(['rabin', 'zaitoon'], nothing)),
  ).rejects.toMatchObject({ code: 'SCOPE_NESTED' })
})

test('a handle is dead when the work has settled, and what was left open in it is rolled back', async () => {
  const kept = await database.withTenants(['anar', 'rabin'], async (handles) => handles)
  await expect(readTags(handleOf(kept, 'anar'))).rejects.toMatchObject({ code: 'SCOPE_ENDED' })
  const failed = database.withTenants(['anar', 'rabin'], (handles) =>
    handleOf(handles, 'anar')
      .transaction()
      .execute(async (trx) => {
        await insertTag(trx, 'never')
        throw new Error('changed my mind')
      }),
  )
  await expect(failed).rejects.toThrow('changed my mind')
  expect(await database.withTenant('anar', readTags)).toEqual([])
})

test.each([
  ['no tenant', [], TypeError],
  ['a tenant twice', ['rabin', 'rabin'], TypeError],
  ['too many', Array.from({ length: TENANTS_TOGETHER_MAX + 1 }, (_, at) => `tenant-${at}`), RangeError],
])('%s is refused before anything is asked for', async (_, keys, kind) => {
  await expect(database.withTenants(keys, nothing)).rejects.toThrow(kind)
})

test('an unknown tenant refuses all of them, more than there are connections are refused at once, and who has gone takes nothing', async () => {
  const before = database.stats().counters.acquires
  const abort = AbortSignal.abort()
  await expect(database.withTenants(['rabin', 'nobody'], nothing)).rejects.toMatchObject({
    code: 'TENANT_UNKNOWN',
  })
  await expect(database.withTenants(['rabin', 'zaitoon', 'anar'], nothing)).rejects.toMatchObject({
    code: 'TENANT_BUSY',
    retryAfterMs: 1_000,
  })
  await expect(database.withTenants(['rabin', 'zaitoon'], nothing, { signal: abort })).rejects.toMatchObject({
    code: 'ABORTED',
  })
  // One to look for the key that nobody has.
  expect(database.stats().counters.acquires - before).toBeLessThanOrEqual(1)
})

test('one deadline for all together: who gets only one of two is refused, and gives back the one', async () => {
  const held = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const holder = database.withTenant('anar', (db) =>
    db.connection().execute(async (connection) => {
      await readTags(connection)
      begun.resolve()
      await held.promise
    }),
  )
  await begun.promise
  const refused = database.withTenants(['rabin', 'zaitoon'], nothing, { acquireTimeoutMs: 100 })
  await expect(refused).rejects.toMatchObject({ code: 'TENANT_BUSY' })
  expect(database.stats()).toMatchObject({ leased: 1, waiting: 0 })
  held.resolve()
  await holder
  await database.withTenants(['rabin', 'zaitoon'], nothing)
})

function handleOf(handles: Handles, key: string): Kysely<TenantTables> {
  const handle = handles.get(key)
  if (!handle) throw new Error(`no handle of ${key}`)
  return handle
}

async function readTags(db: Kysely<TenantTables>): Promise<string[]> {
  const tags = await db.selectFrom('tags').select('name').orderBy('name').execute()
  return tags.map(({ name }) => name)
}

function insertTag(db: Kysely<TenantTables>, name: string) {
  return db.insertInto('tags').values({ id: newId(), name, created_at: new Date() }).execute()
}

async function nothing(): Promise<void> {}
