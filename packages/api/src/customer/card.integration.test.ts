import { newId } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createTestDesk,
  openTestApi,
  readRefusal,
  readRefusals,
  type TestApi,
  type TestDesk,
  type TestMember,
} from '../testing.ts'
import {
  CUSTOMER_FIELDS_MAX,
  CUSTOMER_NOTE_LENGTH_MAX,
  CUSTOMER_TAGS_MAX,
  FIELD_NAME_LENGTH_MAX,
  FIELD_OPTION_LENGTH_MAX,
  FIELD_OPTIONS_MAX,
  FIELD_VALUE_LENGTH_MAX,
  TAG_NAME_LENGTH_MAX,
  TAGS_MAX,
} from './schema.ts'

let api: TestApi
let desk: TestDesk
let owner: TestMember
let agent: TestMember

beforeAll(async () => {
  api = await openTestApi()
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner', 'Rabia')
  agent = await desk.addMember('agent', 'Bilal')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

const create = (name = 'Amina') => owner.call.customer.create({ name })
const timelineOf = async (customerId: string, member = owner) =>
  (await member.call.customer.timeline({ customerId })).items

async function kindsOfChanges(from: number) {
  const rows = await api.database.withTenant(desk.tenantKey, (db) =>
    db.selectFrom('changes').select('kind').where('seq', '>', from).orderBy('seq').execute(),
  )
  return rows.map(({ kind }) => kind)
}
const lastChange = async () =>
  (
    await api.database.withTenant(desk.tenantKey, (db) =>
      db.selectFrom('change_counter').select('last_seq').executeTakeFirstOrThrow(),
    )
  ).last_seq

describe('tags', () => {
  test('are made while typing, given and taken, announced once, and stand in the timeline by name', async () => {
    const { id } = await create()
    const vip = await agent.call.customer.tag.create({ name: ' VIP ', color: 'amber' })
    const late = await agent.call.customer.tag.create({ name: 'Late' })
    expect(vip).toEqual({ id: expect.any(String), name: 'VIP', color: 'amber' })
    const tagged = await agent.call.customer.setTags({ id, add: [vip.id, late.id] })
    expect(tagged.tags.map(({ name }) => name)).toEqual(['Late', 'VIP'])
    const from = await lastChange()
    expect(await agent.call.customer.setTags({ id, add: [vip.id] })).toEqual(tagged)
    expect(await kindsOfChanges(from)).toEqual([])
    const after = await agent.call.customer.setTags({ id, remove: [late.id] })
    expect(after).toMatchObject({ tags: [vip], version: tagged.version + 1 })
    expect((await timelineOf(id)).slice(0, 2)).toMatchObject([
      { actor: { name: 'Bilal' }, event: { kind: 'tagged', added: [], removed: ['Late'] } },
      { event: { kind: 'tagged', added: ['Late', 'VIP'], removed: [] } },
    ])
  })

  test('have a name once, whatever its capitals', async () => {
    await agent.call.customer.tag.create({ name: 'Wholesale' })
    const refusal = await readRefusal(agent.call.customer.tag.create({ name: 'WHOLESALE' }))
    expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details: { field: 'name' } })
  })

  test('are renamed, coloured, merged and deleted for everybody who has them, by who may configure', async () => {
    const [one, other] = [await create('One'), await create('Other')]
    const [from, into] = [
      await owner.call.customer.tag.create({ name: 'Kharidar' }),
      await owner.call.customer.tag.create({ name: 'Buyer' }),
    ]
    await owner.call.customer.setTags({ id: one.id, add: [from.id, into.id] })
    await owner.call.customer.setTags({ id: other.id, add: [from.id] })
    const refusal = await readRefusal(agent.call.customer.tag.merge({ fromId: from.id, intoId: into.id }))
    expect(refusal.data.domain?.code).toBe('FORBIDDEN')
    await owner.call.customer.tag.update({ id: into.id, name: 'Buyers', color: 'teal' })
    await owner.call.customer.tag.merge({ fromId: from.id, intoId: into.id })
    const buyers = { id: into.id, name: 'Buyers', color: 'teal' }
    for (const { id } of [one, other]) expect((await owner.call.customer.byId({ id })).tags).toEqual([buyers])
    const counts = (await owner.call.customer.tag.counts()).items
    expect(counts.find(({ id }) => id === into.id)).toEqual({ ...buyers, customersCount: 2 })
    expect(counts.some(({ id }) => id === from.id)).toBe(false)
    expect(await owner.call.customer.tag.delete({ id: into.id })).toEqual({ customersCount: 2 })
    expect((await owner.call.customer.byId({ id: one.id })).tags).toEqual([])
  })

  test('that are gone cannot be given', async () => {
    const { id } = await create()
    const refusal = await readRefusal(owner.call.customer.setTags({ id, add: [newId()] }))
    expect(refusal.data.domain?.code).toBe('NOT_FOUND')
  })
})

describe('fields of the tenant’s own', () => {
  test('hold a value of their kind, and say what is wrong beside the field', async () => {
    const make = owner.call.customer.field.create
    const fields = {
      text: await make({ name: 'Text', kind: 'text' }),
      number: await make({ name: 'Number', kind: 'number' }),
      date: await make({ name: 'Date', kind: 'date' }),
      choice: await make({ name: 'Choice', kind: 'choice', options: ['Gold', 'Silver'] }),
      boolean: await make({ name: 'Boolean', kind: 'boolean' }),
    }
    const { id } = await create()
    const values = {
      [fields.text.id]: 'آبپارہ',
      [fields.number.id]: 12.5,
      [fields.date.id]: '2026-03-21',
      [fields.choice.id]: 'Gold',
      [fields.boolean.id]: false,
    }
    expect((await agent.call.customer.update({ id, fields: values })).fields).toEqual(values)
    expect(
      (await agent.call.customer.list({ search: 'amina' })).items.find((item) => item.id === id)?.fields,
    ).toEqual(values)
    const wrong = { text: 1, number: 'twelve', date: '2026-02-30', choice: 'Bronze', boolean: 'yes' } as const
    for (const [kind, value] of Object.entries(wrong)) {
      const fieldId = fields[kind as keyof typeof fields].id
      const refusal = await readRefusal(agent.call.customer.update({ id, fields: { [fieldId]: value } }))
      expect(Object.keys(refusal.data.fields?.fieldErrors ?? {}), kind).toEqual([`fields.${fieldId}`])
    }
    const cleared = await agent.call.customer.update({
      id,
      fields: { [fields.text.id]: '', [fields.number.id]: null },
    })
    expect(Object.keys(cleared.fields)).toHaveLength(3)
    expect((await timelineOf(id))[0]).toMatchObject({
      event: {
        kind: 'edited',
        changes: [
          { field: 'field', label: 'Text', from: 'آبپارہ', to: null },
          { field: 'field', label: 'Number', from: 12.5, to: null },
        ],
      },
    })
    for (const { id: fieldId } of Object.values(fields))
      await owner.call.customer.field.update({ id: fieldId, archived: true })
    expect((await agent.call.customer.byId({ id })).fields).toEqual({})
    const refusal = await readRefusal(agent.call.customer.update({ id, fields: { [fields.text.id]: 'x' } }))
    expect(refusal.data.domain?.code).toBe('NOT_FOUND')
    await owner.call.customer.field.update({ id: fields.date.id, archived: false })
    expect((await agent.call.customer.byId({ id })).fields).toEqual({ [fields.date.id]: '2026-03-21' })
  })

  test('that are required must come with a new customer, and stay with one that has them', async () => {
    const before = await create()
    const field = await owner.call.customer.field.create({ name: 'District', kind: 'text', required: true })
    const missing = await readRefusal(create('Without'))
    expect(Object.keys(missing.data.fields?.fieldErrors ?? {})).toEqual([`fields.${field.id}`])
    await owner.call.customer.update({ id: before.id, city: 'Multan' })
    const customer = await owner.call.customer.create({ name: 'With', fields: { [field.id]: 'Multan' } })
    const cleared = owner.call.customer.update({ id: customer.id, fields: { [field.id]: null } })
    expect((await readRefusal(cleared)).data.domain?.code).toBe('INVALID')
    await owner.call.customer.field.update({ id: field.id, required: false, name: 'Zone' })
    await owner.call.customer.update({ id: customer.id, fields: { [field.id]: null } })
  })

  test('are ordered, have a name once, and are configured by who may', async () => {
    const before = (await owner.call.customer.field.list()).items.map(({ id }) => id)
    const [last = '', ...rest] = before.toReversed()
    await owner.call.customer.field.order({ ids: [last] })
    const after = (await owner.call.customer.field.list()).items.map(({ id }) => id)
    expect(after).toEqual([last, ...rest.toReversed()])
    const taken = await readRefusal(owner.call.customer.field.create({ name: 'ZONE', kind: 'text' }))
    expect(taken.data.domain).toMatchObject({ code: 'CONFLICT', details: { field: 'name' } })
    const refusal = await readRefusal(agent.call.customer.field.create({ name: 'Mine', kind: 'text' }))
    expect(refusal.data.domain?.code).toBe('FORBIDDEN')
  })
})

describe('notes and the timeline', () => {
  test('a note is added by one, changed and deleted by its author alone, and brought back', async () => {
    const { id: customerId } = await create()
    const from = await lastChange()
    const note = await agent.call.customer.note.add({ customerId, body: ' Calls in the evening ' })
    expect(await kindsOfChanges(from)).toEqual(['customer.noted'])
    await agent.call.customer.note.edit({ id: note.id, body: 'Calls at noon' })
    const [line] = await timelineOf(customerId)
    expect(line).toMatchObject({
      type: 'note',
      actor: { name: 'Bilal' },
      note: { body: 'Calls at noon', editedAt: expect.any(String) },
    })
    const refusals = await readRefusals([
      owner.call.customer.note.edit({ id: note.id, body: 'x' }),
      owner.call.customer.note.delete({ id: note.id }),
    ])
    expect(refusals.map(({ data }) => data.domain?.code)).toEqual(['FORBIDDEN', 'FORBIDDEN'])
    await agent.call.customer.note.delete({ id: note.id })
    expect((await timelineOf(customerId)).map(({ type }) => type)).toEqual(['event'])
    const edit = agent.call.customer.note.edit({ id: note.id, body: 'x' })
    expect((await readRefusal(edit)).data.domain?.code).toBe('NOT_FOUND')
    await agent.call.customer.note.restore({ id: note.id })
    expect((await timelineOf(customerId))[0]).toMatchObject({ type: 'note', note: { body: 'Calls at noon' } })
  })

  test('everything that happened stands there once, the latest first, over the borders of pages', async () => {
    const customer = await create()
    const { id } = customer
    await owner.call.customer.update({ id, name: 'Amina Khan', city: 'Multan' })
    await owner.call.customer.update({ id, city: 'Multan' })
    await owner.call.customer.note.add({ customerId: id, body: 'Hello' })
    const conversation = await owner.call.chat.conversation.create({ customerId: id, subject: 'Fridge' })
    await owner.call.chat.conversation.setStatus({ id: conversation.id, status: 'resolved' })
    await owner.call.customer.archive({ id })
    await owner.call.customer.restore({ id })
    const items = []
    let cursor: string | null = null
    do {
      const page = await owner.call.customer.timeline({ customerId: id, cursor, limit: 2 })
      items.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(items.map((item) => (item.type === 'event' ? item.event.kind : item.type))).toEqual([
      'restored',
      'archived',
      'conversation',
      'conversation',
      'note',
      'edited',
      'created',
    ])
    expect(items.find((item) => item.type === 'event' && item.event.kind === 'edited')).toMatchObject({
      actor: { name: 'Rabia' },
      event: {
        changes: [
          { field: 'name', from: 'Amina', to: 'Amina Khan' },
          { field: 'city', from: null, to: 'Multan' },
        ],
      },
    })
  })

  test('of another tenant are not there', async () => {
    await using other = await createTestDesk(api)
    const stranger = await other.addMember('owner')
    const { id } = await create()
    const note = await owner.call.customer.note.add({ customerId: id, body: 'Ours' })
    const tag = await owner.call.customer.tag.create({ name: 'Ours' })
    const field = await owner.call.customer.field.create({ name: 'Ours', kind: 'text' })
    const theirs = await stranger.call.customer.create({ name: 'Theirs' })
    const calls = [
      stranger.call.customer.timeline({ customerId: id }),
      stranger.call.customer.note.add({ customerId: id, body: 'x' }),
      stranger.call.customer.note.restore({ id: note.id }),
      stranger.call.customer.setTags({ id: theirs.id, add: [tag.id] }),
      stranger.call.customer.tag.update({ id: tag.id, name: 'x' }),
      stranger.call.customer.field.update({ id: field.id, name: 'x' }),
      stranger.call.customer.update({ id: theirs.id, fields: { [field.id]: 'x' } }),
    ]
    const refusals = await readRefusals(calls)
    expect(refusals.map(({ data }) => data.domain?.code)).toEqual(calls.map(() => 'NOT_FOUND'))
  })
})

describe('limits', () => {
  const id = newId()
  test.each([
    [
      'body',
      () => owner.call.customer.note.add({ customerId: id, body: 'x'.repeat(CUSTOMER_NOTE_LENGTH_MAX + 1) }),
    ],
    ['body', () => owner.call.customer.note.add({ customerId: id, body: ' ' })],
    ['name', () => owner.call.customer.tag.create({ name: 'x'.repeat(TAG_NAME_LENGTH_MAX + 1) })],
    [
      'name',
      () => owner.call.customer.field.create({ name: 'x'.repeat(FIELD_NAME_LENGTH_MAX + 1), kind: 'text' }),
    ],
    ['options', () => owner.call.customer.field.create({ name: 'x', kind: 'choice' })],
    ['options', () => owner.call.customer.field.create({ name: 'x', kind: 'choice', options: ['a', 'a'] })],
    [
      'options',
      () =>
        owner.call.customer.field.create({
          name: 'x',
          kind: 'choice',
          options: manyOptions(FIELD_OPTIONS_MAX + 1),
        }),
    ],
    [
      'options',
      () =>
        owner.call.customer.field.create({
          name: 'x',
          kind: 'choice',
          options: ['x'.repeat(FIELD_OPTION_LENGTH_MAX + 1)],
        }),
    ],
    [
      'fields',
      () => owner.call.customer.update({ id, fields: { [id]: 'x'.repeat(FIELD_VALUE_LENGTH_MAX + 1) } }),
    ],
    ['intoId', () => owner.call.customer.tag.merge({ fromId: id, intoId: id })],
    ['add', () => owner.call.customer.setTags({ id, add: Array(CUSTOMER_TAGS_MAX + 1).fill(id) })],
    ['ids', () => owner.call.customer.field.order({ ids: Array(CUSTOMER_FIELDS_MAX + 1).fill(id) })],
  ])('of %s are refused beside it', async (field, call) => {
    const refusal = await readRefusal(call())
    expect(refusal.data.code).toBe('BAD_REQUEST')
    expect(Object.keys(refusal.data.fields?.fieldErrors ?? {})).toEqual([field])
  })

  test('of a tenant: so many fields and tags, of a customer so many tags, and no more', async () => {
    await using full = await createTestDesk(api)
    const member = await full.addMember('owner')
    const at = new Date()
    const tags = Array.from({ length: TAGS_MAX }, (_, index) => ({
      id: newId(),
      name: `tag ${index}`,
      created_at: at,
    }))
    await api.database.withTenant(full.tenantKey, async (db) => {
      await db.insertInto('tags').values(tags).execute()
      const fields = Array.from({ length: CUSTOMER_FIELDS_MAX }, (_, position) => ({
        id: newId(),
        name: `field ${position}`,
        kind: 'text' as const,
        options: '[]',
        position,
        created_at: at,
      }))
      await db.insertInto('customer_fields').values(fields).execute()
    })
    const customer = await member.call.customer.create({ name: 'Full' })
    const ids = tags.map((tag) => tag.id)
    await member.call.customer.setTags({ id: customer.id, add: ids.slice(0, CUSTOMER_TAGS_MAX) })
    const refusals = await readRefusals([
      member.call.customer.tag.create({ name: 'one more' }),
      member.call.customer.field.create({ name: 'one more', kind: 'text' }),
      member.call.customer.setTags({ id: customer.id, add: ids.slice(-1) }),
    ])
    expect(refusals.map(({ data }) => data.domain?.code)).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT'])
  })
})

function manyOptions(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `option ${index}`)
}
