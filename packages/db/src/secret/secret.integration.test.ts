import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Database } from '../database.ts'
import { openDatabase } from '../open-database.ts'
import { eventually } from '../pool/real-pool.ts'
import { SMALL_SCHEMA } from '../testing-schema.ts'
import { adminQuery, createTestDatabase, getTenantLogin, type TestDatabase } from '../testing.ts'
import { OLD_ACCOUNT_KEPT_SECONDS } from './rotate-password.ts'

const server = inject('saraiServer')
const CALLERS = 6
const POLL_MS = 50
let database: TestDatabase
/** Another process, as far as the server and the control plane can tell. */
let other: Database

beforeAll(async () => {
  database = await createTestDatabase({ tenantSchema: SMALL_SCHEMA, controlPollMs: POLL_MS })
  const { name, secret } = database
  other = await openDatabase({ server, name, secret, tenantSchema: SMALL_SCHEMA, controlPollMs: POLL_MS })
  for (const tenantKey of ['rabin', 'zaitoon']) await database.createTenant({ tenantKey, name: tenantKey })
})
afterAll(async () => {
  await other.close()
  await database[Symbol.asyncDispose]()
})

/** People at work in both processes, all the time; what they were refused with. */
function startPeople() {
  const refused: unknown[] = []
  const state = { isOver: false, served: 0 }
  const people = [database, other].flatMap((process) =>
    Array.from({ length: CALLERS }, async (_, at) => {
      while (!state.isOver) {
        await process
          .withTenant(at % 2 === 0 ? 'rabin' : 'zaitoon', (db) =>
            db.selectFrom('tags').select('id').execute(),
          )
          .then(() => (state.served += 1))
          .catch((error: unknown) => refused.push(error))
      }
    }),
  )
  return {
    state,
    async serveMore() {
      const before = state.served
      await eventually(() => state.served > before + 4 * CALLERS)
    },
    async stop() {
      state.isOver = true
      await Promise.all(people)
      return refused
    },
  }
}

async function readRow(tenantKey: string) {
  return database.master
    .selectFrom('tenants')
    .selectAll()
    .where('tenant_key', '=', tenantKey)
    .executeTakeFirstOrThrow()
}

describe('a new key for all passwords', () => {
  test('seals every secret again while people work in two processes, and nobody is refused', async () => {
    const before = [await readRow('rabin'), await readRow('zaitoon')]
    const people = startPeople()
    await people.serveMore()
    const first = await database.rotateSecretKey()
    const second = await other.rotateSecretKey()
    await people.serveMore()
    expect(await people.stop()).toEqual([])
    expect([first, second]).toEqual([
      { version: first.version, resealed: 2, unreadable: [] },
      { version: first.version + 1, resealed: 2, unreadable: [] },
    ])
    for (const [at, tenantKey] of ['rabin', 'zaitoon'].entries()) {
      const row = await readRow(tenantKey)
      expect(row.account_secret).toMatch(new RegExp(`^v${second.version}\\.`))
      expect(row.migrator_secret).toMatch(new RegExp(`^v${second.version}\\.`))
      expect(row.account_name).toBe(before[at]?.account_name)
    }
  })

  test('is learnt by a process that starts, and by one that has not heard of it', async () => {
    await other.rotateSecretKey()
    await database.createTenant({ tenantKey: 'sealed-late', name: 'X' })
    const { name, secret } = database
    const fresh = await openDatabase({ server, name, secret, tenantSchema: SMALL_SCHEMA })
    for (const each of [fresh, other, database])
      expect(await each.withTenant('sealed-late', async () => 'in')).toBe('in')
    await fresh.close()
    await database.dropTenant('sealed-late')
  })

  test('is not kept in the clear, and old keys go when nothing is sealed under them', async () => {
    const { version } = await database.rotateSecretKey()
    const rows = await database.master.selectFrom('secret_keys').selectAll().orderBy('version').execute()
    expect(rows.map((row) => row.version)).toEqual([version - 1, version])
    for (const { wrapped_key } of rows) expect(wrapped_key).toMatch(/^v\d+\.[\w-]{16}\.[\w-]+$/)
  })

  test('leaves a secret that cannot be opened as it is, and says whose it is', async () => {
    const row = await readRow('zaitoon')
    const foreign = (await readRow('rabin')).account_secret
    await database.master
      .updateTable('tenants')
      .set({ account_secret: foreign })
      .where('id', '=', row.id)
      .execute()
    expect((await database.rotateSecretKey()).unreadable).toEqual(['zaitoon'])
    expect((await readRow('zaitoon')).account_secret).toBe(foreign)
    const { account_secret } = row
    await database.master.updateTable('tenants').set({ account_secret }).where('id', '=', row.id).execute()
    expect((await database.rotateSecretKey()).unreadable).toEqual([])
  })
})

describe('a new password for a tenant', () => {
  beforeEach(() =>
    database.master
      .updateTable('retired_accounts')
      .set({ drop_after: new Date(0) })
      .execute(),
  )

  test('is had while people work in two processes, and nobody is refused, before, while or after the old one ends', async () => {
    const old = await getTenantLogin(database, 'rabin')
    const people = startPeople()
    await people.serveMore()
    const { oldEndsAt } = await database.rotateTenantPassword('rabin')
    expect(oldEndsAt.getTime()).toBeGreaterThan(Date.now() + (OLD_ACCOUNT_KEPT_SECONDS - 60) * 1000)
    await people.serveMore()
    const now = await getTenantLogin(database, 'rabin')
    expect([now.user, now.password]).not.toEqual([old.user, old.password])
    await eventually(async () => (await threadsOf(old.user)) === 0)
    await endRetired()
    await people.serveMore()
    expect(await people.stop()).toEqual([])
    const asOld = adminQuery({ ...server, user: old.user, password: old.password }, 'SELECT 1')
    await expect(asOld).rejects.toThrow(/denied|refuses/)
    expect(await adminQuery(server, 'SELECT user FROM mysql.user WHERE user = ?', [old.user])).toEqual([])
  })

  test('leaves the tenant with the same rights, and its migrator with another password too', async () => {
    const before = await readRow('zaitoon')
    await database.rotateTenantPassword('zaitoon')
    const after = await readRow('zaitoon')
    expect(after.account_version).toBe(before.account_version + 1)
    expect(after.migrator_name).not.toBe(before.migrator_name)
    expect(after.migrator_name).toMatch(/^sarai_m_[0-9a-f]{16}$/)
    const login = await getTenantLogin(database, 'zaitoon')
    const asTenant = { ...server, user: login.user, password: login.password }
    await expect(adminQuery(asTenant, `CREATE TABLE ${login.database}.mine (id INT)`)).rejects.toThrow(
      /denied|may not/,
    )
    expect(await adminQuery(asTenant, `SELECT id FROM ${login.database}.change_counter`)).toEqual([{ id: 1 }])
  })

  test('of two who change it at once is given by one', async () => {
    const settled = await Promise.allSettled(
      [database, other].map((each) => each.rotateTenantPassword('rabin')),
    )
    const refused = settled.filter((each) => each.status === 'rejected')
    expect(settled.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'TENANT_BUSY' })
    await eventually(() => other.withTenant('rabin', async () => true))
  })

  test('that was cut off leaves accounts that are dropped, and never one that a tenant logs in with', async () => {
    const { account_name: inUse } = await readRow('rabin')
    await adminQuery(server, "CREATE USER sarai_t_left@localhost IDENTIFIED BY 'x'")
    const drop_after = new Date(0)
    await database.master
      .insertInto('retired_accounts')
      .values([
        { account_name: 'sarai_t_left', drop_after },
        { account_name: inUse, drop_after },
      ])
      .execute()
    await endRetired()
    const seen = await adminQuery(server, 'SELECT user AS user FROM mysql.user WHERE user IN (?)', [
      ['sarai_t_left', inUse],
    ])
    expect(seen).toEqual([{ user: inUse }])
  })

  test('is refused for a tenant that nobody has', async () => {
    await expect(database.rotateTenantPassword('nobody')).rejects.toMatchObject({ code: 'TENANT_UNKNOWN' })
  })

  async function threadsOf(user: string) {
    const rows = await adminQuery(server, 'SELECT id FROM information_schema.processlist WHERE user = ?', [
      user,
    ])
    return rows.length
  }

  /** Their time is over, and the upkeep of some process comes by. */
  async function endRetired() {
    await database.master
      .updateTable('retired_accounts')
      .set({ drop_after: new Date(0) })
      .execute()
    const { name, secret } = database
    const upkeep = { sparesMax: 0 }
    const chore = await openDatabase({ server, name, secret, tenantSchema: SMALL_SCHEMA, upkeep })
    await eventually(async () => {
      const left = await database.master.selectFrom('retired_accounts').select('account_name').execute()
      return left.length === 0
    })
    await chore.close()
  }
})

test('a tenant that holds all that the server lets it have waits, is served, and disturbs nobody', async () => {
  const { user } = await getTenantLogin(database, 'rabin')
  await adminQuery(server, `ALTER USER ${user}@localhost WITH MAX_USER_CONNECTIONS 1`)
  const calls = (key: string) =>
    Array.from({ length: 20 }, () =>
      database.withTenant(key, (db) => db.selectFrom('tags').select('id').execute()),
    )
  const answers = await Promise.all([...calls('rabin'), ...calls('zaitoon')])
  expect(answers).toHaveLength(40)
})
