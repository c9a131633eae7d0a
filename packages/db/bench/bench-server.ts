import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise'
import { setTimeout as sleep } from 'node:timers/promises'
import { escape, escapeId } from 'mysql2'
import type { Account, Endpoint } from '../src/pool/types.ts'
import { customersSql } from './statements.ts'
import { startTestServer, type TestServer } from '../src/testing.ts'

/** As in the measurement that the connection layer was designed after. */
export const SERVER_CONNECTIONS_MAX = 50
const STATEMENTS_PER_TRIP = 200
const LEAVE_POLL_MS = 2

/** A tenant with a database and an account of its own. */
export interface BenchTenant {
  user: string
  password: string
  database: string
}

export interface BenchServer extends AsyncDisposable {
  readonly endpoint: Endpoint
  readonly test: TestServer
  readonly version: string
  readonly tenants: readonly BenchTenant[]
  /** Starts counting: once everybody but us has left the server. */
  resetCounters(): Promise<void>
  readCounters(): Promise<ServerCounters>
  execute(statements: readonly string[]): Promise<void>
}

export interface ServerCounters {
  /** The most connections at once, our own not counted. */
  threadsMax: number
  /** Attempts, refused ones among them. */
  connects: number
}

export interface BenchServerOptions {
  tenants: number
  connectionsMax?: number
}

export async function startBenchServer(options: BenchServerOptions): Promise<BenchServer> {
  const test = await startTestServer({
    maxConnections: options.connectionsMax ?? SERVER_CONNECTIONS_MAX,
    isOnDisk: true,
  })
  const { socketPath, user, password, host, port } = test.admin
  const admin = await createConnection({
    ...(socketPath === undefined ? { host, port } : { socketPath }),
    user,
    password,
    multipleStatements: true,
  })
  const tenants = Array.from({ length: options.tenants }, (_, at) => planTenant(at))
  await executeAll(admin, tenants.flatMap(createTenantStatements))
  const connectsBefore = { count: 0 }
  return {
    endpoint: { host, port },
    test,
    version: await readVersion(admin),
    tenants,
    async resetCounters() {
      while ((await readStatus(admin, 'Threads_connected')) > 1) await sleep(LEAVE_POLL_MS)
      await admin.query('flush status')
      connectsBefore.count = await readStatus(admin, 'Connections')
    },
    readCounters: async () => ({
      threadsMax: (await readStatus(admin, 'Max_used_connections')) - 1,
      connects: (await readStatus(admin, 'Connections')) - connectsBefore.count,
    }),
    execute: (statements) => executeAll(admin, statements),
    async [Symbol.asyncDispose]() {
      admin.destroy()
      await test[Symbol.asyncDispose]()
    },
  }
}

function planTenant(at: number): BenchTenant {
  const name = `bench_${at}`
  return { user: name, password: `the password of ${name}`, database: name }
}

/** Raw, because a thousand tenants with the real schema would take minutes and add nothing to a point read. */
function createTenantStatements(tenant: BenchTenant): string[] {
  return [...createAccountStatements(tenant), ...customersSql(tenant.database)]
}

/** A database with nothing in it, and the account that may use it. */
export function createAccountStatements({ user, password, database }: BenchTenant): string[] {
  const account = `${escape(user)}@'%'`
  const pattern = escapeId(database.replaceAll('_', String.raw`\_`))
  return [
    `create database ${escapeId(database)}`,
    `create user ${account} identified by ${escape(password)}`,
    `grant select, insert, update, delete on ${pattern}.* to ${account}`,
  ]
}

async function executeAll(admin: Connection, statements: readonly string[]): Promise<void> {
  for (let from = 0; from < statements.length; from += STATEMENTS_PER_TRIP) {
    await admin.query(statements.slice(from, from + STATEMENTS_PER_TRIP).join(';\n'))
  }
}

async function readStatus(admin: Connection, variable: string): Promise<number> {
  const [[row]] = await admin.query<RowDataPacket[]>('show global status like ?', [variable])
  return Number(row?.['Value'])
}

async function readVersion(admin: Connection): Promise<string> {
  const [[row]] = await admin.query<RowDataPacket[]>('select version() as version')
  return String(row?.['version'])
}

export function accountOf(tenant: BenchTenant): Account {
  const { user, database, password } = tenant
  return { id: user, label: user, user, database, password: () => password }
}

export function loginOf({ endpoint }: Pick<BenchServer, 'endpoint'>, tenant: BenchTenant) {
  const { user, password, database } = tenant
  return { host: endpoint.host, port: endpoint.port, user, password, database }
}

export function tenantAt(tenants: readonly BenchTenant[], at: number): BenchTenant {
  const tenant = tenants[at % tenants.length]
  if (!tenant) throw new RangeError('there are no tenants')
  return tenant
}
