import { indexCustomers, newId, type TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeCursor } from '../cursor.ts'
import { createTestDesk, openTestApi, type TestApi, type TestDesk, type TestMember } from '../testing.ts'
import { CANDIDATES_AFTER_WALK_MAX, CANDIDATES_MAX, chooseCandidates } from './candidates.ts'
import { WALK_ROWS_MAX } from './find-page.ts'
import { listCustomers } from './list-customers.ts'
import { readSearch } from './search.ts'

let api: TestApi
let desk: TestDesk
let owner: TestMember

beforeAll(async () => {
  api = await openTestApi()
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

type ListInput = Parameters<TestMember['call']['customer']['list']>[0]

async function listNames(input: ListInput): Promise<string[]> {
  const names: string[] = []
  let cursor: string | null = null
  do {
    const page = await owner.call.customer.list({ sort: 'name', ...input, cursor })
    names.push(...page.items.map(({ name }) => name))
    cursor = page.nextCursor
  } while (cursor !== null)
  return names
}

describe('a search of customers', () => {
  beforeAll(async () => {
    const customers = [
      { name: 'José Müller', email: 'jose.m@example.test', company: 'Khyber Tea' },
      { name: 'Josephine Khan', phone: '0300 7654321' },
      { name: 'کریم علی', email: 'karim@example.test' },
      { name: 'فاطمۃ آفریدی', company: 'مؤمن ٹریڈرز' },
      { name: 'Bo Li', phone: '+44 20 7946 0958' },
    ]
    for (const customer of customers) await owner.call.customer.create(customer)
  })

  test.each([
    ['jo', ['José Müller', 'Josephine Khan']],
    ['JOSE', ['José Müller', 'Josephine Khan']],
    ['muller', ['José Müller']],
    ['ＪＯＳＥ Ｍ', ['José Müller']],
    ['müller khyber', ['José Müller']],
    ['tea jose', ['José Müller']],
    ['jose nobody', []],
    ['كريم', ['کریم علی']],
    ['على', ['کریم علی']],
    ['کر', ['کریم علی']],
    ['فاطمه', ['فاطمۃ آفریدی']],
    ['فاطمة افريدى', ['فاطمۃ آفریدی']],
    ['مومن', ['فاطمۃ آفریدی']],
    ['مُومن', ['فاطمۃ آفریدی']],
    ['li', ['Bo Li']],
    ['bo', ['Bo Li']],
    ['0300 765', ['Josephine Khan']],
    ['+9', ['Josephine Khan']],
    ['+92 (300) 7', ['Josephine Khan']],
    ['۰۳۰۰۷۶۵', ['Josephine Khan']],
    ['٤٣٢١', ['Josephine Khan']],
    ['4321', ['Josephine Khan']],
    ['020 7946', ['Bo Li']],
    ['jose.m@ex', ['José Müller']],
    ['jose.m@xx', []],
    ['@example.test khyber', ['José Müller']],
    ['\u064b\u200d', ['Bo Li', 'José Müller', 'Josephine Khan', 'فاطمۃ آفریدی', 'کریم علی']],
  ])('for %s finds %j', async (search, names) => {
    expect((await listNames({ search })).toSorted()).toEqual(names.toSorted())
  })

  test('finds the middle of a word only where no word begins so', async () => {
    expect(await listNames({ search: 'phine' })).toEqual(['Josephine Khan'])
    expect(await listNames({ search: '0765' })).toEqual(['Josephine Khan'])
    await owner.call.customer.create({ name: 'Phine' })
    expect(await listNames({ search: 'phine' })).toEqual(['Phine'])
  })

  test('keeps to the middle of words from one page to the next', async () => {
    expect(await listNames({ search: 'xampl', limit: 1 })).toEqual(await listNames({ search: 'xampl' }))
    expect(await listNames({ search: 'xampl' })).toHaveLength(2)
  })

  test('follows an edit at once, and leaves the old name', async () => {
    const { id } = await owner.call.customer.create({ name: 'Shireen' })
    await owner.call.customer.update({ id, name: 'Parveen', phone: '0301 1112223' })
    expect(await listNames({ search: 'shire' })).toEqual([])
    expect(await listNames({ search: 'parv' })).toEqual(['Parveen'])
    await owner.call.customer.update({ id, phone: null })
    expect(await listNames({ search: '0301 111' })).toEqual([])
  })
})

/** Rows and index entries that this session has read. */
async function countRead(db: Kysely<TenantTables>): Promise<number> {
  const { rows } = await sql<{ Value: string }>`SHOW SESSION STATUS LIKE 'Handler_read%'`.execute(db)
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0)
}

describe('a search for a word that very many have', () => {
  const COUNT = CANDIDATES_MAX + 200 + WALK_ROWS_MAX + 300
  /** By name the last: what has the word stands behind everything that a walk looks at. */
  const nameOf = (at: number) => (at < CANDIDATES_MAX + 200 ? `Zed Frequent ${at}` : `Aaa ${at}`)

  beforeAll(async () => {
    const at = new Date()
    const rows = Array.from({ length: COUNT }, (_, index) => ({
      id: newId(),
      name: nameOf(index).slice(0, 120),
      created_at: at,
      updated_at: at,
    }))
    await api.database.withTenant(desk.tenantKey, async (db) => {
      for (let from = 0; from < COUNT; from += 1_000) {
        const part = rows.slice(from, from + 1_000)
        await db.insertInto('customers').values(part).execute()
        await indexCustomers(
          db,
          part.map(({ id }) => id),
        )
      }
    })
  })

  test.each(['name', '-name', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const)(
    'sorted by %s gives each of them once, over the borders of pages',
    async (sort) => {
      const names: string[] = []
      let cursor: string | null = null
      do {
        const page = await owner.call.customer.list({ search: 'freq', sort, limit: 100, cursor })
        names.push(...page.items.map(({ name }) => name))
        cursor = page.nextCursor
      } while (cursor !== null && names.length < 400)
      expect(names).toHaveLength(400)
      expect(new Set(names).size).toBe(400)
      expect(names.every((name) => name.startsWith('Zed Frequent'))).toBe(true)
      const inOrder = sort.endsWith('name') ? names.toSorted((one, other) => (one < other ? -1 : 1)) : names
      expect(names).toEqual(sort === '-name' ? inOrder.toReversed() : inOrder)
    },
  )

  test.each(['name', '-createdAt'] as const)(
    'a page in the middle of all of them, by %s, reads itself and not what stands before it',
    async (sort) => {
      const first = await owner.call.customer.list({ sort, limit: 100 })
      expect(first.nextCursor).not.toBeNull()
      const middle = await api.database.withTenant(desk.tenantKey, (db) =>
        db
          .selectFrom('customers')
          .select(['id', 'name', 'created_at'])
          .orderBy(sort === 'name' ? 'name' : 'created_at', sort === 'name' ? 'asc' : 'desc')
          .orderBy('id', sort === 'name' ? 'asc' : 'desc')
          .offset(COUNT / 2)
          .limit(1)
          .executeTakeFirstOrThrow(),
      )
      const value = sort === 'name' ? middle.name : middle.created_at.toISOString()
      const cursor = encodeCursor({ sort, value, id: middle.id })
      const read = await api.database.withTenant(desk.tenantKey, async (db) => {
        const before = await countRead(db)
        const { items } = await listCustomers(db, { sort, limit: 100, cursor, userId: owner.user.id })
        expect(items).toHaveLength(100)
        return (await countRead(db)) - before
      })
      expect(read).toBeLessThan(2_000)
    },
  )

  test('goes by its words as long as they lead to few enough', async () => {
    const choose = (text: string, max: number) =>
      api.database.withTenant(desk.tenantKey, (db) => chooseCandidates(db, readSearch(text), max))
    expect(await choose('freq', CANDIDATES_MAX)).toBeUndefined()
    expect(await choose('freq', CANDIDATES_AFTER_WALK_MAX)).toEqual(['freq'])
    expect(await choose('zed frequent 3141', CANDIDATES_MAX)).toEqual(['3141'])
  })

  test('goes by the rarest of its words', async () => {
    expect(await listNames({ search: 'freq 3141' })).toEqual(['Zed Frequent 3141'])
    expect(await listNames({ search: 'zed freq 314', limit: 3 })).toHaveLength(11)
  })
})
