import { newId } from '@sarai/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Act } from '../act/schema.ts'
import {
  type CreateRuleInput,
  RULE_DEPTH_MAX,
  RULE_RUNS_PER_HOUR_MAX,
  RULES_MAX,
  TRIED_CONVERSATIONS_MAX,
} from '../rule/schema.ts'
import { openTestApi, readRefusal, readRefusals, type TestApi, type TestMember } from '../testing.ts'
import { reopenSnoozed } from './reopen-snoozed.ts'
import { runRules } from './run-rules.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'

let api: TestApi
let desk: TestChat
let boss: TestMember
let made = 0

beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api[Symbol.asyncDispose]())

/** Rules see everything of their tenant: each test has one of its own. */
async function openDesk(): Promise<TestChat> {
  desk = await openTestChat(api)
  boss = await desk.addMember('manager', 'Boss')
  return desk
}

const context = (db: Parameters<Parameters<TestChat['inTenant']>[0]>[0]) => ({
  db,
  tenant: desk.tenant,
  changes: api.changes,
})
const run = () => desk.inTenant((db) => runRules(context(db)))
const makeRule = (rule: Partial<CreateRuleInput> & { acts: Act[] }) =>
  boss.call.rule.create({
    name: `Rule ${made++}`,
    isOn: true,
    trigger: { kind: 'customerWrote' },
    conditions: [],
    ...rule,
  })
const read = (id: string) => boss.call.chat.conversation.byId({ id })
const readMessages = async (conversationId: string) =>
  (await boss.call.chat.message.list({ conversationId })).items

test('when a customer writes certain words, then it is labelled, urgent and assigned; once for each message, whoever asks', async () => {
  await using _ = await openDesk()
  const label = await boss.call.label.create({ name: 'Refund' })
  const sana = await desk.addMember('agent', 'Sana')
  const before = await desk.openConversation(boss)
  await desk.hearCustomer(before, 'refund! said before there was a rule')
  const rule = await makeRule({
    conditions: [{ kind: 'words', is: true, words: ['refund', 'رقم واپس'] }],
    acts: [
      { kind: 'reply', body: 'We look into it, {{customer.name}}.' },
      { kind: 'addLabel', labelId: label.id },
      { kind: 'setPriority', priority: 'urgent' },
      { kind: 'assign', assigneeId: sana.user.id },
    ],
  })
  const [meant, other] = [await desk.openConversation(boss), await desk.openConversation(boss)]
  await desk.hearCustomer(other, 'where are you?')
  await desk.hearCustomer(meant, 'میری رقم واپس کریں')
  const counts = await Promise.all([run(), run(), run()])
  expect(counts.reduce((sum, count) => sum + count)).toBe(1)
  expect(await run()).toBe(0)
  expect(await read(meant)).toMatchObject({
    labelIds: [label.id],
    priority: 'urgent',
    assigneeId: sana.user.id,
    status: 'open',
    // What a rule writes is no answer.
    waitingSince: expect.any(String),
    unread: 1,
  })
  for (const id of [before, other]) expect(await read(id)).toMatchObject({ labelIds: [], assigneeId: null })
  expect(await readMessages(meant)).toMatchObject([
    { authorKind: 'customer' },
    { authorKind: 'system', authorName: rule.name, body: 'We look into it, Amina Baloch.', private: false },
  ])
  const { items } = await boss.call.chat.rule.runs({ ruleId: rule.id })
  expect(items).toMatchObject([{ name: rule.name, conversationId: meant, refusal: null, acts: rule.acts }])
  expect((await sana.call.chat.rule.runsOf({ conversationId: meant })).items).toEqual(items)
  const told = await desk.inTenant((db) =>
    db.selectFrom('changes').select('payload').where('kind', '=', 'conversation.updated').execute(),
  )
  expect(told.map(({ payload }) => payload)).toMatchObject([{ assignedBy: rule.id, ruleDepth: 1 }])
})

test('each trigger is heard: created, answered, resolved, woken, and a wait that was too long once for each wait', async () => {
  await using _ = await openDesk()
  const mark = async (trigger: CreateRuleInput['trigger']) => {
    const label = await boss.call.label.create({ name: trigger.kind })
    await makeRule({ trigger, acts: [{ kind: 'addLabel', labelId: label.id }] })
    return label.id
  }
  const created = await mark({ kind: 'conversationCreated' })
  const answered = await mark({ kind: 'agentReplied' })
  const resolved = await mark({ kind: 'statusChanged', to: 'resolved' })
  const woken = await mark({ kind: 'snoozeEnded' })
  const unanswered = await mark({ kind: 'unanswered', minutes: 30 })
  const labelsOf = async (id: string) => new Set((await read(id)).labelIds)
  const { conversation, message } = boss.call.chat

  const id = await desk.openConversation(boss)
  await run()
  expect(await labelsOf(id)).toEqual(new Set([created]))
  await message.send({ conversationId: id, clientId: newId(), body: 'hello' })
  await conversation.setStatus({ id, status: 'resolved' })
  await run()
  expect(await labelsOf(id)).toEqual(new Set([created, answered, resolved]))

  const asleep = await desk.openConversation(boss)
  const snoozedUntil = new Date(Date.now() + 60_000).toISOString()
  await conversation.setStatus({ id: asleep, status: 'snoozed', snoozedUntil })
  await desk.inTenant(async (db) => {
    const past = new Date(Date.now() - 1_000)
    await db.updateTable('conversations').set({ snoozed_until: past }).where('id', '=', asleep).execute()
    await reopenSnoozed(context(db))
  })
  await run()
  expect(await labelsOf(asleep)).toEqual(new Set([created, woken]))

  await desk.hearCustomer(asleep, 'anybody?')
  await run()
  expect(await labelsOf(asleep)).not.toContain(unanswered)
  const waitSince = (minutes: number) =>
    desk.inTenant((db) =>
      db
        .updateTable('conversations')
        .set({ waiting_since: new Date(Date.now() - minutes * 60_000) })
        .where('id', '=', asleep)
        .execute(),
    )
  // As if the rule had been there when they began to wait.
  await desk.inTenant((db) =>
    db
      .updateTable('rules')
      .set({ waited_at: new Date(Date.now() - 3_600_000) })
      .execute(),
  )
  await waitSince(31)
  await run()
  expect(await labelsOf(asleep)).toContain(unanswered)
  await conversation.setLabels({ id: asleep, remove: [unanswered] })
  await run()
  expect(await labelsOf(asleep)).not.toContain(unanswered)
})

test('rules that set each other off come to an end, and one that goes round too often switches itself off and says where', async () => {
  await using _ = await openDesk()
  const close = await makeRule({
    trigger: { kind: 'statusChanged', to: 'open' },
    acts: [{ kind: 'setStatus', status: 'resolved' }],
  })
  const open = await makeRule({
    trigger: { kind: 'statusChanged', to: 'resolved' },
    acts: [{ kind: 'setStatus', status: 'open' }],
  })
  const id = await desk.openConversation(boss)
  await boss.call.chat.conversation.setStatus({ id, status: 'resolved' })
  expect(await run()).toBe(RULE_DEPTH_MAX)
  expect(await run()).toBe(0)
  await boss.call.rule.setOn({ id: close.id, isOn: false })

  for (let count = 0; count <= RULE_RUNS_PER_HOUR_MAX; count++) {
    await boss.call.chat.conversation.setStatus({ id, status: 'resolved' })
    await run()
  }
  const { items } = await boss.call.rule.list()
  expect(items.find((rule) => rule.id === open.id)).toMatchObject({
    isOn: false,
    stopped: { conversationId: id },
  })
  const [last] = (await boss.call.chat.rule.runs({ ruleId: open.id, limit: 1 })).items
  expect(last).toMatchObject({ refusal: 'STOPPED', conversationId: id })
  const again = await boss.call.rule.setOn({ id: open.id, isOn: true })
  expect(again).toMatchObject({ isOn: true, stopped: null })
})

test('what cannot be done is not done at all and is in the log; a crash in the middle repeats nothing', async () => {
  await using _ = await openDesk()
  const label = await boss.call.label.create({ name: 'Soon gone' })
  const broken = await makeRule({
    acts: [
      { kind: 'setPriority', priority: 'low' },
      { kind: 'addLabel', labelId: label.id },
    ],
  })
  const gap = await makeRule({ acts: [{ kind: 'reply', body: 'Dear {{customer.company}}' }] })
  const sound = await makeRule({ acts: [{ kind: 'note', body: 'New message' }] })
  await boss.call.label.delete({ id: label.id })
  const id = await desk.openConversation(boss)
  await desk.hearCustomer(id, 'hello')
  const position = () =>
    desk.inTenant((db) => db.selectFrom('rule_position').selectAll().executeTakeFirstOrThrow())
  const before = await position()
  expect(await run()).toBe(1)
  // As if the process had died before it could say how far it had come, its turn not given back.
  await desk.inTenant((db) =>
    db
      .updateTable('rule_position')
      .set({ seq: before.seq, lease_owner: newId(), lease_until: new Date(Date.now() + 3_600_000) })
      .execute(),
  )
  expect(await run()).toBe(0)
  expect((await position()).seq).toBe(before.seq)
  await desk.inTenant((db) =>
    db
      .updateTable('rule_position')
      .set({ lease_until: new Date(Date.now() - 60_000) })
      .execute(),
  )
  expect(await run()).toBe(0)
  expect((await position()).seq).toBeGreaterThan(before.seq)
  expect(await read(id)).toMatchObject({ priority: 'none', lastSeq: 2 })
  const { items } = await boss.call.chat.rule.runs({})
  expect(items.map(({ sourceId, refusal }) => [sourceId, refusal])).toEqual([
    [sound.id, null],
    [gap.id, 'INVALID'],
    [broken.id, 'NOT_FOUND'],
  ])
  const first = await boss.call.chat.rule.runs({ limit: 2 })
  const second = await boss.call.chat.rule.runs({ limit: 2, cursor: first.nextCursor })
  expect([...first.items, ...second.items]).toEqual(items)
})

test('a rule is tried before it is switched on, and nothing is done', async () => {
  await using _ = await openDesk()
  const [meant, other] = [await desk.openConversation(boss), await desk.openConversation(boss)]
  await desk.hearCustomer(meant, 'I want a refund')
  await desk.hearCustomer(other, 'thank you')
  const { items } = await boss.call.chat.rule.try({
    conditions: [{ kind: 'words', is: true, words: ['refund'] }],
  })
  expect(items.length).toBeLessThanOrEqual(TRIED_CONVERSATIONS_MAX)
  expect(items.map(({ conversation, isMet }) => [conversation.id, isMet])).toEqual([
    [other, false],
    [meant, true],
  ])
})

test('rules are made by who configures chat and may do each act, in an order of theirs, up to a limit, and are written down', async () => {
  await using _ = await openDesk()
  const owner = await desk.addMember('owner')
  const agent = await desk.addMember('agent')
  const acts: Act[] = [{ kind: 'setPriority', priority: 'high' }]
  const role = await owner.call.permission.role.create({
    name: 'Configures alone',
    permissions: ['chat:read', 'chat:configure'],
  })
  const clerk = await desk.addMember('agent')
  await owner.call.permission.member.setRole({ userId: clerk.user.id, roleId: role.id })
  const rule = { name: 'Mine', isOn: true, trigger: { kind: 'customerWrote' as const }, conditions: [], acts }
  const refused = await readRefusals([
    agent.call.rule.create(rule),
    clerk.call.rule.create(rule),
    boss.call.rule.create({ ...rule, conditions: [{ kind: 'customerTag', is: true, tagId: newId() }] }),
    boss.call.rule.create({ ...rule, conditions: [{ kind: 'team', is: true, teamId: newId() }] }),
  ])
  expect(refused.map(({ data }) => data.domain?.code)).toEqual([
    'FORBIDDEN',
    'FORBIDDEN',
    'NOT_FOUND',
    'NOT_FOUND',
  ])
  const invalid = await readRefusals([
    boss.call.rule.create({ ...rule, acts: [{ kind: 'take' }] }),
    boss.call.rule.create({ ...rule, acts: [{ kind: 'reply', body: 'I am {{agent.name}}' }] }),
  ])
  expect(invalid.map(({ data }) => data.code)).toEqual(['BAD_REQUEST', 'BAD_REQUEST'])

  const [first, second] = [await makeRule({ acts }), await makeRule({ acts })]
  await boss.call.rule.order({ ids: [second.id] })
  expect((await boss.call.rule.list()).items.map(({ id }) => id)).toEqual([second.id, first.id])
  await boss.call.rule.update({ ...rule, id: first.id, name: 'Renamed' })
  await boss.call.rule.delete({ id: second.id })
  const written = await desk.inTenant((db) =>
    db.selectFrom('audit_log').select('action').where('action', 'like', 'rule.%').orderBy('id').execute(),
  )
  expect(written.map(({ action }) => action)).toEqual([
    'rule.created',
    'rule.created',
    'rule.ordered',
    'rule.updated',
    'rule.deleted',
  ])
  const rows = Array.from({ length: RULES_MAX - 1 }, (_each, at) => ({
    id: newId(),
    name: `r${at}`,
    is_on: 0,
    position: at,
    happens: '{"kind":"customerWrote"}',
    conditions: '[]',
    acts: JSON.stringify(acts),
    since_seq: 0,
    waited_at: new Date(),
    created_at: new Date(),
  }))
  await desk.inTenant((db) => db.insertInto('rules').values(rows).execute())
  const tooMany = await readRefusal(boss.call.rule.create({ ...rule, name: 'One more' }))
  expect(tooMany.data.domain).toMatchObject({ code: 'CONFLICT' })
})
