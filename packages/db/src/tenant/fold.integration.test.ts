import fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../id.ts'
import { createTestDatabase, createTestTenant, type TestDatabase, type TestTenant } from '../testing.ts'
import { indexCustomers, TERM_LENGTH_MAX } from './customer-terms.ts'
import { foldSql, foldText, foldWords, foldWordsSql } from './fold.ts'
import type { CustomerRow, TenantTables } from './tables.ts'

let database: TestDatabase
let tenant: TestTenant

beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  tenant = await createTestTenant(database)
  return () => tenant[Symbol.asyncDispose]()
})
afterAll(() => database[Symbol.asyncDispose]())

const inTenant = <T>(work: (db: Kysely<TenantTables>) => Promise<T>) =>
  database.withTenant(tenant.tenantKey, work)

/** Every code point that a column can hold and a person can write, the planes of private use left out. */
const CODE_POINTS = Array.from({ length: 0x1_ffff }, (_, at) => at + 1).filter(
  (point) => point < 0xd8_00 || point > 0xdf_ff,
)
const POINTS_AT_ONCE = 4_000

type Fields = Pick<CustomerRow, 'name' | 'company' | 'email' | 'phone'>

async function insert(db: Kysely<TenantTables>, fields: Partial<Fields> & { name: string }): Promise<string> {
  const id = newId()
  const now = new Date()
  await db
    .insertInto('customers')
    .values({ ...fields, id, created_at: now, updated_at: now })
    .execute()
  await indexCustomers(db, [id])
  return id
}

async function listTerms(db: Kysely<TenantTables>, id: string): Promise<string[]> {
  const rows = await db.selectFrom('customer_terms').where('customer_id', '=', id).select('term').execute()
  return rows.map(({ term }) => term).toSorted()
}

describe('the server and the query side', () => {
  test('fold every character of Unicode alike', async () => {
    await inTenant(async (db) => {
      for (let from = 0; from < CODE_POINTS.length; from += POINTS_AT_ONCE) {
        const text = String.fromCodePoint(...CODE_POINTS.slice(from, from + POINTS_AT_ONCE))
        const { rows } = await sql<{ folded: string; words: string }>`
          SELECT ${sql.raw(foldSql('t'))} AS folded, ${sql.raw(foldWordsSql(foldSql('t')))} AS words
          FROM (SELECT CONVERT(${text} USING utf8mb4) AS t) AS texts`.execute(db)
        expect(rows).toEqual([{ folded: foldText(text), words: foldWords(text) }])
      }
    })
  })

  test('fold whatever is written into a name, a company and an e-mail alike', async () => {
    const letters = fc.constantFrom(
      ...Array.from('aÉßœÆİ ıẞ-’.@كکيیىئہةهھآأاؤوءُّـ\u200c\u200f۳٣３٫،"\\%_🏨Ω\u0301\u001f'),
    )
    const text = fc.string({ unit: letters, maxLength: 60 })
    await inTenant((db) =>
      fc.assert(
        fc.asyncProperty(text, text, text, async (name, company, email) => {
          await db.deleteFrom('customers').execute()
          const id = await insert(db, { name, company, email: email || null })
          const row = await db
            .selectFrom('customers')
            .selectAll()
            .where('id', '=', id)
            .executeTakeFirstOrThrow()
          const fold = (value: string) =>
            foldText(value.replaceAll('\u001f', '')).replaceAll(/^ +| +$/g, '') || null
          expect([row.folded_name, row.folded_company, row.folded_email]).toEqual(
            [name, company, email].map(fold),
          )
          const words = [name, company, email].flatMap((value) =>
            foldWords(value.replaceAll('\u001f', '')).split(' '),
          )
          const terms = [...new Set(words)].filter((word) => word !== '').toSorted()
          expect(row.search_text.trim().split(' ').filter(Boolean)).toEqual(
            words.filter((word) => word !== ''),
          )
          expect(await listTerms(db, id)).toEqual(terms)
        }),
        { numRuns: 60 },
      ),
    )
  })

  test('take the longest of everything, though folding makes it twice as long', async () => {
    await inTenant(async (db) => {
      const id = await insert(db, { name: 'ß'.repeat(120), company: 'Æ'.repeat(120), email: 'œ'.repeat(254) })
      expect(await listTerms(db, id)).toEqual(
        ['s', 'ae', 'oe']
          .map((letters) => letters.repeat(TERM_LENGTH_MAX).slice(0, TERM_LENGTH_MAX))
          .toSorted(),
      )
    })
  })
})

test('a phone is found by its beginning with and without the country code, and backwards by its end', async () => {
  await inTenant(async (db) => {
    const id = await insert(db, { name: 'A', phone: '+923001234567' })
    expect(await listTerms(db, id)).toEqual(
      ['-765432100329', '001234567', '23001234567', '3001234567', '923001234567', 'a'].toSorted(),
    )
  })
})

test('a customer that changes loses the words it no longer has, and one that goes leaves none', async () => {
  await inTenant(async (db) => {
    const id = await insert(db, { name: 'Amina Khan' })
    await db.updateTable('customers').set({ name: 'Amina Shah' }).where('id', '=', id).execute()
    await indexCustomers(db, [id])
    expect(await listTerms(db, id)).toEqual(['amina', 'shah'])
    await db.deleteFrom('customers').where('id', '=', id).execute()
    expect(await listTerms(db, id)).toEqual([])
  })
})
