import { newId } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createTestDesk,
  openTestApi,
  readRefusal,
  type TestApi,
  type TestDesk,
  type TestMember,
} from '../testing.ts'
import { CUSTOMER_COMPANY_LENGTH_MAX, FILTER_FIELDS_MAX, FILTER_TAGS_MAX } from './schema.ts'

let api: TestApi
let desk: TestDesk
let owner: TestMember
const tag = { vip: '', late: '' }
const field = { grade: '', size: '', renewal: '', lift: '' }
let between = ''

type Input = Parameters<TestMember['call']['customer']['list']>[0]
const listNames = async (input: Input) =>
  (await owner.call.customer.list({ sort: 'name', ...input })).items.map(({ name }) => name)

beforeAll(async () => {
  api = await openTestApi()
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner')
  const { customer } = owner.call
  tag.vip = (await customer.tag.create({ name: 'VIP' })).id
  tag.late = (await customer.tag.create({ name: 'Late' })).id
  field.grade = (
    await customer.field.create({ name: 'Grade', kind: 'choice', options: ['Gold', 'Silver'] })
  ).id
  field.size = (await customer.field.create({ name: 'Size', kind: 'number' })).id
  field.renewal = (await customer.field.create({ name: 'Renewal', kind: 'date' })).id
  field.lift = (await customer.field.create({ name: 'Lift', kind: 'boolean' })).id
  const amina = await customer.create({
    name: 'Amina',
    email: 'a@example.test',
    company: 'Khyber Téa',
    fields: { [field.grade]: 'Gold', [field.size]: 9, [field.renewal]: '2026-03-01', [field.lift]: true },
  })
  const anHourAgo = new Date(Date.now() - 3_600_000)
  between = new Date(anHourAgo.getTime() + 1).toISOString()
  await api.database.withTenant(desk.tenantKey, (db) =>
    db.updateTable('customers').set({ created_at: anHourAgo }).where('id', '=', amina.id).execute(),
  )
  const bilal = await customer.create({
    name: 'Bilal',
    phone: '0300 1234567',
    company: 'مؤمن ٹریڈرز',
    fields: { [field.size]: 10.5, [field.renewal]: '2026-09-01', [field.lift]: false },
  })
  await customer.create({ name: 'Chand', email: 'c@example.test', phone: '0300 7654321' })
  await customer.setTags({ id: amina.id, add: [tag.vip, tag.late] })
  await customer.setTags({ id: bilal.id, add: [tag.late] })
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

describe('the list of customers', () => {
  test.each<[string, () => Input, string[]]>([
    ['any of the tags', () => ({ tags: { ids: [tag.vip, tag.late], match: 'any' } }), ['Amina', 'Bilal']],
    ['all of the tags', () => ({ tags: { ids: [tag.vip, tag.late], match: 'all' } }), ['Amina']],
    ['an e-mail', () => ({ hasEmail: true }), ['Amina', 'Chand']],
    ['no e-mail', () => ({ hasEmail: false }), ['Bilal']],
    ['an e-mail and a phone', () => ({ hasEmail: true, hasPhone: true }), ['Chand']],
    ['no phone', () => ({ hasPhone: false }), ['Amina']],
    ['a part of the company, folded', () => ({ company: 'TEA' }), ['Amina']],
    ['a part of the company in Urdu, folded', () => ({ company: 'مومن' }), ['Bilal']],
    ['a company of nobody', () => ({ company: '%' }), []],
    ['a beginning', () => ({ createdFrom: between }), ['Bilal', 'Chand']],
    ['an end', () => ({ createdTo: between }), ['Amina']],
    ['a choice', () => ({ fields: [{ id: field.grade, is: 'Gold' }] }), ['Amina']],
    ['a number from', () => ({ fields: [{ id: field.size, from: 10 }] }), ['Bilal']],
    ['a number up to', () => ({ fields: [{ id: field.size, to: 10 }] }), ['Amina']],
    [
      'a range of days',
      () => ({ fields: [{ id: field.renewal, from: '2026-03-01', to: '2026-03-31' }] }),
      ['Amina'],
    ],
    ['a no', () => ({ fields: [{ id: field.lift, is: false }] }), ['Bilal']],
    ['a field that has a value', () => ({ fields: [{ id: field.lift }] }), ['Amina', 'Bilal']],
    [
      'several at once, and a search',
      () => ({
        search: 'khy',
        hasEmail: true,
        tags: { ids: [tag.late], match: 'any' },
        fields: [{ id: field.size, to: 9 }],
      }),
      ['Amina'],
    ],
    ['a search that the filters leave nothing of', () => ({ search: 'amina', hasPhone: true }), []],
  ])('by %s', async (_name, input, names) => {
    expect(await listNames(input())).toEqual(names)
    expect(await listNames({ ...input(), archived: true })).toEqual([])
  })

  test('keeps its filters from one page to the next', async () => {
    const input: Input = { sort: 'name', limit: 1, tags: { ids: [tag.late], match: 'any' } }
    const first = await owner.call.customer.list(input)
    const second = await owner.call.customer.list({ ...input, cursor: first.nextCursor })
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['Amina', 'Bilal'])
    expect(second.nextCursor).toBeNull()
  })

  test.each<[string, Input]>([
    ['tags', { tags: { ids: Array.from({ length: FILTER_TAGS_MAX + 1 }, newId), match: 'any' } }],
    ['tags', { tags: { ids: [], match: 'any' } }],
    ['company', { company: 'x'.repeat(CUSTOMER_COMPANY_LENGTH_MAX + 1) }],
    ['createdFrom', { createdFrom: 'yesterday' }],
    ['createdTo', { createdTo: '2026-02-30T00:00:00Z' }],
    ['fields', { fields: Array.from({ length: FILTER_FIELDS_MAX + 1 }, () => ({ id: newId() })) }],
  ])('refuses %s out of bounds', async (name, input) => {
    const refusal = await readRefusal(owner.call.customer.list(input))
    expect(refusal.data.code).toBe('BAD_REQUEST')
    expect(Object.keys(refusal.data.fields?.fieldErrors ?? {})).toEqual([name])
  })
})
