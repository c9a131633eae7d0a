import { newId } from '@sarai/db'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  createTestDesk,
  openTestApi,
  readRefusal,
  toRefusal,
  type TestApi,
  type TestDesk,
  type TestMember,
} from '../testing.ts'
import {
  CUSTOMER_LIST_LIMIT_MAX,
  CUSTOMER_NAME_LENGTH_MAX,
  CUSTOMER_SEARCH_LENGTH_MAX,
  CUSTOMER_SORTS,
} from './schema.ts'

let api: TestApi
let desk: TestDesk
let owner: TestMember

beforeAll(async () => {
  api = await openTestApi()
})
beforeEach(async () => {
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner')
  return () => desk[Symbol.asyncDispose]()
})
afterAll(() => api[Symbol.asyncDispose]())

/** What was announced to the tenant's members, oldest first. */
async function listChanges() {
  const rows = await api.database.withTenant(desk.tenantKey, (db) =>
    db.selectFrom('changes').select(['kind', 'entity_id']).orderBy('seq').execute(),
  )
  return rows.map((row) => [row.kind, row.entity_id])
}

describe('customer.create', () => {
  test('stores what was given, the phone in E.164, and announces it', async () => {
    const customer = await owner.call.customer.create({
      name: '  Amina Khan ',
      email: ' Amina@Example.test ',
      phone: '0300 1234567',
      company: '',
      city: 'لاہور',
    })
    expect(customer).toEqual({
      id: expect.any(String),
      name: 'Amina Khan',
      email: 'Amina@Example.test',
      phone: '+923001234567',
      company: null,
      city: 'لاہور',
      about: null,
      owner: null,
      tags: [],
      fields: {},
      version: 1,
      archivedAt: null,
      mergedInto: null,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      updatedAt: customer.createdAt,
    })
    expect(await owner.call.customer.byId({ id: customer.id })).toEqual(customer)
    expect(await listChanges()).toEqual([['customer.created', customer.id]])
  })

  test('refuses an e-mail that a living customer has, whatever its capitals, and says whose it is', async () => {
    const { id } = await owner.call.customer.create({ name: 'Amina', email: 'amina@example.test' })
    const refusal = await readRefusal(
      owner.call.customer.create({ name: 'Other', email: 'AMINA@example.test' }),
    )
    expect(refusal.data).toMatchObject({
      code: 'CONFLICT',
      domain: { code: 'CONFLICT', details: { id, field: 'email' } },
    })
    expect(await listChanges()).toHaveLength(1)
  })

  test('refuses a phone that a living customer has, however it is written, and says whose it is', async () => {
    const { id } = await owner.call.customer.create({ name: 'Amina', phone: '0300 1234567' })
    const refusal = await readRefusal(
      owner.call.customer.create({ name: 'Other', phone: '+92 300 123 4567' }),
    )
    expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details: { id, field: 'phone' } })
  })

  test('lets an archived customer’s e-mail and phone go to another', async () => {
    const fields = { name: 'Amina', email: 'amina@example.test', phone: '0300 1234567' }
    const first = await owner.call.customer.create(fields)
    await owner.call.customer.archive({ id: first.id })
    const second = await owner.call.customer.create(fields)
    expect(second.id).not.toBe(first.id)
  })

  test('lets exactly one of many win who create the same e-mail at once; the others learn who', async () => {
    const calls = Array.from({ length: 8 }, (_, index) =>
      owner.call.customer.create({ name: `Amina ${index}`, email: 'amina@example.test' }),
    )
    const settled = await Promise.allSettled(calls)
    const winners = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []))
    expect(winners).toHaveLength(1)
    const refusals = settled.flatMap((result) =>
      result.status === 'rejected' ? [toRefusal(result.reason)] : [],
    )
    expect(refusals).toHaveLength(7)
    expect(refusals.map(({ data }) => data.domain)).toEqual(
      refusals.map(() =>
        expect.objectContaining({ code: 'CONFLICT', details: { id: winners[0], field: 'email' } }),
      ),
    )
    expect(await listChanges()).toHaveLength(1)
  })

  test('puts the error of a phone that is none beside its field', async () => {
    const refusal = await readRefusal(owner.call.customer.create({ name: 'Amina', phone: '123' }))
    expect(refusal.data).toMatchObject({
      code: 'BAD_REQUEST',
      domain: { code: 'INVALID' },
      fields: { fieldErrors: { phone: [expect.stringContaining('country code')] } },
    })
  })

  test.each([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(CUSTOMER_NAME_LENGTH_MAX + 1) }],
    ['email', { name: 'Amina', email: 'nobody' }],
    ['email', { name: 'Amina', email: `${'x'.repeat(250)}@example.test` }],
    ['phone', { name: 'Amina', phone: '1'.repeat(33) }],
    ['company', { name: 'Amina', company: 'x'.repeat(121) }],
    ['city', { name: 'Amina', city: 'x'.repeat(81) }],
    ['about', { name: 'Amina', about: 'x'.repeat(2_001) }],
    ['name', { name: 'Am\0ina' }],
    ['company', { name: 'Amina', company: 'half a pair: \ud83c' }],
  ])('refuses a wrong %s beside its field', async (field, input) => {
    const refusal = await readRefusal(owner.call.customer.create(input))
    expect(refusal.data).toMatchObject({ code: 'BAD_REQUEST', domain: null })
    expect(Object.keys(refusal.data.fields?.fieldErrors ?? {})).toEqual([field])
  })

  test('takes the longest of everything, in letters of four bytes', async () => {
    const letters = (count: number) => '🏨'.repeat(count / 2)
    const customer = await owner.call.customer.create({
      name: letters(120),
      company: letters(120),
      city: letters(80),
      about: letters(2_000),
    })
    expect(customer.about).toHaveLength(2_000)
  })
})

describe('customer.update', () => {
  test('changes what is given, clears what is empty, leaves the rest', async () => {
    const before = await owner.call.customer.create({
      name: 'Amina',
      email: 'a@example.test',
      company: 'Sarai',
      city: 'Multan',
    })
    const after = await owner.call.customer.update({
      id: before.id,
      version: 1,
      name: 'Amina Khan',
      company: '',
      city: null,
    })
    expect(after).toEqual({
      ...before,
      name: 'Amina Khan',
      company: null,
      city: null,
      version: 2,
      updatedAt: expect.any(String),
    })
    expect(await listChanges()).toEqual([
      ['customer.created', before.id],
      ['customer.updated', before.id],
    ])
  })

  test('refuses an edit of an older version and shows the customer as it is now', async () => {
    const { id } = await owner.call.customer.create({ name: 'Amina' })
    const current = await owner.call.customer.update({ id, version: 1, name: 'Amina Khan' })
    const refusal = await readRefusal(owner.call.customer.update({ id, version: 1, name: 'Other' }))
    expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details: { current } })
    expect(await owner.call.customer.byId({ id })).toEqual(current)
  })

  test('lets one of two win who edit the same version at once', async () => {
    const { id } = await owner.call.customer.create({ name: 'Amina' })
    const edits = ['One', 'Two', 'Three'].map((name) => owner.call.customer.update({ id, version: 1, name }))
    const settled = await Promise.allSettled(edits)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await owner.call.customer.byId({ id })).toMatchObject({ version: 2 })
  })

  test('announces nothing and counts no version when nothing is given', async () => {
    const customer = await owner.call.customer.create({ name: 'Amina' })
    expect(await owner.call.customer.update({ id: customer.id })).toEqual(customer)
    expect(await listChanges()).toHaveLength(1)
  })

  test('refuses another customer’s e-mail and phone, and takes its own again', async () => {
    const { id } = await owner.call.customer.create({
      name: 'Amina',
      email: 'a@example.test',
      phone: '0300 1234567',
    })
    const other = await owner.call.customer.create({ name: 'Bilal', email: 'b@example.test' })
    const byEmail = await readRefusal(owner.call.customer.update({ id: other.id, email: 'A@example.test' }))
    expect(byEmail.data.domain?.details).toEqual({ id, field: 'email' })
    const byPhone = await readRefusal(owner.call.customer.update({ id: other.id, phone: '03001234567' }))
    expect(byPhone.data.domain?.details).toEqual({ id, field: 'phone' })
    await owner.call.customer.update({ id, email: 'a@EXAMPLE.test', phone: '0300 1234567' })
  })

  test('names the other customer, not itself, when its own e-mail comes with another’s phone', async () => {
    const { id } = await owner.call.customer.create({ name: 'Amina', phone: '0300 1234567' })
    const fields = { name: 'Bilal', email: 'b@example.test' }
    const other = await owner.call.customer.create(fields)
    const update = owner.call.customer.update({ ...fields, id: other.id, phone: '0300 1234567' })
    expect((await readRefusal(update)).data.domain?.details).toEqual({ id, field: 'phone' })
  })

  test('refuses a phone that is none beside its field', async () => {
    const { id } = await owner.call.customer.create({ name: 'Amina' })
    const refusal = await readRefusal(owner.call.customer.update({ id, phone: 'call me' }))
    expect(refusal.data.fields?.fieldErrors['phone']).toHaveLength(1)
  })
})

describe('customer.archive and customer.restore', () => {
  test('take a customer out of the list and back, each announced once however often it is asked', async () => {
    const { id } = await owner.call.customer.create({ name: 'Amina' })
    const archived = await owner.call.customer.archive({ id })
    expect(archived.archivedAt).toEqual(expect.any(String))
    expect(await owner.call.customer.archive({ id })).toEqual(archived)
    expect((await owner.call.customer.list({})).items).toEqual([])
    expect((await owner.call.customer.list({ archived: true })).items).toEqual([archived])
    const restored = await owner.call.customer.restore({ id })
    expect(restored.archivedAt).toBeNull()
    expect(await owner.call.customer.restore({ id })).toEqual(restored)
    expect((await owner.call.customer.list({})).items).toEqual([restored])
    expect(await listChanges()).toHaveLength(3)
  })

  test('restore is refused while a living customer has the same e-mail or phone, and says who', async () => {
    for (const fields of [{ email: 'a@example.test' }, { phone: '0300 1234567' }]) {
      const { id } = await owner.call.customer.create({ name: 'Amina', ...fields })
      await owner.call.customer.archive({ id })
      const other = await owner.call.customer.create({ name: 'Bilal', ...fields })
      const refusal = await readRefusal(owner.call.customer.restore({ id }))
      expect(refusal.data.domain).toMatchObject({
        code: 'CONFLICT',
        details: { id: other.id, field: Object.keys(fields)[0] },
      })
      expect((await owner.call.customer.byId({ id })).archivedAt).not.toBeNull()
    }
  })
})

describe('customer.list', () => {
  async function createMany(names: string[]) {
    for (const name of names) await owner.call.customer.create({ name })
  }

  async function readAll(input: Parameters<TestMember['call']['customer']['list']>[0]) {
    const names: string[] = []
    let cursor: string | null = null
    do {
      const page = await owner.call.customer.list({ ...input, cursor })
      names.push(...page.items.map(({ name }) => name))
      cursor = page.nextCursor
    } while (cursor !== null)
    return names
  }

  test.each(CUSTOMER_SORTS)(
    'sorted by %s gives every customer once, over the borders of pages',
    async (sort) => {
      await createMany(['Bilal', 'Amina', 'amina', 'AMINA', 'Zara', 'آمنہ', 'Bilal'])
      const once = (await owner.call.customer.list({ sort })).items.map(({ name }) => name)
      expect(once).toHaveLength(7)
      expect(await readAll({ sort, limit: 2 })).toEqual(once)
      expect(await readAll({ sort, limit: 7 })).toEqual(once)
    },
  )

  test('sorts by name, by age and by last edit, either way', async () => {
    await createMany(['Bilal', 'Amina', 'Zara'])
    const names = async (sort: (typeof CUSTOMER_SORTS)[number]) => readAll({ sort })
    expect(await names('name')).toEqual(['Amina', 'Bilal', 'Zara'])
    expect(await names('-name')).toEqual(['Zara', 'Bilal', 'Amina'])
    expect(await names('createdAt')).toEqual(['Bilal', 'Amina', 'Zara'])
    expect(await readAll({})).toEqual(['Zara', 'Amina', 'Bilal'])
    const [bilal] = (await owner.call.customer.list({ search: 'Bilal' })).items
    await owner.call.customer.update({ id: bilal?.id ?? '', city: 'Multan' })
    expect(await names('-updatedAt')).toEqual(['Bilal', 'Zara', 'Amina'])
  })

  test('does not repeat or lose a row when others come and go between pages', async () => {
    await createMany(['B', 'D', 'F'])
    const first = await owner.call.customer.list({ sort: 'name', limit: 1 })
    await createMany(['A', 'C'])
    const rest = await owner.call.customer.list({ sort: 'name', cursor: first.nextCursor })
    expect(rest.items.map(({ name }) => name)).toEqual(['C', 'D', 'F'])
  })

  test('finds by name, e-mail, company and phone, a phone in whatever digits', async () => {
    await owner.call.customer.create({
      name: 'Amina',
      email: 'a@bazaar.test',
      company: 'Khyber Tea',
      phone: '0300 1234567',
    })
    await createMany(['Bilal'])
    for (const search of ['min', 'BAZAAR', 'khyber', '0300 123', '+92 300', '۰۳۰۰۱۲۳']) {
      expect(await readAll({ search }), search).toEqual(['Amina'])
    }
    expect(await readAll({ search: 'nobody' })).toEqual([])
  })

  test.each(['100%', '_', '\\', '!', "'", '"', '; --', '%'])(
    'looks for %s itself, not for what it means in SQL',
    async (search) => {
      await createMany([`Amina ${search} Khan`, 'Bilal 100x'])
      expect(await readAll({ search })).toEqual([`Amina ${search} Khan`])
    },
  )

  test('finds Urdu names and takes any letters', async () => {
    await createMany(['آمنہ خان', 'Bilal'])
    expect(await readAll({ search: 'آمنہ' })).toEqual(['آمنہ خان'])
    expect(await readAll({ search: '🏨 ۱۲۳ خان' })).toEqual([])
  })

  test('comes with the tags of each row and filters by one', async () => {
    await createMany(['Amina', 'Bilal'])
    const [bilal, amina] = (await owner.call.customer.list({})).items
    const tags = ['vip', 'late'].map((name) => ({ id: newId(), name }))
    await api.database.withTenant(desk.tenantKey, async (db) => {
      await db
        .insertInto('tags')
        .values(tags.map((tag) => ({ ...tag, created_at: new Date() })))
        .execute()
      await db
        .insertInto('customer_tags')
        .values([
          ...tags.map((tag) => ({ customer_id: amina?.id ?? '', tag_id: tag.id })),
          { customer_id: bilal?.id ?? '', tag_id: tags[1]?.id ?? '' },
        ])
        .execute()
    })
    const { items } = await owner.call.customer.list({ sort: 'name' })
    expect(items.map((item) => item.tags.map(({ name }) => name))).toEqual([['late', 'vip'], ['late']])
    expect(await readAll({ tagId: tags[0]?.id })).toEqual(['Amina'])
    expect(await readAll({ tagId: tags[1]?.id, limit: 1, sort: 'name' })).toEqual(['Amina', 'Bilal'])
    expect(await readAll({ tagId: newId() })).toEqual([])
    expect((await owner.call.customer.tag.list()).items.map(({ name }) => name)).toEqual(['late', 'vip'])
    expect(await owner.call.customer.byId({ id: amina?.id ?? '' })).toEqual(items[0])
  })

  test.each([
    ['garbage', 'garbage'],
    ['another shape', Buffer.from('["name"]').toString('base64url')],
    ['a date that is none', Buffer.from(`["-createdAt","soon","${newId()}"]`).toString('base64url')],
  ])('refuses a cursor with %s in a clear sentence', async (_, cursor) => {
    const refusal = await readRefusal(owner.call.customer.list({ cursor }))
    expect(refusal.data).toMatchObject({
      code: 'BAD_REQUEST',
      domain: { code: 'INVALID', userMessage: expect.stringContaining('Start again from the first page') },
    })
  })

  test('refuses a cursor of another sort', async () => {
    await createMany(['Amina', 'Bilal'])
    const { nextCursor } = await owner.call.customer.list({ sort: 'name', limit: 1 })
    const refusal = await readRefusal(owner.call.customer.list({ sort: '-name', cursor: nextCursor }))
    expect(refusal.data.domain?.code).toBe('INVALID')
  })

  test.each([
    ['limit', { limit: CUSTOMER_LIST_LIMIT_MAX + 1 }],
    ['limit', { limit: 0 }],
    ['search', { search: 'x'.repeat(CUSTOMER_SEARCH_LENGTH_MAX + 1) }],
    ['search', { search: 'am\0' }],
    ['cursor', { cursor: 'x'.repeat(501) }],
    ['tagId', { tagId: 'vip' }],
  ])('refuses a %s out of bounds', async (field, input) => {
    const refusal = await readRefusal(owner.call.customer.list(input))
    expect(refusal.data.code).toBe('BAD_REQUEST')
    expect(Object.keys(refusal.data.fields?.fieldErrors ?? {})).toEqual([field])
  })
})

describe('a customer of another tenant', () => {
  test('is not there: not to read, change, archive or restore, in the words used for one that never was', async () => {
    await using other = await createTestDesk(api)
    const stranger = await other.addMember('owner')
    const { id } = await stranger.call.customer.create({ name: 'Theirs' })
    const never = newId()
    const calls = (call: TestMember['call'], customerId: string) => [
      call.customer.byId({ id: customerId }),
      call.customer.update({ id: customerId, name: 'Mine' }),
      call.customer.archive({ id: customerId }),
      call.customer.restore({ id: customerId }),
    ]
    const foreign = await Promise.all(calls(owner.call, id).map(readRefusal))
    const unknown = await Promise.all(calls(owner.call, never).map(readRefusal))
    expect(foreign.map(({ data }) => data.domain?.code)).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
      'NOT_FOUND',
    ])
    expect(JSON.stringify(foreign)).toBe(JSON.stringify(unknown))
    expect((await stranger.call.customer.byId({ id })).name).toBe('Theirs')
    expect((await owner.call.customer.list({})).items).toEqual([])
  })
})
