import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import {
  adminQuery,
  createTestDatabase,
  createTestTenant,
  getTenantLogin,
  type TestDatabase,
} from '../testing.ts'
import { TENANT_GRACE_DAYS } from './sweep-tenants.ts'

const server = inject('saraiServer')
const DAY_MS = 86_400_000
let database: TestDatabase
let elsewhere: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  // It is told nothing: what it holds must be ended all the same.
  elsewhere = await createTestDatabase({ name: database.name, secret: database.secret })
})
afterAll(async () => {
  await elsewhere.close({ graceMs: 0 })
  await database[Symbol.asyncDispose]()
})

interface Login {
  user: string
  database: string
}

const afterGrace = (extraMs = 0) => new Date(Date.now() + TENANT_GRACE_DAYS * DAY_MS + extraMs)
const findAccount = ({ user }: Login) =>
  adminQuery(server, 'SELECT user FROM mysql.user WHERE user = ?', [user])
const findDatabase = ({ database: name }: Login) => adminQuery(server, 'SHOW DATABASES LIKE ?', [name])
const findThreads = ({ user }: Login) =>
  adminQuery(server, 'SELECT id FROM information_schema.processlist WHERE user = ?', [user])
const readRow = (id: string) =>
  database.master.selectFrom('tenants').selectAll().where('id', '=', id).executeTakeFirst()

async function expectGone(tenantKey: string, login: Login): Promise<void> {
  expect(await findAccount(login)).toEqual([])
  expect(await findThreads(login)).toEqual([])
  expect(await findDatabase(login)).toEqual([])
  expect(await database.findTenant(tenantKey)).toBeUndefined()
}

describe('an archived tenant', () => {
  test('lets nobody in, keeps its data, and is as it was when it is restored', async () => {
    await using tenant = await createTestTenant(database)
    const { tenantKey, record } = tenant
    const tag = { id: record.id, name: 'kept', created_at: new Date() }
    await database.withTenant(tenantKey, (db) => db.insertInto('tags').values(tag).execute())
    await database.setTenantStatus(tenantKey, 'archived')
    await expect(database.withTenant(tenantKey, async () => 1)).rejects.toMatchObject({
      code: 'TENANT_ARCHIVED',
    })
    expect((await readRow(record.id))?.archived_at).toBeInstanceOf(Date)
    await database.setTenantStatus(tenantKey, 'active')
    expect((await readRow(record.id))?.archived_at).toBeNull()
    const names = await database.withTenant(tenantKey, (db) => db.selectFrom('tags').select('name').execute())
    expect(names).toEqual([{ name: 'kept' }])
  })

  test('is left alone by a sweep until its grace is over, then deleted for good', async () => {
    const { tenantKey } = await createTestTenant(database)
    const login = await getTenantLogin(database, tenantKey)
    await database.setTenantStatus(tenantKey, 'archived')
    expect(await database.sweepTenants(afterGrace(-60_000))).toEqual({ deleted: [], failed: [] })
    expect(await findDatabase(login)).toHaveLength(1)
    expect(await database.sweepTenants(afterGrace(1_000))).toEqual({ deleted: [tenantKey], failed: [] })
    await expectGone(tenantKey, login)
  })

  test('that was restored and archived again begins its grace anew', async () => {
    await using tenant = await createTestTenant(database)
    const { tenantKey, record } = tenant
    await database.setTenantStatus(tenantKey, 'archived')
    const long = new Date(Date.now() - 2 * TENANT_GRACE_DAYS * DAY_MS)
    await database.master
      .updateTable('tenants')
      .set({ archived_at: long })
      .where('id', '=', record.id)
      .execute()
    await database.setTenantStatus(tenantKey, 'active')
    await database.setTenantStatus(tenantKey, 'archived')
    expect((await database.sweepTenants()).deleted).toEqual([])
  })
})

test('a sweep leaves open and suspended tenants alone, however old', async () => {
  await using open = await createTestTenant(database)
  await using closed = await createTestTenant(database)
  await database.setTenantStatus(closed.tenantKey, 'suspended')
  expect(await database.sweepTenants(afterGrace(10 * DAY_MS))).toEqual({ deleted: [], failed: [] })
  expect(await database.findTenant(open.tenantKey)).toMatchObject({ status: 'active' })
})

describe('deleting for good', () => {
  test('ends what another process runs as the tenant before the database goes', async () => {
    const { tenantKey } = await createTestTenant(database)
    const login = await getTenantLogin(database, tenantKey)
    const begun = Promise.withResolvers<void>()
    const running = elsewhere.withTenant(tenantKey, (db) =>
      db.transaction().execute(async (trx) => {
        const id = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'
        await trx.insertInto('tags').values({ id, name: 'late', created_at: new Date() }).execute()
        begun.resolve()
        await gone.promise
        await trx.selectFrom('tags').select('id').execute()
      }),
    )
    const gone = Promise.withResolvers<void>()
    const ended = expect(running).rejects.toMatchObject({ tenant: tenantKey })
    await begun.promise
    await database.dropTenant(tenantKey)
    await expectGone(tenantKey, login)
    gone.resolve()
    await ended
  })

  test.each(['the mark', 'the account', 'the database'])(
    'that was cut off after %s is finished by the next sweep, and cannot be taken back meanwhile',
    async (cutAfter) => {
      const { tenantKey, record } = await createTestTenant(database)
      const login = await getTenantLogin(database, tenantKey)
      const mark = { status: 'archived' as const, archived_at: new Date(), deleting_at: new Date() }
      await database.master.updateTable('tenants').set(mark).where('id', '=', record.id).execute()
      if (cutAfter !== 'the mark') await adminQuery(server, `DROP USER ${login.user}@localhost`)
      if (cutAfter === 'the database') await adminQuery(server, `DROP DATABASE ${login.database}`)
      await expect(database.setTenantStatus(tenantKey, 'active')).rejects.toMatchObject({
        code: 'TENANT_UNKNOWN',
      })
      expect(await database.sweepTenants()).toEqual({ deleted: [tenantKey], failed: [] })
      await expectGone(tenantKey, login)
      await using _again = await createTestTenant(database, { tenantKey })
    },
  )

  test('by two processes at once is done once and fails for neither', async () => {
    const { tenantKey } = await createTestTenant(database)
    const login = await getTenantLogin(database, tenantKey)
    await database.setTenantStatus(tenantKey, 'archived')
    const reports = await Promise.all([
      database.sweepTenants(afterGrace(1_000)),
      elsewhere.sweepTenants(afterGrace(1_000)),
    ])
    expect(reports.flatMap(({ failed }) => failed)).toEqual([])
    await expectGone(tenantKey, login)
  })
})
