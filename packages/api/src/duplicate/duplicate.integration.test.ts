import { newId } from '@sarai/db'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Customer } from '../customer/model.ts'
import {
  createTestDesk,
  openTestApi,
  readRefusal,
  readRefusals,
  type TestApi,
  type TestDesk,
  type TestMember,
} from '../testing.ts'
import { GROUP_MEMBERS_MAX, MATCHES_MAX, MERGE_CUSTOMERS_MAX } from './schema.ts'

let api: TestApi
let desk: TestDesk
let owner: TestMember
let agent: TestMember

beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api[Symbol.asyncDispose]())
beforeEach(async () => {
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner', 'Rabia')
  agent = await desk.addMember('agent', 'Bilal')
  return () => desk[Symbol.asyncDispose]()
})

type NewCustomer = Parameters<TestMember['call']['customer']['create']>[0]
const create = (customer: NewCustomer) => owner.call.customer.create(customer)
const byId = (id: string) => owner.call.customer.byId({ id })
const merge = (survivor: Customer, ...others: Customer[]) =>
  owner.call.duplicate.merge({
    survivorId: survivor.id,
    survivorVersion: survivor.version,
    merged: others.map(({ id, version }) => ({ id, version })),
  })
const codeOf = async (call: Promise<unknown>) => (await readRefusal(call)).data.domain?.code

/** What a person has, whenever it was written. */
const has = ({ version: _version, updatedAt: _updatedAt, ...rest }: Customer) => rest

describe('while typing', () => {
  test('the same phone, e-mail and name are found however they are written, the surest first', async () => {
    const karim = await create({ name: 'کریم', phone: '0300 1234567' })
    const jose = await create({ name: 'José', email: 'jose@example.com' })
    const other = await create({ name: 'كريم', email: 'other@example.com' })
    const find = (typed: object) => agent.call.duplicate.match(typed)
    expect((await find({ phone: '۰۳۰۰-۱۲۳۴۵۶۷', name: 'كَريم' })).items).toMatchObject([
      { customer: { id: karim.id }, reasons: ['phone', 'name'] },
      { customer: { id: other.id }, reasons: ['name'] },
    ])
    expect((await find({ email: 'JOSÉ@example.com' })).items).toMatchObject([
      { customer: { id: jose.id }, reasons: ['email'] },
    ])
    expect((await find({ name: 'کریم', exceptId: karim.id })).items).toMatchObject([
      { customer: { id: other.id } },
    ])
    for (const nothing of [{}, { name: ' ' }, { phone: '03' }, { email: 'nobody@' }]) {
      expect((await find(nothing)).items).toEqual([])
    }
  })

  test('a phone number without a country code is one of the business’s country', async () => {
    const london = await create({ name: 'Emma', phone: '+442079460958' })
    expect((await agent.call.duplicate.match({ phone: '020 7946 0958' })).items).toEqual([])
    await owner.call.tenant.updateProfile({ country: 'GB' })
    const found = await agent.call.duplicate.match({ phone: '020 7946 0958' })
    expect(found.items).toMatchObject([{ customer: { id: london.id } }])
    expect(await create({ name: 'Jack', phone: '020 7946 0018' })).toMatchObject({ phone: '+442079460018' })
  })

  test('no more are shown than help', async () => {
    for (let at = 0; at <= MATCHES_MAX; at++) await create({ name: 'Ali Khan' })
    expect((await agent.call.duplicate.match({ name: 'ali khan' })).items).toHaveLength(MATCHES_MAX)
  })

  test('nobody of another business is found', async () => {
    await create({ name: 'Amina', email: 'amina@example.com' })
    await using other = await createTestDesk(api)
    const stranger = await other.addMember('owner')
    expect((await stranger.call.duplicate.match({ email: 'amina@example.com' })).items).toEqual([])
  })
})

describe('the finder', () => {
  const groups = async () => {
    const found = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof owner.call.duplicate.list>> = await owner.call.duplicate.list({
        cursor,
        limit: 2,
      })
      found.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== null)
    return found
  }

  test('shows each group once, with all that its members have in common, page by page', async () => {
    const old = await create({ name: 'Amina Bibi', phone: '03001234567', city: 'Lahore' })
    await owner.call.customer.archive({ id: old.id })
    const back = await create({ name: 'امینہ', phone: '+923001234567', city: 'lahore' })
    const [one, two] = [
      await create({ name: 'Ali Khan' }),
      await create({ name: 'ALI  KHAN.', company: 'Rabin' }),
    ]
    const [x, y] = [await create({ name: 'کریم' }), await create({ name: 'كريم' })]
    await create({ name: 'Alone' })
    expect(
      (await groups()).map(({ customers, reasons }) => [customers.map(({ id }) => id), reasons]),
    ).toEqual([
      [
        [old.id, back.id],
        ['phone', 'city'],
      ],
      [[one.id, two.id], ['name']],
      [[x.id, y.id], ['name']],
    ])
  })

  test('remembers who is not the same person, until that is taken back', async () => {
    const people = [
      await create({ name: 'Ali' }),
      await create({ name: 'Ali' }),
      await create({ name: 'Ali' }),
    ]
    const [one, two, three] = people.map(({ id }) => id) as [string, string, string]
    await owner.call.duplicate.tellApart({ ids: [one, two] })
    expect((await groups())[0]?.customers).toHaveLength(3)
    await owner.call.duplicate.tellApart({ ids: [one, two, three] })
    expect(await groups()).toEqual([])
    expect((await agent.call.duplicate.match({ name: 'Ali', exceptId: one })).items).toEqual([])
    await owner.call.duplicate.forgetApart({ ids: [two, three] })
    expect((await groups())[0]?.customers.map(({ id }) => id)).toEqual([two, three])
  })

  test('shows of a name that many share the oldest, and how many there are', async () => {
    for (let at = 0; at <= GROUP_MEMBERS_MAX; at++) await create({ name: 'Muhammad' })
    const [group] = await groups()
    expect(group?.customers).toHaveLength(GROUP_MEMBERS_MAX)
    expect(group?.membersCount).toBe(GROUP_MEMBERS_MAX + 1)
  })

  test('refuses a page that never was, whatever stands in it', async () => {
    for (const place of ['x', '["fax","1"]', '["phone"]', 'null']) {
      const cursor = Buffer.from(place).toString('base64url')
      expect(await codeOf(owner.call.duplicate.list({ cursor }))).toBe('INVALID')
    }
    const cursor = Buffer.from('["phone","کریم"]').toString('base64url')
    expect((await owner.call.duplicate.list({ cursor })).items).toEqual([])
  })

  test('and the merge are for those who may', async () => {
    const [one, two] = [await create({ name: 'Ali' }), await create({ name: 'Ali' })]
    const input = { survivorId: one.id, survivorVersion: 1, merged: [{ id: two.id, version: 1 }] }
    expect(await codeOf(agent.call.duplicate.list({}))).toBe('FORBIDDEN')
    expect(await codeOf(agent.call.duplicate.merge(input))).toBe('FORBIDDEN')
  })
})

/** Two of the same person, with everything that a card can have. */
async function makeTwo() {
  const size = await owner.call.customer.field.create({ name: 'Size', kind: 'number' })
  const since = await owner.call.customer.field.create({ name: 'Since', kind: 'text' })
  const one = await create({ name: 'Amina', phone: '03001234567', fields: { [size.id]: 4 } })
  const two = await create({
    name: 'Amina Bibi',
    email: 'amina@example.com',
    city: 'Lahore',
    fields: { [size.id]: 7, [since.id]: '2019' },
  })
  const vip = await owner.call.customer.tag.create({ name: 'VIP' })
  const late = await owner.call.customer.tag.create({ name: 'Late' })
  await owner.call.customer.setTags({ id: one.id, add: [late.id] })
  await owner.call.customer.setTags({ id: two.id, add: [vip.id, late.id] })
  await agent.call.customer.note.add({ customerId: one.id, body: 'Of the first' })
  await agent.call.customer.note.add({ customerId: two.id, body: 'Of the second' })
  const conversation = await agent.call.chat.conversation.create({ customerId: two.id, subject: 'Curtains' })
  return { one: await byId(one.id), two: await byId(two.id), size, since, vip, late, conversation }
}

async function mergeTwo({ one, two, since }: Awaited<ReturnType<typeof makeTwo>>) {
  return owner.call.duplicate.merge({
    survivorId: one.id,
    survivorVersion: one.version,
    merged: [{ id: two.id, version: two.version }],
    details: { name: 1, email: 1, city: 1 },
    fields: { [since.id]: 1 },
  })
}

describe('a merge', () => {
  test('is previewed with the best value of each field suggested', async () => {
    const { one, two, size, since } = await makeTwo()
    const preview = await owner.call.duplicate.preview({ ids: [one.id, two.id] })
    expect(preview).toMatchObject({
      customers: [
        { id: one.id, conversationsCount: 0, notesCount: 1 },
        { id: two.id, conversationsCount: 1, notesCount: 1 },
      ],
      survivor: 0,
      details: { name: 1, email: 1, phone: 0, company: 0, city: 1, about: 0 },
      fields: { [size.id]: 0, [since.id]: 1 },
    })
  })

  test('joins values, tags, notes, conversations and history, and leads from the one to the other', async () => {
    const two = await makeTwo()
    const { survivor } = await mergeTwo(two)
    expect(survivor).toMatchObject({
      id: two.one.id,
      name: 'Amina Bibi',
      email: 'amina@example.com',
      phone: '+923001234567',
      city: 'Lahore',
      fields: { [two.size.id]: 4, [two.since.id]: '2019' },
      version: two.one.version + 1,
    })
    expect(survivor.tags.map(({ name }) => name)).toEqual(['Late', 'VIP'])
    const lines = (await owner.call.customer.timeline({ customerId: survivor.id })).items
    const notes = lines.flatMap((line) => (line.type === 'note' ? [line.note.body] : []))
    expect(notes).toEqual(['Of the second', 'Of the first'])
    expect(lines.some((line) => line.type === 'conversation')).toBe(true)
    expect(lines[0]).toMatchObject({
      event: { kind: 'merged', names: ['Amina Bibi'] },
      actor: { name: 'Rabia' },
    })
    const conversations = await agent.call.chat.conversation.list({ customerId: survivor.id })
    expect(conversations.items).toMatchObject([{ id: two.conversation.id, customerName: 'Amina Bibi' }])
    expect(await byId(two.two.id)).toMatchObject({ mergedInto: survivor.id })
    const search = { search: 'amina' }
    expect((await owner.call.customer.list(search)).items.map(({ id }) => id)).toEqual([survivor.id])
    expect((await owner.call.customer.list({ ...search, archived: true })).items).toEqual([])
    expect((await owner.call.customer.tag.counts()).items.map((tag) => tag.customersCount)).toEqual([1, 1])
  })

  test('lets nothing be written where nobody looks any more', async () => {
    const two = await makeTwo()
    await mergeTwo(two)
    const { id, version } = two.two
    const writes = [
      owner.call.customer.update({ id, version, city: 'Multan' }),
      owner.call.customer.setTags({ id, remove: [two.vip.id] }),
      owner.call.customer.restore({ id }),
      owner.call.customer.archive({ id }),
      owner.call.customer.note.add({ customerId: id, body: 'Lost' }),
      owner.call.chat.conversation.create({ customerId: id }),
    ]
    for (const refusal of await readRefusals(writes)) {
      const details = { mergedInto: two.one.id }
      expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details })
    }
  })

  test('of more than two takes in each of them, archived ones too', async () => {
    const three = [await create({ name: 'A' }), await create({ name: 'B', email: 'b@example.com' })] as const
    const third = await create({ name: 'C', phone: '03001234567' })
    const archived = await owner.call.customer.archive({ id: third.id })
    const { survivor } = await owner.call.duplicate.merge({
      survivorId: three[0].id,
      survivorVersion: 1,
      merged: [
        { id: three[1].id, version: 1 },
        { id: archived.id, version: archived.version },
      ],
      details: { email: 1, phone: 2 },
    })
    expect(survivor).toMatchObject({ name: 'A', email: 'b@example.com', phone: '+923001234567' })
  })

  test('is refused for who is archived, for a customer with itself, and for a choice of nobody', async () => {
    const [one, two] = [await create({ name: 'Ali' }), await create({ name: 'Ali' })]
    const archived = await owner.call.customer.archive({ id: two.id })
    expect(await codeOf(merge(archived, one))).toBe('CONFLICT')
    expect(await codeOf(merge(one, one))).toBe('INVALID')
    const input = { survivorId: one.id, survivorVersion: 1, merged: [{ id: two.id, version: 2 }] }
    expect(await codeOf(owner.call.duplicate.merge({ ...input, details: { name: 2 } }))).toBe('INVALID')
    expect(await codeOf(owner.call.duplicate.merge({ ...input, fields: { [newId()]: 0 } }))).toBe('NOT_FOUND')
    expect(await codeOf(merge(one, { ...two, id: newId() }))).toBe('NOT_FOUND')
    const many = Array.from({ length: MERGE_CUSTOMERS_MAX }, () => ({ id: newId(), version: 1 }))
    const refusal = await readRefusal(owner.call.duplicate.merge({ ...input, merged: many }))
    expect(refusal.data.code).toBe('BAD_REQUEST')
  })

  test('that meets an edit or another merge sees it: nothing is lost and nobody is merged twice', async () => {
    const two = await makeTwo()
    await agent.call.customer.update({ id: two.two.id, city: 'Multan' })
    const refusal = await readRefusal(mergeTwo(two))
    expect(refusal.data.domain).toMatchObject({
      code: 'CONFLICT',
      details: { id: two.two.id, reason: 'changed' },
    })
    const three = await Promise.all(['A', 'B', 'C'].map((name) => create({ name })))
    const [a, b, c] = three as [Customer, Customer, Customer]
    const at = [merge(a, b), merge(b, a), merge(c, b), merge(b, c), merge(a, b, c)]
    const ended = await Promise.allSettled(at)
    expect(ended.some(({ status }) => status === 'fulfilled')).toBe(true)
    const now = await Promise.all(three.map(({ id }) => byId(id)))
    const merges = now.filter(({ mergedInto }) => mergedInto !== null)
    const taken = ended.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    const written = await api.database.withTenant(desk.tenantKey, (db) =>
      db.selectFrom('customer_merges').selectAll().execute(),
    )
    expect(written).toHaveLength(taken.length)
    const ofEach = written.flatMap(({ details }) => (details as { merged: { id: string }[] }).merged)
    expect(ofEach.map(({ id }) => id).toSorted()).toEqual(merges.map(({ id }) => id).toSorted())
  })

  test('of conversations that are begun meanwhile leaves none behind', async () => {
    const [one, two] = [await create({ name: 'Ali' }), await create({ name: 'Ali' })]
    const begin = () => agent.call.chat.conversation.create({ customerId: two.id })
    const ended = await Promise.allSettled([begin(), begin(), merge(one, two), begin(), begin()])
    expect(ended[2]?.status).toBe('fulfilled')
    const begun = ended.filter(({ status }) => status === 'fulfilled').length - 1
    expect((await agent.call.chat.conversation.list({ customerId: one.id })).items).toHaveLength(begun)
  })
})

describe('undoing a merge', () => {
  test('gives back exactly what was, to both', async () => {
    const two = await makeTwo()
    const { id } = await mergeTwo(two)
    const undone = await owner.call.duplicate.undoMerge({ mergeId: id })
    expect(undone.kept).toEqual([])
    expect(has(undone.survivor)).toEqual(has(two.one))
    expect(undone.restored.map(has)).toEqual([has(two.two)])
    expect((await agent.call.chat.conversation.list({ customerId: two.two.id })).items).toHaveLength(1)
    const lines = (await owner.call.customer.timeline({ customerId: two.one.id })).items
    expect(lines.slice(0, 2)).toMatchObject([
      { event: { kind: 'separated', names: ['Amina Bibi'] } },
      { event: { kind: 'merged', isUndone: true } },
    ])
    expect(lines.filter((line) => line.type === 'note')).toHaveLength(1)
    const again = await owner.call.duplicate.undoMerge({ mergeId: id })
    expect(again.survivor.version).toBe(undone.survivor.version)
    expect((await owner.call.customer.list({ search: 'bibi' })).items.map((each) => each.id)).toEqual([
      two.two.id,
    ])
  })

  test('keeps what happened since', async () => {
    const two = await makeTwo()
    const { id } = await mergeTwo(two)
    await owner.call.customer.update({ id: two.one.id, city: 'Multan', fields: { [two.since.id]: '2020' } })
    await owner.call.customer.note.add({ customerId: two.one.id, body: 'Since' })
    const later = await agent.call.chat.conversation.create({ customerId: two.one.id })
    const undone = await owner.call.duplicate.undoMerge({ mergeId: id })
    expect(undone.kept.toSorted()).toEqual(['city', two.since.id].toSorted())
    expect(undone.survivor).toMatchObject({
      name: 'Amina',
      email: null,
      city: 'Multan',
      fields: { [two.since.id]: '2020' },
    })
    expect(undone.restored[0]).toMatchObject({ city: 'Lahore', fields: { [two.since.id]: '2019' } })
    const own = await agent.call.chat.conversation.list({ customerId: two.one.id })
    expect(own.items.map((each) => each.id)).toEqual([later.id])
  })

  test('names who has taken an e-mail meanwhile, and changes nothing', async () => {
    const two = await makeTwo()
    const { id } = await mergeTwo(two)
    await owner.call.customer.update({ id: two.one.id, email: 'amina.bibi@example.com' })
    const thief = await create({ name: 'Another', email: 'amina@example.com' })
    const refusal = await readRefusal(owner.call.duplicate.undoMerge({ mergeId: id }))
    expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details: { id: thief.id, field: 'email' } })
    expect(await byId(two.two.id)).toMatchObject({ mergedInto: two.one.id })
  })

  test('begins with the latest, and each is written down in the audit log', async () => {
    const [a, b, c] = [await create({ name: 'A' }), await create({ name: 'B' }), await create({ name: 'C' })]
    const first = await merge(b, c)
    const second = await merge(a, await byId(b.id))
    const history = await owner.call.customer.timeline({ customerId: a.id })
    const merges = history.items.filter((line) => line.type === 'event' && line.event.kind === 'merged')
    expect(merges).toHaveLength(2)
    const refusal = await readRefusal(owner.call.duplicate.undoMerge({ mergeId: first.id }))
    expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details: { mergedInto: a.id } })
    await owner.call.duplicate.undoMerge({ mergeId: second.id })
    await owner.call.duplicate.undoMerge({ mergeId: first.id })
    for (const { id } of [a, b, c]) expect((await byId(id)).mergedInto).toBeNull()
    const actions = await api.database.withTenant(desk.tenantKey, (db) =>
      db.selectFrom('audit_log').select('action').orderBy('id').execute(),
    )
    const ofMerges = actions.map(({ action }) => action).filter((action) => /merged|separated/.test(action))
    expect(ofMerges).toEqual([
      'customer.merged',
      'customer.merged',
      'customer.separated',
      'customer.separated',
    ])
  })
})
