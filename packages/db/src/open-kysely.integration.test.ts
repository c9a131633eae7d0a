import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, createTestTenant, type TestDatabase } from './testing.ts'
import type { TenantTables } from './tenant/tables.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase({ pool: { connectionsMax: 2, tenantConnectionsMax: 2 } })
  await createTestTenant(database, { tenantKey: 'rabin' })
})
afterAll(() => database[Symbol.asyncDispose]())

const read = (db: Kysely<TenantTables>) => db.selectFrom('tags').select('name').execute()
const inTransaction = (db: Kysely<TenantTables>, work: () => Promise<unknown>) =>
  db.transaction().execute(async (trx) => {
    await read(trx)
    return work()
  })
const onConnection = (db: Kysely<TenantTables>, work: () => Promise<unknown>) => db.connection().execute(work)

describe.each([
  ['a transaction', inTransaction],
  ['db.connection()', onConnection],
])('inside %s', (_, hold) => {
  test.each([
    ['a statement', (db: Kysely<TenantTables>) => read(db)],
    ['a transaction', (db: Kysely<TenantTables>) => db.transaction().execute(read)],
    ['a connection', (db: Kysely<TenantTables>) => db.connection().execute(read)],
    ['a scope of the same tenant', () => database.withTenant('rabin', read)],
  ])('used to wait for its own deadline: %s of the outer handle is refused at once', async (__, ask) => {
    const refused = database.withTenant('rabin', (db) => hold(db, () => ask(db)))
    await expect(refused).rejects.toMatchObject({ code: 'SCOPE_NESTED', tenant: 'rabin' })
    expect(database.stats()).toMatchObject({ leased: 0, waiting: 0 })
  })

  test('both stacks are told: where the connection was taken, and where the second was asked for', async () => {
    const error: unknown = await database
      .withTenant('rabin', (db) => hold(db, () => askAgain(db)))
      .catch((cause: unknown) => cause)
    if (!(error instanceof Error) || !(error.cause instanceof Error)) throw new Error('no error with a cause')
    expect(error.stack).toContain('askAgain')
    expect(error.cause.stack).toContain('open-kysely.integration.test')
  })
})

async function askAgain(db: Kysely<TenantTables>): Promise<unknown> {
  return await read(db)
}

test('the handle that the callback was given is no second connection', async () => {
  const rows = await database.withTenant('rabin', (db) =>
    db.transaction().execute(async (trx) => [await read(trx), await read(trx)]),
  )
  expect(rows).toEqual([[], []])
})

test('side by side is not inside: both are served, one after the other', async () => {
  const both = await database.withTenant('rabin', (db) =>
    Promise.all([inTransaction(db, () => sleep(5)), read(db), inTransaction(db, () => sleep(5)), read(db)]),
  )
  expect(both).toHaveLength(4)
})

test('what a transaction started and did not wait for may ask once it is over', async () => {
  const late = Promise.withResolvers<Kysely<TenantTables>>()
  await database.withTenant('rabin', async (db) => {
    let asked: Promise<unknown> | undefined
    await inTransaction(db, async () => {
      asked = late.promise.then(read)
    })
    late.resolve(db)
    expect(await asked).toEqual([])
  })
})

test('the control plane too: a transaction of it that asks it again is refused at once', async () => {
  const refused = database.master
    .transaction()
    .execute(async () => database.master.selectFrom('users').select('id').execute())
  await expect(refused).rejects.toMatchObject({ code: 'SCOPE_NESTED' })
})

test('a transaction of a tenant may ask the control plane, as long as there is a connection for it', async () => {
  await using larger = await createTestDatabase({ pool: { connectionsMax: 4 } })
  await using tenant = await createTestTenant(larger)
  const found = await larger.withTenant(tenant.tenantKey, (db) =>
    db
      .transaction()
      .execute(async () => larger.master.selectFrom('tenants').select('tenant_key').executeTakeFirst()),
  )
  expect(found).toEqual({ tenant_key: tenant.tenantKey })
})
