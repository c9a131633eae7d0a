import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { DatabaseError } from '../errors.ts'
import { openDatabase } from '../open-database.ts'
import {
  adminQuery,
  createTestDatabase,
  createTestTenant,
  getTenantLogin,
  NO_CONTROL_POLL_MS,
  type TestDatabase,
} from '../testing.ts'
import { isDuplicateKey } from '../statement-error.ts'
import { TENANT_SCHEMA_VERSION } from './migrations.ts'

const server = inject('saraiServer')
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

function openAgain() {
  return openDatabase({
    server,
    name: database.name,
    secret: database.secret,
    controlPollMs: NO_CONTROL_POLL_MS,
  })
}

describe('a tenant', () => {
  test('is known by its key, with nothing secret in what is known', async () => {
    await using tenant = await createTestTenant(database, { name: 'Rabin Traders' })
    const record = await database.getTenant(tenant.tenantKey)
    expect(record).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      tenantKey: tenant.tenantKey,
      name: 'Rabin Traders',
      status: 'active',
      schemaVersion: TENANT_SCHEMA_VERSION,
      createdAt: expect.any(Date),
    })
  })

  test('has a database and an account whose names say nothing that anybody typed', async () => {
    await using tenant = await createTestTenant(database, { tenantKey: 'bobby-tables' })
    const { user, database: name } = await getTenantLogin(database, tenant.tenantKey)
    expect(name).toBe(`sarai_t_${tenant.record.id.replaceAll('-', '')}`)
    expect(user).toMatch(/^sarai_t_[0-9a-f]{16}$/)
  })

  test('has its password sealed at rest: the plaintext is in no table of the control plane', async () => {
    await using tenant = await createTestTenant(database)
    const { password } = await getTenantLogin(database, tenant.tenantKey)
    expect(password.length).toBeGreaterThanOrEqual(32)
    const tables = await adminQuery(
      server,
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?',
      [database.name],
    )
    for (const { name } of tables) {
      const rows = await adminQuery(server, 'SELECT * FROM ??.??', [database.name, name])
      expect(JSON.stringify(rows)).not.toContain(password)
    }
    const row = await database.master.selectFrom('tenants').select('account_secret').executeTakeFirstOrThrow()
    expect(row.account_secret).toMatch(/^v1\./)
  })

  test("has an account that cannot read, list or change another tenant's database, nor make anything", async () => {
    await using rabin = await createTestTenant(database)
    await using zaitoon = await createTestTenant(database)
    const login = await getTenantLogin(database, rabin.tenantKey)
    const other = await getTenantLogin(database, zaitoon.tenantKey)
    const asRabin = (statement: string) =>
      adminQuery({ ...server, user: login.user, password: login.password }, statement)
    expect(await asRabin(`SELECT id FROM ${login.database}.change_counter`)).toEqual([{ id: 1 }])
    for (const statement of [
      `SELECT * FROM ${other.database}.customers`,
      `SELECT * FROM ${database.name}.tenants`,
      'SELECT * FROM mysql.global_priv',
      `UPDATE ${other.database}.change_counter SET last_seq = 9`,
      `CREATE TABLE ${login.database}.mine (id INT)`,
      `DROP TABLE ${login.database}.customers`,
      'CREATE DATABASE mine',
      `SET GLOBAL max_connections = 1`,
    ]) {
      await expect(asRabin(statement), statement).rejects.toThrow(/denied|may not/)
    }
    const seen = (await asRabin('SHOW DATABASES')).flatMap((row) => Object.values(row))
    expect(new Set(seen)).toEqual(new Set(['information_schema', login.database]))
  })

  test('cannot be reached by a name that differs only where a grant without escapes would match anything', async () => {
    await using tenant = await createTestTenant(database)
    const login = await getTenantLogin(database, tenant.tenantKey)
    const lookalike = login.database.replace('sarai_t_', 'saraiXtX')
    await adminQuery(server, `CREATE DATABASE ${lookalike}`)
    try {
      await adminQuery(server, `CREATE TABLE ${lookalike}.t (id INT)`)
      const { user, password } = login
      await expect(adminQuery({ ...server, user, password }, `SELECT * FROM ${lookalike}.t`)).rejects.toThrow(
        /denied|may not/,
      )
    } finally {
      await adminQuery(server, `DROP DATABASE ${lookalike}`)
    }
  })

  test('with a taken key is refused as TENANT_EXISTS, also when two are made at once, and the first is untouched', async () => {
    const tenantKey = 'taken-twice'
    const made = await Promise.allSettled([
      database.createTenant({ tenantKey, name: 'One' }),
      database.createTenant({ tenantKey, name: 'Two' }),
    ])
    expect(made.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = made.find((result) => result.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'TENANT_EXISTS', tenant: tenantKey })
    const rows = await database.withTenant(tenantKey, (db) =>
      db.selectFrom('change_counter').selectAll().execute(),
    )
    expect(rows).toHaveLength(1)
    await database.dropTenant(tenantKey)
  })

  test.each(['', 'a', 'ab', 'Rabin', '1abc', 'abc-', `a${'b'.repeat(32)}`, 'a_b', "x' OR 1=1", 'ünïcode'])(
    'with the malformed key %j is neither made nor looked for',
    async (tenantKey) => {
      await expect(database.createTenant({ tenantKey, name: 'X' })).rejects.toThrow(TypeError)
      const { acquires } = database.stats().counters
      expect(await database.findTenant(tenantKey)).toBeUndefined()
      expect(database.stats().counters.acquires).toBe(acquires)
    },
  )

  test('that cannot be made leaves nothing behind: no row, no database, no account', async () => {
    const before = await listServer()
    await adminQuery(
      server,
      `ALTER TABLE ${database.name}.tenants ADD CONSTRAINT never_active CHECK (status <> 'active')`,
    )
    try {
      await expect(database.createTenant({ tenantKey: 'half-made', name: 'X' })).rejects.toThrow(
        /never_active/,
      )
    } finally {
      await adminQuery(server, `ALTER TABLE ${database.name}.tenants DROP CONSTRAINT never_active`)
    }
    expect(await listServer()).toEqual(before)
    expect(await database.findTenant('half-made')).toBeUndefined()
    await using _tenant = await createTestTenant(database, { tenantKey: 'half-made' })
  })

  test('that is dropped is gone from the server while its connections were cached, and its key is free again', async () => {
    const before = await listServer()
    const { tenantKey } = await createTestTenant(database)
    await database.withTenant(tenantKey, (db) => db.selectFrom('tags').select('id').execute())
    await database.dropTenant(tenantKey)
    expect(await listServer()).toEqual(before)
    await expect(database.getTenant(tenantKey)).rejects.toMatchObject({ code: 'TENANT_UNKNOWN' })
    await using again = await createTestTenant(database, { tenantKey })
    const rows = await database.withTenant(again.tenantKey, (db) =>
      db.selectFrom('tags').select('id').execute(),
    )
    expect(rows).toEqual([])
  })

  test('that a crash left half-made or half-dropped can be dropped, and its key is free again', async () => {
    const { tenantKey, record } = await createTestTenant(database)
    const { user } = await getTenantLogin(database, tenantKey)
    await adminQuery(server, `DROP USER ${user}@localhost`)
    await database.master
      .updateTable('tenants')
      .set({ status: 'provisioning' })
      .where('id', '=', record.id)
      .execute()
    await expect(database.createTenant({ tenantKey, name: 'X' })).rejects.toMatchObject({
      code: 'TENANT_EXISTS',
    })
    await database.dropTenant(tenantKey)
    await using _again = await createTestTenant(database, { tenantKey })
  })

  async function listServer(): Promise<unknown[]> {
    const names = await adminQuery(
      server,
      "SELECT user FROM mysql.user WHERE user LIKE 'sarai\\_t\\_%' ORDER BY user",
    )
    const own = await database.master
      .selectFrom('tenants')
      .select(['account_name', 'database_name'])
      .execute()
    const accounts = new Set(names.map(({ user }) => user))
    return own.map(({ account_name }) => [account_name, accounts.has(account_name)])
  }
})

describe('looking a tenant up', () => {
  test('costs no query the second time, and callers at once share one', async () => {
    await using tenant = await createTestTenant(database)
    const fresh = await openAgain()
    const before = fresh.stats().counters.acquires
    await Promise.all(Array.from({ length: 40 }, () => fresh.findTenant(tenant.tenantKey)))
    await fresh.findTenant(tenant.tenantKey)
    expect(fresh.stats().counters.acquires - before).toBe(1)
    await fresh.close()
  })

  test('a negative cache never hides a tenant just created', async () => {
    const tenantKey = 'soon-to-be'
    expect(await database.findTenant(tenantKey)).toBeUndefined()
    await expect(database.withTenant(tenantKey, async () => 1)).rejects.toMatchObject({
      code: 'TENANT_UNKNOWN',
    })
    await using _tenant = await createTestTenant(database, { tenantKey })
    expect(await database.findTenant(tenantKey)).toMatchObject({ status: 'active' })
    expect(await database.withTenant(tenantKey, async () => 'in')).toBe('in')
  })

  test('a tenant whose password does not open is unreachable alone', async () => {
    await using good = await createTestTenant(database)
    await using bad = await createTestTenant(database)
    const foreign = await database.master
      .selectFrom('tenants')
      .select('account_secret')
      .where('id', '=', good.record.id)
      .executeTakeFirstOrThrow()
    await database.master
      .updateTable('tenants')
      .set({ account_secret: foreign.account_secret })
      .where('id', '=', bad.record.id)
      .execute()
    const fresh = await openAgain()
    const read = (key: string) => fresh.withTenant(key, (db) => db.selectFrom('tags').select('id').execute())
    await expect(read(bad.tenantKey)).rejects.toMatchObject({
      code: 'TENANT_UNREACHABLE',
      tenant: bad.tenantKey,
    })
    expect(await read(good.tenantKey)).toEqual([])
    expect(await fresh.readiness()).toMatchObject({ ready: true })
    await fresh.close()
  })
})

describe('the fleet', () => {
  test('a tenant that is behind is migrated at start; one that fails stays closed and stops nobody', async () => {
    await using behind = await createTestTenant(database)
    await using broken = await createTestTenant(database)
    await using suspended = await createTestTenant(database)
    await database.setTenantStatus(suspended.tenantKey, 'suspended')
    const { database: name } = await getTenantLogin(database, broken.tenantKey)
    await adminQuery(server, `DROP DATABASE ${name}`)
    const ids = [behind, broken, suspended].map(({ record }) => record.id)
    await database.master.updateTable('tenants').set({ schema_version: 0 }).where('id', 'in', ids).execute()
    const events: string[] = []
    const log = ({ level, fields }: { level: string; fields: Record<string, unknown> }) =>
      events.push(`${level} ${String(fields['tenant'])}`)
    const fresh = await openDatabase({ server, name: database.name, secret: database.secret, log })
    expect(await fresh.getTenant(behind.tenantKey)).toMatchObject({
      status: 'active',
      schemaVersion: TENANT_SCHEMA_VERSION,
    })
    expect(await fresh.getTenant(suspended.tenantKey)).toMatchObject({
      status: 'suspended',
      schemaVersion: TENANT_SCHEMA_VERSION,
    })
    expect(await fresh.getTenant(broken.tenantKey)).toMatchObject({ status: 'migrating', schemaVersion: 0 })
    await expect(fresh.withTenant(broken.tenantKey, async () => 1)).rejects.toMatchObject({
      code: 'TENANT_MIGRATING',
    })
    expect(events).toContain(`error ${broken.tenantKey}`)
    await fresh.close()
  })

  test('the roles of a tenant from before permissions grew keep what was taken from them', async () => {
    await using tenant = await createTestTenant(database)
    const { database: name } = await getTenantLogin(database, tenant.tenantKey)
    await adminQuery(server, `ALTER TABLE ${name}.roles DROP COLUMN known_permissions`)
    await adminQuery(
      server,
      `INSERT INTO ${name}.roles (id, name, built_in, created_at, updated_at) VALUES
        (UUID(), 'agent', 'agent', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)),
        (UUID(), 'cashier', NULL, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
    )
    await adminQuery(server, `DELETE FROM ${name}.kysely_migration WHERE name >= '0002'`)
    await database.master
      .updateTable('tenants')
      .set({ schema_version: 1 })
      .where('id', '=', tenant.record.id)
      .execute()
    await database.migrateTenants()
    const roles = await database.withTenant(tenant.tenantKey, (db) =>
      db.selectFrom('roles').select(['name', 'known_permissions']).orderBy('name').execute(),
    )
    expect(roles).toEqual([
      { name: 'agent', known_permissions: expect.stringMatching(/^dashboard:read .* permission:manage$/) },
      { name: 'cashier', known_permissions: null },
    ])
  })

  test('a tenant from before there were migrators gets one, and its own account a bound', async () => {
    await using tenant = await createTestTenant(database)
    const { id } = tenant.record
    const { user } = await getTenantLogin(database, tenant.tenantKey)
    const { migrator_name: migrator } = await database.master
      .selectFrom('tenants')
      .select('migrator_name')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await adminQuery(server, `DROP USER ${migrator}@localhost`)
    await adminQuery(server, `ALTER USER ${user}@localhost WITH MAX_USER_CONNECTIONS 0`)
    await database.master
      .updateTable('tenants')
      .set({ migrator_name: null, migrator_secret: null, schema_version: 0 })
      .where('id', '=', id)
      .execute()
    expect((await database.migrateTenants()).migrated).toContain(tenant.tenantKey)
    const [grant] = await adminQuery(server, `SHOW GRANTS FOR ${user}@localhost`)
    expect(Object.values(grant ?? {})[0]).toMatch(/WITH MAX_USER_CONNECTIONS [1-9]/)
    const grants = await adminQuery(server, `SHOW GRANTS FOR ${migrator}@localhost`)
    expect(grants.flatMap((row) => Object.values(row)).join()).toMatch(
      /CREATE, DROP, REFERENCES, INDEX, ALTER, TRIGGER ON/,
    )
  })

  test('an archived tenant that is behind is migrated when it is restored', async () => {
    await using tenant = await createTestTenant(database)
    await database.setTenantStatus(tenant.tenantKey, 'archived')
    await database.master
      .updateTable('tenants')
      .set({ schema_version: 0 })
      .where('id', '=', tenant.record.id)
      .execute()
    expect(await database.migrateTenants()).toMatchObject({ planned: [], migrated: [], failed: [] })
    expect(await database.setTenantStatus(tenant.tenantKey, 'active')).toMatchObject({
      schemaVersion: TENANT_SCHEMA_VERSION,
    })
  })

  test('suspending closes what the tenant has open', async () => {
    await using tenant = await createTestTenant(database)
    const { user } = await getTenantLogin(database, tenant.tenantKey)
    await database.withTenant(tenant.tenantKey, (db) => db.selectFrom('tags').select('id').execute())
    await database.setTenantStatus(tenant.tenantKey, 'suspended')
    const threads = await adminQuery(server, 'SELECT id FROM information_schema.processlist WHERE user = ?', [
      user,
    ])
    expect(threads).toEqual([])
    await database.setTenantStatus(tenant.tenantKey, 'active')
    expect(await database.withTenant(tenant.tenantKey, async () => 'in')).toBe('in')
  })

  test('a tenant that nobody has cannot be suspended or dropped', async () => {
    await expect(database.setTenantStatus('nobody', 'suspended')).rejects.toMatchObject({
      code: 'TENANT_UNKNOWN',
    })
    await expect(database.dropTenant('nobody')).rejects.toMatchObject({ code: 'TENANT_UNKNOWN' })
  })
})

describe('errors of statements', () => {
  test('a taken e-mail is recognised by the name of its key', async () => {
    await using tenant = await createTestTenant(database)
    const error = await database
      .withTenant(tenant.tenantKey, async (db) => {
        for (const id of ['a', 'b']) {
          const now = new Date()
          const row = { id, name: id, email: 'A@b.test', created_at: now, updated_at: now }
          await db.insertInto('customers').values(row).execute()
        }
      })
      .catch((cause: unknown) => cause)
    expect(isDuplicateKey(error, 'customers_live_email')).toBe(true)
    expect(isDuplicateKey(error, 'customers_live_phone')).toBe(false)
    expect(error).not.toBeInstanceOf(DatabaseError)
  })

  test('a dropped account makes its tenant unreachable alone', async () => {
    await using tenant = await createTestTenant(database)
    const { user } = await getTenantLogin(database, tenant.tenantKey)
    await adminQuery(server, `DROP USER ${user}@localhost`)
    const fresh = await openAgain()
    const read = () =>
      fresh.withTenant(tenant.tenantKey, (db) => db.selectFrom('tags').select('id').execute())
    await expect(read()).rejects.toMatchObject({ code: 'TENANT_UNREACHABLE', tenant: tenant.tenantKey })
    expect(await fresh.readiness()).toMatchObject({ ready: true })
    await fresh.close()
  })
})
