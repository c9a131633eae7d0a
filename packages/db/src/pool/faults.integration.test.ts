import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dropAccounts, dropDatabase } from '../server/account.ts'
import { withAdmin } from '../server/admin.ts'
import { startPrivateServer } from '../server/private-server.ts'
import {
  adminQuery,
  failureOf,
  getUsedConnectionsMax,
  resetUsedConnections,
  startTestServer,
  type TestServer,
} from '../testing.ts'
import { mysqlDriver } from './mysql-link.ts'
import { createAccounts, eventually, openRealPool, threadsOf, whoAmI } from './real-pool.ts'
import { openProxy } from './silent-proxy.ts'
import type { Account } from './types.ts'

const MAX_CONNECTIONS = 12

let server: TestServer
let accounts: Account[]

beforeAll(async () => {
  server = await startTestServer({ maxConnections: MAX_CONNECTIONS })
  accounts = await createAccounts(server, 6)
})

afterAll(() => server[Symbol.asyncDispose]())

test('a caller that goes away has its running statement killed, and its permit back only when the thread is gone', async () => {
  await using real = openRealPool(server)
  const abort = new AbortController()
  const work = failureOf(
    real.use(accountAt(0), (db) => sql`select sleep(60)`.execute(db), { signal: abort.signal }),
  )
  await eventually(() => isRunning('select sleep(60)'))
  abort.abort()
  expect(await work).toMatchObject({ code: 'ABORTED', tenant: accountAt(0).label })
  await eventually(() => real.pool.stats().budget.inUse === 0)
  expect(await threadsOf(server, accounts)).toEqual([])
})

test('a flood of aborted statements never takes the server beyond the budget', async () => {
  await resetUsedConnections(server.admin)
  await using real = openRealPool(server, { connectionsMax: 8, acquireTimeoutMs: 30_000 })
  const calls = Array.from({ length: 60 }, async (_, at) => {
    const abort = new AbortController()
    const work = failureOf(
      real.use(accountAt(at), (db) => sql`select sleep(20)`.execute(db), { signal: abort.signal }),
    )
    setTimeout(() => abort.abort(), 20 + at * 10)
    return work
  })
  for (const error of await Promise.all(calls)) expect(error).toMatchObject({ code: 'ABORTED' })
  await eventually(() => real.pool.stats().closing === 0)
  expect(await real.use(accountAt(0), whoAmI)).toMatchObject({ account: accountAt(0).user })
  expect(real.events.map((event) => event.type)).not.toContain('budget-shrunk')
  // One for the administrator who looks.
  expect(await getUsedConnectionsMax(server.admin)).toBeLessThanOrEqual(8 + 1)
})

test('a lease held too long is reported, then taken back: its thread ends, its holder is told', async () => {
  await using real = openRealPool(server, { leaseWarnMs: 100, leaseMaxMs: 300 })
  const error = await failureOf(
    real.use(accountAt(0), (db) => sql`select sleep(61)`.execute(db), { label: 'report.build' }),
  )
  expect(error).toMatchObject({ code: 'LEASE_RECLAIMED', tenant: accountAt(0).label })
  expect(real.events.filter((event) => event.type === 'lease-long')).toMatchObject([
    { label: 'report.build' },
  ])
  await eventually(() => real.pool.stats().budget.inUse === 0)
  expect(await threadsOf(server, accounts)).toEqual([])
})

test('idle connections killed on the server cost the next callers nothing', async () => {
  await using real = openRealPool(server)
  await Promise.all([0, 1, 2].map((at) => real.use(accountAt(at), whoAmI)))
  for (const thread of await threadsOf(server, accounts)) await adminQuery(server.admin, `kill ${thread}`)
  await eventually(async () => (await threadsOf(server, accounts)).length === 0)
  const answers = await Promise.all([0, 1, 2].map((at) => real.use(accountAt(at), whoAmI)))
  expect(answers.map((answer) => answer.account)).toEqual([0, 1, 2].map((at) => accountAt(at).user))
})

test('a statement whose connection is killed fails with CONNECTION_LOST and is not repeated', async () => {
  await using real = openRealPool(server)
  const slow = failureOf(
    real.use(accountAt(0), (db) =>
      sql`insert into notes (body) select 'once' from (select sleep(30)) as pause`.execute(db),
    ),
  )
  await eventually(() => isRunning('insert into notes%'))
  for (const thread of await threadsOf(server, accounts)) await adminQuery(server.admin, `kill ${thread}`)
  expect(await slow).toMatchObject({ code: 'CONNECTION_LOST', tenant: accountAt(0).label })
  const notes = await real.use(accountAt(0), (db) => db.selectFrom('notes').selectAll().execute())
  expect(notes).toEqual([])
})

test('a connection lost before COMMIT: nothing is retried, nothing is saved, nothing leaks', async () => {
  await using real = openRealPool(server)
  const error = await failureOf(
    real.use(accountAt(1), (db) =>
      db.transaction().execute(async (trx) => {
        await trx.insertInto('notes').values({ body: 'lost' }).execute()
        const { thread } = await whoAmI(trx)
        await adminQuery(server.admin, `kill ${thread}`)
      }),
    ),
  )
  expect(error).toMatchObject({ code: 'CONNECTION_LOST' })
  expect(await real.use(accountAt(1), (db) => db.selectFrom('notes').selectAll().execute())).toEqual([])
  await eventually(() => real.pool.stats().leased === 0 && real.pool.stats().closing === 0)
})

test('a transaction that asks for a second connection while all are held is refused, not hung', async () => {
  await using real = openRealPool(server, { connectionsMax: 3, acquireTimeoutMs: 200 })
  const nested = () =>
    real.use(accountAt(0), (db) =>
      db.transaction().execute(async () => db.selectFrom('notes').selectAll().execute()),
    )
  const errors = await Promise.all([failureOf(nested()), failureOf(nested())])
  expect(errors.filter(Boolean).length).toBeGreaterThan(0)
  for (const error of errors.filter(Boolean)) expect(error).toMatchObject({ code: 'TENANT_BUSY' })
  await eventually(() => real.pool.stats().leased === 0)
})

test.each(['killed', 'aborted'] as const)(
  'a stream whose statement is %s ends with an error and hangs nobody',
  async (how) => {
    await using real = openRealPool(server)
    const abort = new AbortController()
    const read = failureOf(
      real.use(
        accountAt(3),
        async (db) => {
          await db.insertInto('notes').values({ body: 'slow' }).execute()
          const rows = db
            .selectFrom('notes')
            .select(sql`sleep(64)`.as('pause'))
            .stream()
          for await (const row of rows) if (row) break
        },
        { signal: abort.signal },
      ),
    )
    await eventually(() => isRunning('select sleep(64)%'))
    if (how === 'aborted') abort.abort()
    else
      for (const thread of await threadsOf(server, accounts)) await adminQuery(server.admin, `kill ${thread}`)
    expect(await read).toMatchObject({ code: how === 'aborted' ? 'ABORTED' : 'CONNECTION_LOST' })
    await eventually(() => real.pool.stats().budget.inUse === 0)
  },
)

test('a scope that ended can do nothing more, and a transaction left open in it is rolled back', async () => {
  await using real = openRealPool(server)
  const kept = await real.use(accountAt(2), async (db) => {
    const open = db.connection().execute(async (connection) => {
      await sql`begin`.execute(connection)
      await connection.insertInto('notes').values({ body: 'left open' }).execute()
      await new Promise(() => undefined)
    })
    open.catch(() => undefined)
    await eventually(() => real.pool.stats().leases.some((lease) => lease.isInTransaction))
    return db
  })
  await expect(kept.selectFrom('notes').selectAll().execute()).rejects.toMatchObject({ code: 'SCOPE_ENDED' })
  expect(await real.use(accountAt(2), (db) => db.selectFrom('notes').selectAll().execute())).toEqual([])
})

test('an evicted tenant has no connection left, so that its database and account can be dropped', async () => {
  await using real = openRealPool(server)
  const [leaver] = await createAccounts(server, 1)
  if (!leaver) throw new Error('no account')
  await Promise.all([real.use(leaver, whoAmI), real.use(leaver, whoAmI)])
  const running = failureOf(real.use(leaver, (db) => sql`select sleep(62)`.execute(db)))
  await eventually(() => isRunning('select sleep(62)'))
  await real.pool.evict(leaver.id)
  expect(await threadsOf(server, [leaver])).toEqual([])
  expect(await running).toMatchObject({ code: 'LEASE_RECLAIMED' })
  await withAdmin(server.admin, async (admin) => {
    await dropDatabase(admin, leaver.database)
    await dropAccounts(admin, [leaver.user], { ...server.admin, socketPath: undefined })
  })
  const error = await failureOf(real.use(leaver, whoAmI))
  expect(error).toMatchObject({ code: 'TENANT_UNREACHABLE', tenant: leaver.label })
})

test('an account dropped while a connection to it is cached does not disturb the others', async () => {
  await using real = openRealPool(server, { connectionsMax: 2 })
  const [leaver] = await createAccounts(server, 1)
  if (!leaver) throw new Error('no account')
  await real.use(leaver, whoAmI)
  await withAdmin(server.admin, async (admin) => {
    await dropDatabase(admin, leaver.database)
    await dropAccounts(admin, [leaver.user], { ...server.admin, socketPath: undefined })
  })
  expect(await real.use(accountAt(0), whoAmI)).toMatchObject({ account: accountAt(0).user })
})

test('half-open connections are found out by a ping with a bound and replaced; their threads are ended', async () => {
  await using proxy = await openProxy(server.admin)
  await using real = openRealPool(server, { endpoint: proxy.endpoint })
  const before = await Promise.all([0, 0, 0].map((at) => real.use(accountAt(at), whoAmI)))
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  proxy.silence()
  const after = await real.use(accountAt(0), whoAmI)
  expect(before.map((answer) => answer.thread)).not.toContain(after.thread)
  await eventually(() => real.pool.stats().budget.inUse === 1)
  expect(await threadsOf(server, accounts)).toEqual([after.thread])
}, 30_000)

test('the number of a thread from before a restart is not taken for a thread of ours', async () => {
  const { user, database, password } = accountAt(0)
  const link = await mysqlDriver(server.admin).open({ user, database, password: password() }, () => undefined)
  const beforeTheServerStarted = 60 * 60 * 1_000
  expect(await link.hasThread(link.threadId, 0)).toBe(true)
  expect(await link.hasThread(link.threadId, beforeTheServerStarted)).toBe(false)
  await link.end()
})

test('a reload that opens a new pool and closes the old one leaves one set of connections', async () => {
  const old = openRealPool(server)
  await Promise.all(accounts.map((account) => old.use(account, whoAmI)))
  await using fresh = openRealPool(server)
  await old.pool.close()
  await Promise.all(accounts.map((account) => fresh.use(account, whoAmI)))
  await eventually(async () => (await threadsOf(server, accounts)).length <= 4)
  expect(await failureOf(old.use(accountAt(0), whoAmI))).toMatchObject({ code: 'CLOSED' })
})

test('a server that dies and comes back: every call settles by its deadline, then all is as before', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sarai-fragile-'))
  const fragile = await startPrivateServer({ dataDir })
  const [account] = await createAccounts(fragile, 1)
  if (!account) throw new Error('no account')
  await using real = openRealPool(fragile, { acquireTimeoutMs: 1_000 })
  await real.use(account, whoAmI)
  const running = failureOf(real.use(account, (db) => sql`select sleep(63)`.execute(db)))
  await eventually(() => real.pool.stats().leased === 1)
  process.kill(fragile.pid, 'SIGKILL')
  expect(await running).toMatchObject({ code: 'CONNECTION_LOST' })
  const refused = await Promise.all(Array.from({ length: 50 }, () => failureOf(real.use(account, whoAmI))))
  for (const error of refused)
    expect(error).toMatchObject({ code: 'SERVER_UNAVAILABLE', tenant: account.label })
  expect(real.pool.stats()).toMatchObject({ waiting: 0, leased: 0 })
  await fragile.stop()
  const again = await startPrivateServer({ dataDir, settings: [`--port=${fragile.admin.port}`] })
  expect(await real.use(account, whoAmI)).toMatchObject({ account: account.user })
  await real.pool.close()
  expect(real.pool.stats().budget.inUse).toBe(0)
  await again.stop()
  await rm(dataDir, { recursive: true })
})

function accountAt(index: number): Account {
  const account = accounts[index % accounts.length]
  if (!account) throw new Error('no account')
  return account
}

async function isRunning(statement: string): Promise<boolean> {
  const rows = await adminQuery(
    server.admin,
    'select id from information_schema.processlist where info like ?',
    [statement],
  )
  return rows.length > 0
}
