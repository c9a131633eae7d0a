import { sql } from 'kysely'
import { createConnection, type Connection } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  adminQuery,
  failureOf,
  getUsedConnectionsMax,
  resetUsedConnections,
  startTestServer,
  type TestServer,
} from '../testing.ts'
import { createAccounts, eventually, openRealPool, threadsOf, whoAmI } from './real-pool.ts'
import { proofSql } from './session-proof.ts'
import type { Account } from './types.ts'

const MAX_CONNECTIONS = 20
const BUDGET = 15
const TENANTS = 40
const CALLERS = 200
const ROUNDS = 10

let server: TestServer
let accounts: Account[]

beforeAll(async () => {
  server = await startTestServer({ maxConnections: MAX_CONNECTIONS })
  accounts = await createAccounts(server, TENANTS)
})

afterAll(() => server[Symbol.asyncDispose]())

describe('one budget for all tenants', () => {
  test('40 tenants used at once by 200 callers: nothing is refused and the server never reaches its limit', async () => {
    await resetUsedConnections(server.admin)
    await using real = openRealPool(server, {
      connectionsMax: BUDGET,
      tenantConnectionsMax: 8,
      acquireTimeoutMs: 30_000,
    })
    const answers = await Promise.all(
      Array.from({ length: CALLERS }, async (_, caller) => {
        const account = accountAt(caller)
        for (let round = 0; round < ROUNDS; round++) {
          await real.use(account, async (db) => {
            expect(await whoAmI(db)).toMatchObject({ account: account.user, db: account.database })
            await db
              .transaction()
              .execute((trx) => trx.insertInto('notes').values({ body: account.user }).execute())
          })
        }
        return caller
      }),
    )
    expect(answers).toHaveLength(CALLERS)
    expect(real.events.filter((event) => event.type !== 'served')).toEqual([])
    expect(real.pool.stats().counters).toMatchObject({ refused: 0, opens: BUDGET - 1 })
    expect(await getUsedConnectionsMax(server.admin)).toBeLessThan(MAX_CONNECTIONS)
    for (const account of accounts.slice(0, 3)) {
      const written = await real.use(account, (db) => db.selectFrom('notes').select('body').execute())
      expect(written.filter((note) => note.body === account.user)).toHaveLength((CALLERS / TENANTS) * ROUNDS)
      expect(written).toHaveLength((CALLERS / TENANTS) * ROUNDS)
    }
  })

  test('a fan-out over all tenants leaves no more connections open than the budget, and closing leaves none', async () => {
    const real = openRealPool(server, { connectionsMax: 6 })
    await Promise.all(accounts.map((account) => real.use(account, whoAmI)))
    expect((await threadsOf(server, accounts)).length).toBeLessThanOrEqual(6)
    await real.pool.close()
    await eventually(async () => (await threadsOf(server, accounts)).length === 0)
    expect(real.pool.stats()).toMatchObject({ budget: { inUse: 0 }, tenants: [] })
  })

  test('max_connections used up by somebody else is waited out, and the caller never sees it', async () => {
    await using real = openRealPool(server, { acquireTimeoutMs: 10_000 })
    await using others = await holdEverything(accountAt(1))
    const waiter = real.use(accountAt(0), whoAmI)
    await eventually(() => real.events.some((event) => event.type === 'budget-shrunk'))
    await others.release()
    expect(await waiter).toMatchObject({ account: accountAt(0).user })
    expect(real.events.map((event) => event.type)).not.toContain('refused')
  })

  test('if others never let go, the caller gets a typed error at its deadline, with the cause', async () => {
    await using real = openRealPool(server, { acquireTimeoutMs: 300 })
    await using _others = await holdEverything(accountAt(1))
    const error = await failureOf(real.use(accountAt(0), whoAmI))
    expect(error).toMatchObject({
      code: 'SERVER_UNAVAILABLE',
      tenant: accountAt(0).label,
      cause: { errno: 1040 },
    })
  })

  test('connections of another kind are counted', async () => {
    await using real = openRealPool(server, { connectionsMax: 3 })
    await Promise.all([0, 1].map((at) => real.use(accountAt(at), whoAmI)))
    // Of two idle connections one had to go for it. The server's list may be a moment behind.
    await real.pool.withPermit('admin', () =>
      eventually(async () => (await threadsOf(server, accounts)).length === 1),
    )
    expect(real.pool.stats()).toMatchObject({ idle: 1, budget: { inUse: 1 } })
  })
})

describe('a handoff', () => {
  test('proves who it is afterwards, and opens nothing', async () => {
    await using real = openRealPool(server, { connectionsMax: 2 })
    const first = await real.use(accountAt(0), whoAmI)
    const second = await real.use(accountAt(1), whoAmI)
    expect(second).toEqual({ account: accountAt(1).user, db: accountAt(1).database, thread: first.thread })
    expect(real.pool.stats().counters).toMatchObject({ opens: 1, handoffs: 1 })
  })

  test('is proved by the server itself: the proof fails for any other user and any other database', async () => {
    const { user, database, password } = accountAt(0)
    const connection = await createConnection({
      host: server.admin.host,
      port: server.admin.port,
      user,
      database,
      password: password(),
    })
    const prove = (names: string[]) => failureOf(connection.query(proofSql('tx_isolation'), names))
    expect(await prove([user, database])).toBeUndefined()
    expect(await prove([accountAt(1).user, database])).toMatchObject({ errno: 1231 })
    expect(await prove([user, accountAt(1).database])).toMatchObject({ errno: 1231 })
    expect(await prove([user, database.toUpperCase()])).toMatchObject({ errno: 1231 })
    expect(await prove([`${user} `, database])).toMatchObject({ errno: 1231 })
    await connection.changeUser({ user, password: password(), database: 'information_schema' })
    expect(await prove([user, database])).toMatchObject({ errno: 1231 })
    await connection.end()
  })

  test('that fails leaves no connection on which the next query would run as the previous tenant', async () => {
    await using real = openRealPool(server, { connectionsMax: 2 })
    const [quiet, changed] = await createAccounts(server, 2)
    if (!quiet || !changed) throw new Error('no accounts')
    const before = await real.use(quiet, whoAmI)
    await adminQuery(server.admin, `set password for ${changed.user}@'%' = password('another')`)
    const errors = await Promise.all([1, 2, 3].map(() => failureOf(real.use(changed, whoAmI))))
    for (const error of errors)
      expect(error).toMatchObject({ code: 'TENANT_UNREACHABLE', tenant: changed.label })
    // The server lets go of it a moment after the caller was told.
    await expect.poll(() => threadsOf(server, [quiet, changed])).not.toContain(before.thread)
    const after = await real.use(quiet, whoAmI)
    expect(after.account).toBe(quiet.user)
    expect(after.thread).not.toBe(before.thread)
  })

  test('to an account without a password is refused: mysql2 would send the previous password', async () => {
    await using real = openRealPool(server, { connectionsMax: 2 })
    await real.use(accountAt(0), whoAmI)
    const error = await failureOf(real.use({ ...accountAt(1), password: () => '' }, whoAmI))
    expect(error).toMatchObject({ code: 'TENANT_UNREACHABLE' })
    expect(await real.use(accountAt(0), whoAmI)).toMatchObject({ account: accountAt(0).user })
  })

  test('takes the password of the moment, also after it was changed', async () => {
    await using real = openRealPool(server, { connectionsMax: 2 })
    const [account] = await createAccounts(server, 1)
    if (!account) throw new Error('no account')
    await real.use(accountAt(0), whoAmI)
    await adminQuery(server.admin, `set password for ${account.user}@'%' = password('new one')`)
    const current = { ...account, password: () => 'new one' }
    expect(await real.use(current, whoAmI)).toMatchObject({ account: account.user })
  })
})

describe('every session has our defaults', () => {
  const wanted = {
    zone: '+00:00',
    isolation: 'READ-COMMITTED',
    strict: 1,
    client: 'utf8mb4',
    collation: 'utf8mb4_unicode_520_ci',
  }

  beforeAll(async () => {
    await adminQuery(
      server.admin,
      "set global time_zone = '+05:00', sql_mode = '', character_set_server = latin1",
    )
  })

  test('when opened, handed over and reset, whatever the server is set to', async () => {
    await using real = openRealPool(server, { connectionsMax: 2 })
    expect(await real.use(accountAt(0), settings)).toEqual(wanted)
    expect(await real.use(accountAt(1), settings)).toEqual(wanted)
    await real.use(accountAt(1), (db) =>
      sql`set time_zone = '-03:00', sql_mode = '', names latin1`.execute(db),
    )
    expect(await real.use(accountAt(1), settings)).toEqual(wanted)
    expect(real.pool.stats().counters).toMatchObject({ opens: 1, handoffs: 1, resets: 1 })
  })

  test('and text in any script survives a handoff and a reset', async () => {
    await using real = openRealPool(server, { connectionsMax: 2 })
    const body = 'سلام، کیا حال ہے؟ 😀'
    for (const account of [accountAt(2), accountAt(3), accountAt(3)]) {
      const [note] = await real.use(account, async (db) => {
        await db.deleteFrom('notes').execute()
        await db.insertInto('notes').values({ body }).execute()
        await sql`set @anything = 1`.execute(db)
        return db.selectFrom('notes').select('body').execute()
      })
      expect(note?.body).toBe(body)
    }
  })
})

describe('what one user leaves behind never reaches the next', () => {
  test.each([
    ['the same tenant', 0],
    ['another tenant', 1],
  ])('an open transaction, next user: %s', async (_, next) => {
    await using real = openRealPool(server, { connectionsMax: 2 })
    await real.use(accountAt(0), (db) => db.deleteFrom('notes').execute())
    await real.use(accountAt(0), async (db) => {
      await db.connection().execute(async (connection) => {
        await sql`begin`.execute(connection)
        await connection.insertInto('notes').values({ body: 'not committed' }).execute()
      })
    })
    const { rows } = await real.use(accountAt(next), (db) =>
      sql<{ open: number }>`select @@in_transaction as open`.execute(db),
    )
    expect(Number(rows[0]?.open)).toBe(0)
    expect(await real.use(accountAt(0), (db) => db.selectFrom('notes').selectAll().execute())).toEqual([])
  })

  test('session variables, locks and temporary tables', async () => {
    await using real = openRealPool(server, { connectionsMax: 2 })
    await real.use(accountAt(0), async (db) => {
      await sql`set @secret = 'of tenant 0'`.execute(db)
      await sql`select get_lock('migration', 0)`.execute(db)
      await sql`create temporary table notes (stolen int)`.execute(db)
    })
    for (const account of [accountAt(0), accountAt(1)]) {
      const left = await real.use(account, async (db) => {
        await db.selectFrom('notes').select('body').execute()
        const { rows } = await sql<{ secret: string | null; isFree: number }>`
          select @secret as secret, is_free_lock('migration') as isFree`.execute(db)
        return { secret: rows[0]?.secret, isFree: Number(rows[0]?.isFree) }
      })
      expect(left).toEqual({ secret: null, isFree: 1 })
    }
  })

  test('a stream that was not read to its end', async () => {
    await using real = openRealPool(server, { connectionsMax: 2 })
    await real.use(accountAt(0), async (db) => {
      const values = Array.from({ length: 500 }, (_, at) => ({ body: `note ${at} ${'x'.repeat(100)}` }))
      await db.insertInto('notes').values(values).execute()
    })
    await real.use(accountAt(0), async (db) => {
      const rows = db
        .selectFrom('notes as a')
        .innerJoin('notes as b', (join) => join.onTrue())
        .select('a.body')
        .stream()
      for await (const row of rows) if (row) break
    })
    expect(await real.use(accountAt(1), whoAmI)).toMatchObject({ account: accountAt(1).user })
    await eventually(() => real.pool.stats().closing === 0)
  })
})

function accountAt(index: number): Account {
  const account = accounts[index % accounts.length]
  if (!account) throw new Error('no account')
  return account
}

/** What another program on the same server does: plain connections until there are no more. */
async function holdEverything(account: Account): Promise<AsyncDisposable & { release(): Promise<void> }> {
  const { host, port } = server.admin
  const { user, database } = account
  const held: Connection[] = []
  const release = async () => {
    await Promise.all(held.splice(0).map((connection) => connection.end()))
  }
  for (;;) {
    try {
      held.push(await createConnection({ host, port, user, database, password: account.password() }))
    } catch {
      return { release, [Symbol.asyncDispose]: release }
    }
  }
}

async function settings(db: Parameters<typeof whoAmI>[0]): Promise<Record<string, unknown>> {
  const { rows } = await sql<Record<string, unknown>>`
    select @@time_zone as zone, @@tx_isolation as isolation, @@sql_mode like '%STRICT_TRANS_TABLES%' as strict,
      @@character_set_client as client, @@collation_connection as collation`.execute(db)
  return { ...rows[0], strict: Number(rows[0]?.['strict']) }
}
