import { randomBytes } from 'node:crypto'
import { Kysely, MysqlDialect, sql, type Generated } from 'kysely'
import type { ServerAddress } from '../server/address.ts'
import { adminQuery } from '../testing.ts'
import { ServerPool } from './server-pool.ts'
import type { Account, PoolEvent, PoolOptions, PoolScopeOptions } from './types.ts'

export interface RealServer {
  readonly admin: ServerAddress
}

/** What every account of these tests has in its database. */
export interface Notes {
  notes: { id: Generated<number>; body: string }
}

/** For tests: accounts with a database each, on a real server. */
export async function createAccounts(server: RealServer, count: number): Promise<Account[]> {
  const run = randomBytes(3).toString('hex')
  const accounts: Account[] = []
  for (let at = 0; at < count; at++) accounts.push(await createAccount(server, `p${run}_${at}`))
  return accounts
}

async function createAccount(server: RealServer, name: string): Promise<Account> {
  const password = `secret of ${name}`
  await adminQuery(server.admin, `create database ${name}`)
  await adminQuery(
    server.admin,
    `create table ${name}.notes (id int primary key auto_increment, body varchar(200))`,
  )
  await adminQuery(server.admin, `create user ${name}@'%' identified by '${password}'`)
  await adminQuery(server.admin, `grant all on ${name}.* to ${name}@'%'`)
  return { id: name, label: name, user: name, database: name, password: () => password }
}

export interface RealPool extends AsyncDisposable {
  pool: ServerPool
  events: PoolEvent[]
  /** Runs work in a scope of its own. */
  use<T>(account: Account, work: (db: Kysely<Notes>) => Promise<T>, options?: PoolScopeOptions): Promise<T>
}

export function openRealPool(server: RealServer, options: Partial<PoolOptions> = {}): RealPool {
  const events: PoolEvent[] = []
  const pool = new ServerPool({
    endpoint: { host: server.admin.host, port: server.admin.port },
    connectionsMax: 4,
    tenantConnectionsMax: 4,
    acquireTimeoutMs: 5_000,
    queueMax: 1_000,
    tenantQueueMax: 1_000,
    leaseWarnMs: 20_000,
    leaseMaxMs: 30_000,
    idleMs: 60_000,
    onEvent: (event) => events.push(event),
    ...options,
  })
  return {
    pool,
    events,
    async use(account, work, scopeOptions) {
      const scope = pool.scope(account, scopeOptions)
      try {
        return await work(new Kysely<Notes>({ dialect: new MysqlDialect({ pool: scope.pool }) }))
      } finally {
        await scope.end()
      }
    },
    [Symbol.asyncDispose]: () => pool.close({ graceMs: 0 }),
  }
}

export async function whoAmI(db: Kysely<Notes>): Promise<{ account: string; db: string; thread: number }> {
  const asked = sql<{ account: string; db: string; thread: number }>`
    select substring_index(current_user(), '@', 1) as account, database() as db, connection_id() as thread`
  const { rows } = await asked.execute(db)
  const [row] = rows
  if (!row) throw new Error('the server did not say who we are')
  return { ...row, thread: Number(row.thread) }
}

/** The server's own list of an account's threads. */
export async function threadsOf(server: RealServer, accounts: Account[]): Promise<number[]> {
  const rows = await adminQuery(
    server.admin,
    'select id from information_schema.processlist where user in (?)',
    [accounts.map((account) => account.user)],
  )
  return rows.map((row) => Number(row['id']))
}

/** Asks until it is so; the test's own time limit is the bound. */
export async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5))
}
