/**
 * A real server and throw-away databases for tests. In a vitest config:
 *
 *     test: { globalSetup: ['@sarai/db/testing-setup'] }
 *
 * starts one server for the whole run and provides its address; every test file then owns its databases:
 *
 *     await using database = await createTestDatabase()
 *     await using tenant = await createTestTenant(database)
 *
 * Outside vitest, or for a server of special size: `await using server = await startTestServer({ maxConnections: 20 })`.
 */
import { randomBytes } from 'node:crypto'
import { access, constants, mkdtemp, rm, statfs } from 'node:fs/promises'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RowDataPacket } from 'mysql2/promise'
import type { Database, TenantRecord } from './database.ts'
import { openDatabase, type OpenDatabaseOptions } from './open-database.ts'
import { makeKeyring } from './master/secret.ts'
import { learnKeys } from './secret/keys.ts'
import { dropAccounts, dropDatabase } from './server/account.ts'
import type { ServerAddress } from './server/address.ts'
import { withAdmin } from './server/admin.ts'
import { startPrivateServer } from './server/private-server.ts'

/** Nothing here survives a power cut, and nothing has to. */
const FAST_SETTINGS = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-flush-method=nosync',
  '--innodb-doublewrite=OFF',
  '--innodb-buffer-pool-size=64M',
  '--innodb-log-file-size=16M',
  '--innodb-fast-shutdown=2',
]
/** With the operating system at each commit, and whole on disk when it stops. */
const DURABLE_SETTINGS = ['--innodb-flush-log-at-trx-commit=2', '--innodb-fast-shutdown=1']
const CONNECTIONS_DEFAULT = 200
export const TEST_SECRET = 'a secret for tests, long enough to be taken'

export interface TestServer extends AsyncDisposable {
  readonly admin: ServerAddress
  readonly pid: number
  readonly dataDir: string
  /** Stops it and starts it again with all it holds, at the same address. */
  restart(): Promise<void>
}

export interface TestServerOptions {
  /** Default 200. */
  maxConnections?: number
  /** What was committed is there after a restart, too, and after the server's process was killed. Default false: faster. */
  isDurable?: boolean
  /** For what is measured: files as an installation has them. Default false: in memory, where there is room. */
  isOnDisk?: boolean
}

/** A folder that no disk stands behind: a tenant is made in a fifth of the time, or less beside other work. */
const MEMORY_FOLDER = '/dev/shm'
/** Ten times what the servers of a whole run hold at once. */
const MEMORY_FREE_MIN_BYTES = 4 * 1024 ** 3

async function chooseParentFolder(isOnDisk: boolean): Promise<string> {
  return !isOnDisk && (await hasRoomInMemory()) ? MEMORY_FOLDER : tmpdir()
}

async function hasRoomInMemory(): Promise<boolean> {
  try {
    await access(MEMORY_FOLDER, constants.W_OK)
    const { bavail, bsize } = await statfs(MEMORY_FOLDER)
    return Math.min(bavail * bsize, freemem()) >= MEMORY_FREE_MIN_BYTES
  } catch {
    return false
  }
}

/** A private server in a temporary folder, gone with everything in it when disposed of. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { maxConnections = CONNECTIONS_DEFAULT, isDurable = false, isOnDisk = false } = options
  const dataDir = await mkdtemp(join(await chooseParentFolder(isOnDisk), 'sarai-test-'))
  const remove = () => rm(dataDir, { recursive: true, force: true })
  const settings = [
    ...FAST_SETTINGS,
    ...(isDurable ? DURABLE_SETTINGS : []),
    `--max-connections=${maxConnections}`,
  ]
  const start = () => startPrivateServer({ dataDir, settings })
  try {
    let running = await start()
    return {
      dataDir,
      get admin() {
        return running.admin
      },
      get pid() {
        return running.pid
      },
      async restart() {
        await running.stop()
        running = await start()
      },
      [Symbol.asyncDispose]: () => running.stop().then(remove),
    }
  } catch (error) {
    await remove()
    throw error
  }
}

export interface TestDatabase extends Database, AsyncDisposable {
  readonly server: ServerAddress
  readonly secret: string
  /** Of its control plane's database. */
  readonly name: string
}

type TestDatabaseOptions = Partial<OpenDatabaseOptions>

/**
 * A database of a test asks nobody what others changed, so that its connections are the test's alone. For a test
 * of two processes, give both `controlPollMs: 20`.
 */
export const NO_CONTROL_POLL_MS = 3_600_000

/** A control plane of its own, dropped with all its tenants when disposed of. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = options.server ?? (await getProvidedServer())
  if (typeof server === 'string')
    throw new TypeError('a test database takes the address of a server, not a URL')
  const name = options.name ?? `sarai_test_${randomBytes(5).toString('hex')}`
  const secret = options.secret ?? TEST_SECRET
  const controlPollMs = options.controlPollMs ?? NO_CONTROL_POLL_MS
  const database = await openDatabase({ ...options, server, name, secret, controlPollMs })
  return Object.assign(database, {
    server,
    secret,
    name,
    async [Symbol.asyncDispose]() {
      await database.close({ graceMs: 0 })
      await removeInstallation(server, name)
    },
  })
}

async function removeInstallation(server: ServerAddress, name: string): Promise<void> {
  await withAdmin(server, async (admin) => {
    const [tenants] = await admin.query<RowDataPacket[]>(
      'SELECT account_name, migrator_name, database_name FROM ??.tenants',
      [name],
    )
    for (const tenant of tenants) {
      await dropAccounts(admin, [tenant['account_name'], tenant['migrator_name']], server)
      await dropDatabase(admin, String(tenant['database_name']))
    }
    const [retired] = await admin.query<RowDataPacket[]>('SELECT account_name FROM ??.retired_accounts', [
      name,
    ])
    const accounts = retired.map((row) => String(row['account_name']))
    await dropAccounts(admin, [`${name}_app`, ...accounts], server)
    await dropDatabase(admin, name)
  })
}

declare module 'vitest' {
  interface ProvidedContext {
    saraiServer: ServerAddress
  }
}

/** What testing-setup.ts started; vitest is asked for only here, so that Playwright can use this file too. */
async function getProvidedServer(): Promise<ServerAddress> {
  const { inject } = await import('vitest')
  return inject('saraiServer')
}

export interface TestTenant extends AsyncDisposable {
  readonly tenantKey: string
  readonly record: TenantRecord
}

export interface TestTenantOptions {
  /** Default: a random one. */
  tenantKey?: string
  name?: string
  /** Runs once the tenant is there; if it throws, the tenant is dropped again. */
  seed?: (tenant: { tenantKey: string; record: TenantRecord; database: Database }) => Promise<unknown>
}

/** A tenant with the newest schema and no rows, dropped when disposed of. */
export async function createTestTenant(
  database: Database,
  options: TestTenantOptions = {},
): Promise<TestTenant> {
  const tenantKey = options.tenantKey ?? `test-${randomBytes(5).toString('hex')}`
  const record = await database.createTenant({ tenantKey, name: options.name ?? `Test ${tenantKey}` })
  const drop = () => database.dropTenant(tenantKey)
  try {
    await options.seed?.({ tenantKey, record, database })
  } catch (error) {
    await drop()
    throw error
  }
  return { tenantKey, record, [Symbol.asyncDispose]: drop }
}

/** One statement as the server's administrator. */
export async function adminQuery(
  server: ServerAddress,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  return withAdmin(server, async (admin) => {
    const [rows] = await admin.query<RowDataPacket[]>(statement, [...values])
    return Array.isArray(rows) ? rows.map((row) => ({ ...row })) : []
  })
}

/** The most connections that the server has had at once since it started or since resetUsedConnections. */
export async function getUsedConnectionsMax(server: ServerAddress): Promise<number> {
  const [row] = await adminQuery(server, "SHOW GLOBAL STATUS LIKE 'Max_used_connections'")
  return Number(row?.['Value'])
}

export async function resetUsedConnections(server: ServerAddress): Promise<void> {
  await adminQuery(server, 'FLUSH STATUS')
}

/** A tenant's own login, for tests that go around the connection layer on purpose. */
export async function getTenantLogin(database: TestDatabase, tenantKey: string) {
  const row = await database.master
    .selectFrom('tenants')
    .selectAll()
    .where('tenant_key', '=', tenantKey)
    .executeTakeFirstOrThrow()
  const { host, port, socketPath } = database.server
  const keyring = makeKeyring(database.secret)
  await learnKeys(database.master, keyring)
  return {
    ...(socketPath === undefined ? { host, port } : { socketPath }),
    user: row.account_name,
    password: keyring.unseal(row.account_secret, row.id),
    database: row.database_name,
  }
}

/** What a promise was rejected with; undefined if it was not. */
export function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  )
}
