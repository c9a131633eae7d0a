import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  adminQuery,
  createTestDatabase,
  createTestTenant,
  getTenantLogin,
  startTestServer,
  type TestDatabase,
  type TestServer,
  type TestTenant,
} from '../testing.ts'
import { examineInstallation } from './examine-installation.ts'
import type { Check, Finding } from './finding.ts'

/** A server of its own: what others make on a shared one would be found. */
let server: TestServer
let database: TestDatabase
let tenant: TestTenant

beforeAll(async () => {
  server = await startTestServer({ maxConnections: 60 })
  database = await createTestDatabase({ server: server.admin })
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})
beforeEach(async () => {
  tenant = await createTestTenant(database)
  return () => tenant[Symbol.asyncDispose]()
})

const examine = (secret = database.secret) =>
  examineInstallation({ server: server.admin, secret, name: database.name })
const admin = (statement: string, values?: unknown[]) => adminQuery(server.admin, statement, values)
const wrong = (findings: Finding[]) => findings.filter(({ state }) => state !== 'ok')

/** Exactly this is found, with the tenant's name and something to do about it. */
async function expectFound(check: Check, mentioned = tenant.tenantKey): Promise<void> {
  const found = wrong(await examine())
  expect(found.map((finding) => finding.check)).toEqual([check])
  expect(found[0]?.found).toContain(mentioned)
  expect(found[0]?.advice).toEqual(expect.any(String))
}

const setTenant = (values: object) =>
  admin(`UPDATE ${database.name}.tenants SET ? WHERE tenant_key = ?`, [values, tenant.tenantKey])

describe('the doctor', () => {
  test('finds nothing wrong in an installation that is well, and changes nothing', async () => {
    const before = await admin(`CHECKSUM TABLE ${database.name}.tenants, ${database.name}.servers`)
    expect(wrong(await examine())).toEqual([])
    expect(await admin(`CHECKSUM TABLE ${database.name}.tenants, ${database.name}.servers`)).toEqual(before)
  })

  test('sees how much room there is for the data', async () => {
    const findings = await examine()
    expect(findings.find(({ check }) => check === 'disk')?.found).toMatch(
      /^\d+\.\d GiB of \d+\.\d GiB are free/,
    )
  })

  test('finds a clock that is ahead or behind', async () => {
    for (const seconds of [-10, 10]) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1_000 })
      try {
        await expectFound('clock', 'differ by')
      } finally {
        vi.useRealTimers()
      }
    }
  })

  test('finds a server that allows too few connections, and one that was full', async () => {
    const [row] = await admin('SELECT @@max_connections AS most')
    try {
      await admin('SET GLOBAL max_connections = 15')
      await expectFound('connections', 'max_connections is 15')
      await admin('SET GLOBAL max_connections = 20')
      const [status] = await admin("SHOW GLOBAL STATUS LIKE 'Max_used_connections'")
      const isFull = Number(status?.['Value']) >= 20
      expect(wrong(await examine()).map(({ state }) => state)).toEqual(isFull ? ['warning'] : [])
    } finally {
      await admin('SET GLOBAL max_connections = ?', [row?.['most']])
    }
  })

  test('finds a secret that is another', async () => {
    const found = wrong(await examine(database.secret.toUpperCase()))
    expect(found).toMatchObject([{ check: 'secret', state: 'problem' }])
  })

  test('finds a tenant that has been half-made for long, and none that is being made', async () => {
    await setTenant({ status: 'provisioning' })
    expect(wrong(await examine())).toEqual([])
    await setTenant({ updated_at: new Date(Date.now() - 3_600_000) })
    await expectFound('half-made')
    await setTenant({ status: 'active' })
  })

  test('finds a tenant that is behind', async () => {
    await setTenant({ schema_version: 0 })
    await expectFound('behind')
  })

  test('finds a tenant without its database, and one without its account', async () => {
    const login = await getTenantLogin(database, tenant.tenantKey)
    await admin(`DROP DATABASE ${login.database}`)
    await expectFound('missing')
    await admin(`CREATE DATABASE ${login.database}`)
    await admin(`DROP USER ${login.user}@localhost`)
    await expectFound('missing')
  })

  test('finds rights that were granted by hand', async () => {
    const login = await getTenantLogin(database, tenant.tenantKey)
    await admin(`GRANT SELECT ON ${database.name}.* TO ${login.user}@localhost`)
    await expectFound('grants')
  })

  test('finds a database that is nobody’s', async () => {
    const name = 'sarai_t_0123456789abcdef0123456789abcdef'
    await admin(`CREATE DATABASE ${name}`)
    await expectFound('orphans', name)
    await admin(`DROP DATABASE ${name}`)
  })

  test('finds what is still to be deleted', async () => {
    await setTenant({ status: 'archived', archived_at: new Date(), deleting_at: new Date() })
    await expectFound('past-grace')
  })

  test('finds a process that was not heard of for long', async () => {
    const long = new Date(Date.now() - 600_000)
    const [row] = await admin(`SELECT id FROM ${database.name}.servers`)
    const share = {
      process_id: tenant.record.id,
      server_id: row?.['id'],
      host: 'lost.test',
      pid: 7,
      share: 2,
      held: 2,
      wanted: 2,
    }
    await admin(`INSERT INTO ${database.name}.pool_shares SET ?`, [
      { ...share, heartbeat_at: long, expires_at: new Date() },
    ])
    await expectFound('processes', 'lost.test 7')
    await admin(`DELETE FROM ${database.name}.pool_shares WHERE pid = 7`)
  })

  test('says of a server that does not answer, or lets nobody in, that it does not, and never a password', async () => {
    const { socketPath: _, ...byPort } = server.admin
    for (const address of [
      { ...byPort, port: 1 },
      { ...byPort, password: 'not the password' },
    ]) {
      const findings = await examineInstallation({ server: address, secret: database.secret })
      expect(findings).toMatchObject([{ check: 'server', state: 'problem' }])
      expect(JSON.stringify(findings)).not.toContain(address.password)
    }
  })

  test('says of a server without an installation that there is none yet', async () => {
    const findings = await examineInstallation({
      server: server.admin,
      secret: database.secret,
      name: 'sarai_nowhere',
    })
    expect(wrong(findings)).toMatchObject([
      { check: 'control-plane', advice: expect.stringContaining('npm start') },
    ])
  })
})
