import { newId, type TenantTables } from '@sarai/db'
import { adminQuery } from '@sarai/db/testing'
import { type Kysely, sql, type Transaction } from 'kysely'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDesk, openTestApi, type TestApi, type TestDesk } from '../testing.ts'
import type { Change } from './change.ts'
import { INSERT_CHANGES_MAX } from './insert-changes.ts'
import { transact, TRANSACT_ATTEMPTS_MAX } from './transact.ts'

let api: TestApi
let desk: TestDesk

beforeAll(async () => {
  api = await openTestApi({ pool: { connectionsMax: 24, tenantConnectionsMax: 24 } })
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(async () => {
  desk = await createTestDesk(api)
  return () => desk[Symbol.asyncDispose]()
})

const changeOf = (entityId: string): Change => ({ kind: 'role.changed', entityId })
const inTenant = <T>(work: (db: Kysely<TenantTables>) => Promise<T>) =>
  api.database.withTenant(desk.tenantKey, work)
const run = <T>(work: Parameters<typeof transact<T>>[1]) =>
  inTenant((db) => transact({ db, tenant: desk.tenant, changes: api.changes }, work))

async function listSeqs(db: Kysely<TenantTables>): Promise<{ seq: number; entity_id: string }[]> {
  return db.selectFrom('changes').select(['seq', 'entity_id']).orderBy('seq').execute()
}

describe('the order of changes', () => {
  test('is the order of commits, where numbers of AUTO_INCREMENT are not', async () => {
    const table = await makeAutoIncrementTable()
    const slow = newId()
    const fast = newId()
    const bothWrote = Promise.withResolvers<void>()
    const fastCommitted = Promise.withResolvers<void>()

    const slowDone = run(async (trx, record) => {
      await sql`INSERT INTO ${table} (writer) VALUES (${slow})`.execute(trx)
      record(changeOf(slow))
      bothWrote.resolve()
      await fastCommitted.promise
    })
    await bothWrote.promise
    await run(async (trx, record) => {
      await sql`INSERT INTO ${table} (writer) VALUES (${fast})`.execute(trx)
      record(changeOf(fast))
    })

    const seen = await inTenant((db) =>
      sql<{ id: number; writer: string }>`SELECT * FROM ${table}`.execute(db),
    )
    const changesSeen = await inTenant(listSeqs)
    fastCommitted.resolve()
    await slowDone

    // Whoever resumes after 2 never hears of 1.
    expect(seen.rows).toEqual([{ id: 2, writer: fast }])
    expect(changesSeen).toEqual([{ seq: 1, entity_id: fast }])
    expect(await inTenant(listSeqs)).toEqual([
      { seq: 1, entity_id: fast },
      { seq: 2, entity_id: slow },
    ])
  })

  test('has no gap at any moment, with 60 writers of different length and some that fail', async () => {
    const writers = Array.from({ length: 60 }, (_, index) => index)
    let isWriting = true
    const watching = watchForGaps(() => isWriting)
    const results = await Promise.allSettled(writers.map((index) => writeSlowly(index)))
    isWriting = false
    const { reads, gaps } = await watching
    const failed = results.filter(({ status }) => status === 'rejected')
    expect(gaps).toEqual([])
    expect(reads).toBeGreaterThan(1)
    expect(failed).toHaveLength(6)
    const rows = await inTenant(listSeqs)
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 108 }, (_, index) => index + 1))
    expect(new Set(rows.map(({ entity_id }) => entity_id)).size).toBe(54)
  })

  test('gives one transaction consecutive numbers, however many changes it makes', async () => {
    const ids = Array.from({ length: 2 * INSERT_CHANGES_MAX + 1 }, () => newId())
    await Promise.all([
      run((_trx, record) => Promise.resolve(ids.forEach((id) => record(changeOf(id))))),
      run((_trx, record) => Promise.resolve(record(changeOf(newId())))),
    ])
    const rows = await inTenant(listSeqs)
    const first = rows.find(({ entity_id }) => entity_id === ids[0])?.seq ?? 0
    expect(rows.slice(first - 1, first - 1 + ids.length).map(({ entity_id }) => entity_id)).toEqual(ids)
  })
})

describe('a transaction', () => {
  test('that fails leaves no change and wakes nobody', async () => {
    await expect(
      run((_trx, record) => {
        record(changeOf(newId()))
        return Promise.reject(new Error('no'))
      }),
    ).rejects.toThrow('no')
    expect(await inTenant(listSeqs)).toEqual([])
    await run((_trx, record) => Promise.resolve(record(changeOf(newId()))))
    expect((await inTenant(listSeqs)).map(({ seq }) => seq)).toEqual([1])
  })

  test('that records nothing does not take the counter, which another may hold', async () => {
    const held = Promise.withResolvers<void>()
    const done = Promise.withResolvers<void>()
    const holding = inTenant((db) =>
      db.transaction().execute(async (trx) => {
        await trx.updateTable('change_counter').set({ last_seq: 0 }).execute()
        held.resolve()
        await done.promise
      }),
    )
    await held.promise
    expect(await run(() => Promise.resolve('done'))).toBe('done')
    done.resolve()
    await holding
  })

  test('that loses a deadlock runs again: both succeed and each change is made once', async () => {
    const [first, second] = await insertRoles()
    const bothLocked = makeBarrier(2)
    let runs = 0
    const lockBoth = (own: string, other: string) =>
      run(async (trx, record) => {
        runs++
        await rename(trx, own)
        await bothLocked()
        await rename(trx, other)
        record(changeOf(own))
      })
    await Promise.all([lockBoth(first, second), lockBoth(second, first)])
    expect(runs).toBe(3)
    const changed = (await inTenant(listSeqs)).map(({ entity_id }) => entity_id)
    expect(changed.toSorted()).toEqual([first, second].toSorted())
  })

  test('that keeps losing is given up after a bounded number of tries', async () => {
    let runs = 0
    const deadlock = Object.assign(new Error('Deadlock found'), { errno: 1213 })
    await expect(
      run(() => {
        runs++
        return Promise.reject(deadlock)
      }),
    ).rejects.toBe(deadlock)
    expect(runs).toBe(TRANSACT_ATTEMPTS_MAX)
  })

  test('whose connection is lost at its end is never run a second time', async () => {
    let runs = 0
    await expect(
      run(async (trx, record) => {
        runs++
        record(changeOf(newId()))
        const { rows } = await sql<{ id: number }>`SELECT CONNECTION_ID() AS id`.execute(trx)
        await adminQuery(api.database.server, 'KILL ?', [rows[0]?.id])
      }),
    ).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    expect(runs).toBe(1)
    expect(await inTenant(listSeqs)).toEqual([])
  })
})

/** Its owner may not make tables, so the administrator makes it in the tenant's database. */
async function makeAutoIncrementTable() {
  const { database_name: name } = await api.database.master
    .selectFrom('tenants')
    .select('database_name')
    .where('id', '=', desk.tenant.id)
    .executeTakeFirstOrThrow()
  await adminQuery(
    api.database.server,
    `CREATE TABLE \`${name}\`.numbered (id BIGINT AUTO_INCREMENT PRIMARY KEY, writer CHAR(36) NOT NULL)`,
  )
  return sql.table('numbered')
}

/** Two changes each; every tenth writer fails at its end. */
function writeSlowly(index: number): Promise<void> {
  return run(async (trx, record) => {
    const id = newId()
    await sql`SELECT 1`.execute(trx)
    record(changeOf(id))
    await sleep(Math.random() * 20)
    record(changeOf(id))
    if (index % 10 === 9) throw new Error('changed my mind')
  })
}

async function watchForGaps(goOn: () => boolean): Promise<{ reads: number; gaps: number[][] }> {
  const gaps: number[][] = []
  let reads = 0
  while (goOn()) {
    const seqs = (await inTenant(listSeqs)).map(({ seq }) => seq)
    if (seqs.some((seq, index) => seq !== index + 1)) gaps.push(seqs)
    reads++
  }
  return { reads, gaps }
}

/** Open for good once `count` have arrived. */
function makeBarrier(count: number): () => Promise<void> {
  const all = Promise.withResolvers<void>()
  let arrived = 0
  return () => {
    arrived++
    if (arrived === count) all.resolve()
    return all.promise
  }
}

async function insertRoles(): Promise<[string, string]> {
  const ids: [string, string] = [newId(), newId()]
  const now = new Date()
  const rows = ids.map((id) => ({ id, name: id, created_at: now, updated_at: now }))
  await inTenant((db) => db.insertInto('roles').values(rows).execute())
  return ids
}

async function rename(trx: Transaction<TenantTables>, id: string): Promise<void> {
  await trx.updateTable('roles').set({ name: newId() }).where('id', '=', id).execute()
}
