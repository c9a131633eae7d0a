import { newId } from '@sarai/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ACT_RUNS_KEPT_DAYS, type Act } from '../act/schema.ts'
import { MACROS_MAX } from '../macro/schema.ts'
import { openTestApi, readRefusal, readRefusals, type TestApi, type TestMember } from '../testing.ts'
import { pruneActRuns } from './prune-act-runs.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'

let api: TestApi
let desk: TestChat
let boss: TestMember
let amir: TestMember
let made = 0

beforeAll(async () => {
  api = await openTestApi()
  desk = await openTestChat(api)
  boss = await desk.addMember('manager', 'Boss')
  amir = await desk.addMember('agent', 'Amir')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

const makeMacro = (acts: Act[]) => boss.call.macro.create({ name: `Macro ${made++}`, acts })
const makeLabel = () => boss.call.label.create({ name: `Label ${made++}` })
const countChanges = (conversationId: string) =>
  desk.inTenant((db) =>
    db.selectFrom('changes').select('kind').where('entity_id', '=', conversationId).execute(),
  )
const read = (id: string) => amir.call.chat.conversation.byId({ id })

test('a macro does all it says in one transaction, once for each client id, and is announced once', async () => {
  const [put, taken] = [await makeLabel(), await makeLabel()]
  const team = await boss.call.team.create({ name: `Team ${made++}` })
  const { id: macroId } = await makeMacro([
    { kind: 'addLabel', labelId: put.id },
    { kind: 'removeLabel', labelId: taken.id },
    { kind: 'setPriority', priority: 'high' },
    { kind: 'take' },
    { kind: 'setTeam', teamId: team.id },
    { kind: 'snooze', minutes: 60 },
  ])
  const id = await desk.openConversation(amir)
  await amir.call.chat.conversation.setLabels({ id, add: [taken.id] })
  const before = await countChanges(id)
  const item = { id, clientId: newId() }
  const gone = { id: newId(), clientId: newId() }
  const answers = await Promise.all(
    [1, 2, 3].map(() => amir.call.chat.macro.run({ macroId, items: [item, gone] })),
  )
  for (const { changed, refused } of answers) {
    expect(changed).toMatchObject([
      {
        labelIds: [put.id],
        priority: 'high',
        assigneeId: amir.user.id,
        teamId: team.id,
        status: 'snoozed',
      },
    ])
    expect(refused).toEqual([{ id: gone.id, code: 'NOT_FOUND' }])
  }
  expect(await countChanges(id)).toHaveLength(before.length + 1)

  await amir.call.chat.conversation.setPriority({ id, priority: 'urgent' })
  await amir.call.chat.macro.undo({ items: [item] })
  const { changed } = await amir.call.chat.macro.undo({ items: [item] })
  // What somebody has changed since stays.
  expect(changed).toMatchObject([
    { labelIds: [taken.id], priority: 'urgent', assigneeId: null, teamId: null, status: 'open' },
  ])
  const notTheirs = await boss.call.chat.macro.undo({ items: [item] })
  expect(notTheirs).toEqual({ changed: [], refused: [{ id, code: 'NOT_FOUND' }] })
})

test('a macro goes with a message, both or neither; its undo leaves the message', async () => {
  const label = await makeLabel()
  const { id: macroId } = await makeMacro([
    { kind: 'reply', body: 'Done, {{customer.name}}' },
    { kind: 'addLabel', labelId: label.id },
    { kind: 'setStatus', status: 'resolved' },
  ])
  const conversationId = await desk.openConversation(amir)
  await desk.hearCustomer(conversationId, 'is it done?')
  const clientId = newId()
  const message = { conversationId, clientId, body: 'Done, Amina', macroId }
  const unseen = await readRefusal(amir.call.chat.message.send({ ...message, lastSeenSeq: 0 }))
  expect(unseen.data.domain).toMatchObject({ code: 'CONFLICT', details: { lastSeq: 1 } })
  expect(await read(conversationId)).toMatchObject({ status: 'open', labelIds: [] })

  const first = await amir.call.chat.message.send({ ...message, lastSeenSeq: 1 })
  expect(first.outcome).toBe('accepted')
  await amir.call.chat.conversation.setStatus({ id: conversationId, status: 'open' })
  const second = await amir.call.chat.message.send({ ...message, lastSeenSeq: 1 })
  expect(second.outcome).toBe('duplicate')
  expect(await read(conversationId)).toMatchObject({ status: 'open', labelIds: [label.id], lastSeq: 2 })
  await amir.call.chat.macro.undo({ items: [{ id: conversationId, clientId }] })
  expect(await read(conversationId)).toMatchObject({ labelIds: [], lastSeq: 2 })

  const alone = await readRefusal(
    amir.call.chat.macro.run({ macroId, items: [{ id: conversationId, clientId: newId() }] }),
  )
  expect(alone.data.domain).toMatchObject({ code: 'CONFLICT' })
  await boss.call.label.delete({ id: label.id })
  const incomplete = await readRefusal(amir.call.chat.message.send({ ...message, clientId: newId() }))
  expect(incomplete.data.domain).toMatchObject({
    code: 'NOT_FOUND',
    details: { macroId, missing: [label.id] },
  })
  expect((await read(conversationId)).lastSeq).toBe(2)
})

test('one act that is not the runner’s to do refuses the whole macro, before anything is done anywhere', async () => {
  const owner = await desk.addMember('owner')
  const role = await owner.call.permission.role.create({
    name: 'Sorts, never closes',
    permissions: ['chat:read', 'chat:reply', 'chat:assign'],
  })
  const sana = await desk.addMember('agent', 'Sana')
  await owner.call.permission.member.setRole({ userId: sana.user.id, roleId: role.id })
  const macro = await makeMacro([
    { kind: 'setPriority', priority: 'low' },
    { kind: 'setStatus', status: 'resolved' },
  ])
  const id = await desk.openConversation(amir)
  const refused = await readRefusals([
    sana.call.chat.macro.run({ macroId: macro.id, items: [{ id, clientId: newId() }] }),
    sana.call.chat.message.send({
      conversationId: id,
      clientId: newId(),
      body: 'hello',
      macroId: macro.id,
    }),
  ])
  for (const { data } of refused) {
    expect(data.domain).toMatchObject({
      code: 'FORBIDDEN',
      userMessage: expect.stringContaining(macro.name),
      details: { macroId: macro.id, permission: 'chat:resolve' },
    })
  }
  expect(await read(id)).toMatchObject({ priority: 'none', status: 'open', lastSeq: 0 })
})

test('macros are made by who configures chat, have names of their own, name what is there, and are written down', async () => {
  const acts: Act[] = [{ kind: 'setPriority', priority: 'high' }]
  const macro = await makeMacro(acts)
  const missing = newId()
  const refused = await readRefusals([
    amir.call.macro.create({ name: 'Mine', acts }),
    boss.call.macro.create({ name: macro.name.toUpperCase(), acts }),
    boss.call.macro.create({ name: 'Gone', acts: [{ kind: 'addLabel', labelId: missing }] }),
    boss.call.macro.update({ ...macro, acts: [{ kind: 'assign', assigneeId: missing }] }),
    boss.call.macro.update({ ...macro, acts: [{ kind: 'setTeam', teamId: missing }] }),
  ])
  expect(refused.map(({ data }) => data.domain?.code)).toEqual([
    'FORBIDDEN',
    'CONFLICT',
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
  ])
  await boss.call.macro.update({ ...macro, acts: [{ kind: 'assign', assigneeId: amir.user.id }] })
  expect((await amir.call.macro.list()).items).toContainEqual({
    ...macro,
    acts: [{ kind: 'assign', assigneeId: amir.user.id }],
  })
  await boss.call.macro.delete({ id: macro.id })
  const written = await desk.inTenant((db) =>
    db
      .selectFrom('audit_log')
      .select(['action', 'details'])
      .where('entity_id', '=', macro.id)
      .orderBy('id')
      .execute(),
  )
  expect(written.map(({ action, details }) => [action, JSON.parse(details ?? '')])).toEqual([
    ['macro.created', { after: { name: macro.name, acts: ['setPriority: high'] } }],
    ['macro.updated', { before: { acts: ['setPriority: high'] }, after: { acts: ['assign: Amir'] } }],
    ['macro.deleted', { before: { name: macro.name, acts: ['assign: Amir'] } }],
  ])
})

test('one macro more than the limit is refused, of two at once as well; what was done is kept for a month', async () => {
  await using other = await openTestChat(api)
  const owner = await other.addMember('owner')
  const acts: Act[] = [{ kind: 'take' }]
  const rows = Array.from({ length: MACROS_MAX - 1 }, (_, at) => ({
    id: newId(),
    name: `m${at}`,
    acts: JSON.stringify(acts),
    created_at: new Date(),
  }))
  await other.inTenant((db) => db.insertInto('macros').values(rows).execute())
  const results = await Promise.allSettled(['a', 'b'].map((name) => owner.call.macro.create({ name, acts })))
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])

  const id = await other.openConversation(owner)
  const { items } = await owner.call.macro.list()
  await owner.call.chat.macro.run({ macroId: items[0]?.id ?? '', items: [{ id, clientId: newId() }] })
  const prune = (days: number) =>
    other.inTenant((db) => pruneActRuns(db, new Date(Date.now() + days * 86_400_000)))
  expect(await prune(ACT_RUNS_KEPT_DAYS - 1)).toBe(0)
  expect(await prune(ACT_RUNS_KEPT_DAYS + 1)).toBe(1)
})
