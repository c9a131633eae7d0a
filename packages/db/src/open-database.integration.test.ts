import { randomBytes } from 'node:crypto'
import { describe, expect, inject, test } from 'vitest'
import { DatabaseError } from './errors.ts'
import { makeKeyring } from './master/secret.ts'
import { openDatabase } from './open-database.ts'
import {
  adminQuery,
  createTestDatabase,
  createTestTenant,
  getTenantLogin,
  getUsedConnectionsMax,
  resetUsedConnections,
  startTestServer,
  TEST_SECRET,
} from './testing.ts'

const server = inject('saraiServer')

describe('opening the database', () => {
  test('makes the control plane, and finds everything again when opened a second time', async () => {
    await using database = await createTestDatabase()
    const { record } = await createTestTenant(database, { tenantKey: 'rabin' })
    const again = await openDatabase({ server, name: database.name, secret: database.secret })
    expect(await again.findTenant('rabin')).toEqual(record)
    await again.close()
    const servers = await database.master.selectFrom('servers').select(['host', 'port']).execute()
    expect(servers).toEqual([{ host: server.host, port: server.port }])
  })

  test('several processes may open it for the first time at once', async () => {
    const name = `sarai_test_${randomBytes(5).toString('hex')}`
    await using _first = await createTestDatabase({ name })
    const second = `sarai_test_${randomBytes(5).toString('hex')}`
    const options = { server, name: second, secret: TEST_SECRET }
    const opened = await Promise.all([openDatabase(options), openDatabase(options), openDatabase(options)])
    const rows = await Promise.all(
      opened.map(({ master }) => master.selectFrom('servers').select('id').execute()),
    )
    expect(new Set(rows.flat().map(({ id }) => id)).size).toBe(1)
    await Promise.all(opened.map((database) => database.close()))
    await using _removed = await createTestDatabase({ name: second })
  })

  test('a first migration that was cut off in the middle is finished', async () => {
    const name = `sarai_test_${randomBytes(5).toString('hex')}`
    await adminQuery(server, `CREATE DATABASE ${name}`)
    await adminQuery(
      server,
      `CREATE TABLE ${name}.servers (
      id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, host VARCHAR(255) NOT NULL,
      port SMALLINT UNSIGNED NOT NULL, created_at DATETIME(3) NOT NULL, UNIQUE KEY servers_endpoint (host, port))`,
    )
    await using database = await createTestDatabase({ name })
    expect(await database.readiness()).toEqual({ ready: true, missing: [] })
  })

  test('another secret is refused before anything is changed', async () => {
    await using database = await createTestDatabase()
    await createTestTenant(database)
    const secret = TEST_SECRET.toUpperCase()
    await expect(openDatabase({ server, name: database.name, secret })).rejects.toThrow(/not the one/)
    expect(await database.readiness()).toMatchObject({ ready: true })
  })

  test('a short secret and a name that is none of ours are refused', async () => {
    await expect(openDatabase({ server, secret: 'short' })).rejects.toThrow(/at least 32 bytes/)
    await expect(openDatabase({ server, secret: TEST_SECRET, name: 'mysql; --' })).rejects.toThrow(
      /name matches/,
    )
  })

  test('no server, a wrong password and too few rights each say what is wrong', async () => {
    const open = (address: typeof server) => openDatabase({ server: address, secret: TEST_SECRET })
    const { socketPath: _, ...byPort } = server
    await expect(open({ ...byPort, port: 1 })).rejects.toMatchObject({ code: 'SERVER_UNAVAILABLE' })
    await expect(open({ ...byPort, password: 'wrong' })).rejects.toThrow(/refuses the login of sarai_admin/)
    await using database = await createTestDatabase()
    const { tenantKey } = await createTestTenant(database)
    const login = await getTenantLogin(database, tenantKey)
    await expect(open({ ...server, user: login.user, password: login.password })).rejects.toThrow(
      /may not create databases and accounts/,
    )
  })

  test('a server that is given by URL is reached over TCP, its tenants too', async () => {
    const url = `mysql://${server.user}:${encodeURIComponent(server.password)}@${server.host}:${server.port}`
    const name = `sarai_test_${randomBytes(5).toString('hex')}`
    await using _removed = await createTestDatabase({ name })
    const database = await openDatabase({ server: url, name, secret: TEST_SECRET })
    const tenant = await createTestTenant(database)
    const rows = await database.withTenant(tenant.tenantKey, (db) =>
      db.selectFrom('change_counter').selectAll().execute(),
    )
    expect(rows).toEqual([{ id: 1, last_seq: 0 }])
    expect(database.stats().server).toContain(String(server.port))
    await tenant[Symbol.asyncDispose]()
    await adminQuery(server, `DROP USER '${name}_app'@'%'`)
    await database.close()
  })

  test('the default budget leaves the server its reserve', async () => {
    await using small = await startTestServer({ maxConnections: 12 })
    await using database = await createTestDatabase({ server: small.admin })
    expect(database.stats().budget.max).toBe(7)
  })

  test('the control plane, tenants and the making of tenants together stay inside the smallest budget', async () => {
    await using small = await startTestServer({ maxConnections: 10 })
    await using database = await createTestDatabase({ server: small.admin, pool: { connectionsMax: 2 } })
    await resetUsedConnections(small.admin)
    await Promise.all(['one', 'two', 'three'].map((tenantKey) => createTestTenant(database, { tenantKey })))
    await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const key = ['one', 'two', 'three'][index % 3] ?? 'one'
        await database.master.selectFrom('users').select('id').execute()
        await database.withTenant(key, (db) => db.selectFrom('customers').select('id').execute())
      }),
    )
    expect(database.stats().budget.inUse).toBeLessThanOrEqual(2)
    // The connection that asks is one more.
    expect(await getUsedConnectionsMax(small.admin)).toBeLessThanOrEqual(3)
  })
})

describe('the control plane', () => {
  test("its account reads and writes rows and nothing else: no DDL, no other database, nobody's grants", async () => {
    await using database = await createTestDatabase()
    const grants = await adminQuery(server, `SHOW GRANTS FOR '${database.name}_app'@'localhost'`)
    const lines = grants.flatMap((row) => Object.values(row).map(String))
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(/^GRANT USAGE ON \*\.\*/)
    const pattern = database.name.replaceAll('_', String.raw`\_`)
    expect(lines[1]).toContain(`GRANT SELECT, INSERT, UPDATE, DELETE ON \`${pattern}\`.*`)
  })

  test('a grant made by hand does not outlive the next start', async () => {
    await using database = await createTestDatabase()
    await adminQuery(server, `GRANT ALL ON *.* TO '${database.name}_app'@'localhost'`)
    const again = await openDatabase({ server, name: database.name, secret: database.secret })
    await again.close()
    const grants = await adminQuery(server, `SHOW GRANTS FOR '${database.name}_app'@'localhost'`)
    expect(JSON.stringify(grants)).not.toContain('ALL PRIVILEGES')
  })

  test('used to lose its rights for a moment at each start of another process: one that serves never notices', async () => {
    await using database = await createTestDatabase()
    const { name, secret } = database
    let isStarting = true
    const login = { ...server, user: `${name}_app`, password: makeKeyring(secret).masterPassword }
    const serving = (async () => {
      while (isStarting) await adminQuery(login, 'SELECT COUNT(*) AS tenants FROM ??.tenants', [name])
    })()
    for (let start = 0; start < 10; start++) await (await openDatabase({ server, name, secret })).close()
    isStarting = false
    await serving
    expect(await database.readiness()).toMatchObject({ ready: true })
  })

  test('says that it is not ready, and settles, when its server has gone', async () => {
    const gone = await startTestServer()
    const database = await openDatabase({ server: gone.admin, secret: TEST_SECRET })
    expect(await database.readiness()).toEqual({ ready: true, missing: [] })
    await gone[Symbol.asyncDispose]()
    const readiness = await database.readiness()
    expect(readiness).toMatchObject({ ready: false, missing: ['control plane: SERVER_UNAVAILABLE'] })
    const error = await database.master
      .selectFrom('users')
      .select('id')
      .execute()
      .catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(DatabaseError)
    await database.close({ graceMs: 0 })
  })

  test('after close everything is refused as CLOSED and no connection is left', async () => {
    await using database = await createTestDatabase()
    const { tenantKey } = await createTestTenant(database)
    await database.findTenant(tenantKey)
    await database.close()
    await expect(
      database.withTenant(tenantKey, async (db) => db.selectFrom('tags').select('id').execute()),
    ).rejects.toMatchObject({ code: 'CLOSED' })
    await expect(database.master.selectFrom('users').select('id').execute()).rejects.toMatchObject({
      code: 'CLOSED',
    })
    const threads = await adminQuery(
      server,
      'SELECT user FROM information_schema.processlist WHERE user = ?',
      [`${database.name}_app`],
    )
    expect(threads).toEqual([])
  })
})
