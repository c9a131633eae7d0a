import { indexCustomers, newId } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDesk, openTestApi, type TestApi, type TestDesk, type TestMember } from '../testing.ts'
import { CANDIDATES_MAX } from './candidates.ts'
import { WALK_ROWS_MAX } from './find-page.ts'

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

describe('a search for a word that very many have', () => {
  const COUNT = WALK_ROWS_MAX + 500
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

  test('goes by the rarest of its words', async () => {
    expect(await listNames({ search: 'freq 3141' })).toEqual(['Zed Frequent 3141'])
    expect(await listNames({ search: 'zed freq 314', limit: 3 })).toHaveLength(11)
  })
})
