// What the pool relies on, or was built around, of the server, mysql2 and Kysely: a new version that behaves otherwise is noticed here.
import { Socket } from 'node:net'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Account } from '../src/pool/types.ts'
import { failureOf, startTestServer, type TestServer } from '../src/testing.ts'
import { type FaultDb, openFaultPool } from './fault-pool.ts'
import { FaultProxy } from './fault-proxy.ts'
import { Onlooker } from './onlooker.ts'
import { createTenants } from './tenants.ts'
import { COMMAND, judgeCommands } from './wire.ts'

let server: TestServer
let onlooker: Onlooker
let accounts: Account[]

beforeAll(async () => {
  server = await startTestServer({ maxConnections: 40 })
  onlooker = await Onlooker.open(server.admin)
  accounts = await createTenants(server.admin, 2)
})

afterEach(() => onlooker.query(`truncate table ${tenant().database}.notes`))

afterAll(async () => {
  await onlooker[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

describe('the server', () => {
  test('a statement over its time limit is known by number 1969 alone, and its connection is well', async () => {
    await using real = openFaultPool(server.admin, { connectionsMax: 2 })
    const slow = sql`set statement max_statement_time = 0.05 for select sleep(10)`
    const thread = sql<{ id: number }>`select connection_id() as id`
    const { error, before, after } = await real.use(tenant(), async (db) => ({
      before: await thread.execute(db),
      error: await failureOf(slow.execute(db)),
      after: await thread.execute(db),
    }))
    expect(error).toMatchObject({ errno: 1969 })
    expect(after.rows).toEqual(before.rows)
  })

  test('an update that changes nothing counts the row as updated, not as changed', async () => {
    await using real = openFaultPool(server.admin)
    const [result] = await real.use(tenant(), async (db) => {
      await write(db, 'same')
      return db.updateTable('notes').set({ op: 'same' }).where('op', '=', 'same').execute()
    })
    expect(result).toMatchObject({ numUpdatedRows: 1n, numChangedRows: 0n })
  })

  test("a tenant's account may neither read another's rows nor end another's thread", async () => {
    await using real = openFaultPool(server.admin)
    const foreign = accounts[1]?.database ?? ''
    const thread = await onlooker.query('select connection_id() as id')
    const refusals = await real.use(tenant(), async (db) => [
      await failureOf(sql`select * from ${sql.table(`${foreign}.canary`)}`.execute(db)),
      await failureOf(sql`kill ${sql.lit(Number(thread[0]?.['id']))}`.execute(db)),
    ])
    expect(refusals).toEqual([
      expect.objectContaining({ errno: 1142 }),
      expect.objectContaining({ errno: 1095 }),
    ])
  })
})

describe('the network', () => {
  test('a connection asks whether the other side lives, long before the two hours of the system', async () => {
    const keepAlive = vi.spyOn(Socket.prototype, 'setKeepAlive')
    const connect = vi.spyOn(Socket.prototype, 'connect')
    await using real = openFaultPool(server.admin)
    await real.use(tenant(), (db) => db.selectFrom('canary').selectAll().execute())
    const asked = [
      ...keepAlive.mock.calls.map(([isOn, delayMs]) => ({ isOn, delayMs })),
      ...connect.mock.calls.map(([options]) => keepAliveOf(options)),
    ].filter(({ isOn, delayMs }) => isOn === true && delayMs !== undefined)
    vi.restoreAllMocks()
    expect(asked.length).toBeGreaterThan(0)
    for (const { delayMs } of asked) expect(delayMs).toBeLessThanOrEqual(60_000)
  })
})

describe("a transaction under Kysely's control that breaks leaks nothing", () => {
  test.each(['before', 'after'] as const)('cut %s its begin', async (cut) => {
    await broken({ at: /^(?:begin|start transaction)/i, cut }, async (db) => {
      await db.startTransaction().execute()
    })
    expect(await written()).toEqual([])
  })

  test('cut at its rollback', async () => {
    await broken({ at: /^rollback/i, cut: 'before' }, async (db) => {
      const transaction = await db.startTransaction().execute()
      await write(transaction, 'taken back')
      await transaction.rollback().execute()
    })
    expect(await written()).toEqual([])
  })

  test('nobody ended it', async () => {
    await using real = openFaultPool(server.admin, { connectionsMax: 2 })
    await real.use(tenant(), async (db) => {
      const transaction = await db.startTransaction().execute()
      await write(transaction, 'nobody committed')
    })
    expect(await real.use(tenant(), (db) => db.selectFrom('notes').select('op').execute())).toEqual([])
    expect(real.pool.stats()).toMatchObject({ leased: 0, waiting: 0 })
  })
})

describe('a connection that is lost on COMMIT itself', () => {
  test('before it reached the server: told as lost, nothing is written', async () => {
    const commits = await broken({ at: /^commit/i, cut: 'before' }, save)
    expect(commits).toBe(1)
    expect(await written()).toEqual([])
  })

  test('after it reached the server: told as lost, written once, and never sent again', async () => {
    const commits = await broken({ at: /^commit/i, cut: 'after' }, save)
    expect(commits).toBe(1)
    expect(await written()).toEqual(['saved'])
  })
})

const save = (db: FaultDb) => db.transaction().execute((trx) => write(trx, 'saved'))

/** Does the work while the statement is cut; how often the statement was sent. The pool is whole afterwards. */
async function broken(
  { at, cut }: { at: RegExp; cut: 'before' | 'after' },
  work: (db: FaultDb) => Promise<unknown>,
): Promise<number> {
  let sent = 0
  await using proxy = await FaultProxy.open(server.admin)
  proxy.makeJudge = () =>
    judgeCommands((command, payload) => {
      if (command !== COMMAND.query || !at.test(payload.toString().trimStart())) return undefined
      sent += 1
      return { cut }
    })
  await using real = openFaultPool(proxy.endpoint, { connectionsMax: 2 })
  const error = await failureOf(real.use(tenant(), work))
  expect(error).toMatchObject({ code: 'CONNECTION_LOST' })
  const [canary] = await real.use(tenant(), (db) => db.selectFrom('canary').selectAll().execute())
  expect(canary).toEqual({ token: tenant().database })
  await vi.waitUntil(() => real.pool.stats().leased === 0 && real.pool.stats().closing === 0, {
    timeout: 30_000,
  })
  return sent
}

function write(db: FaultDb, op: string): Promise<unknown> {
  return db.insertInto('notes').values({ op, author: tenant().user }).execute()
}

async function written(): Promise<unknown[]> {
  const rows = await onlooker.query(`select op from ${tenant().database}.notes`)
  return rows.map(({ op }) => op)
}

function keepAliveOf(options: unknown): { isOn: unknown; delayMs: unknown } {
  const given = Array.isArray(options) ? options[0] : options
  if (typeof given !== 'object' || given === null) return { isOn: undefined, delayMs: undefined }
  const { keepAlive, keepAliveInitialDelay } = given as Record<string, unknown>
  return { isOn: keepAlive, delayMs: keepAliveInitialDelay }
}

function tenant(): Account {
  const [account] = accounts
  if (!account) throw new Error('no account')
  return account
}
