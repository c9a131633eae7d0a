import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApi, readRefusal, type TestApi, type TestMember } from '../testing.ts'
import { handOut } from './hand-out.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'

let api: TestApi

beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const run = (desk: TestChat) =>
  desk.inTenant((db) => handOut({ db, tenant: desk.tenant, changes: api.changes }))
const assigneeOf = async (member: TestMember, id: string) =>
  (await member.call.chat.conversation.byId({ id })).assigneeId

async function openWaiting(desk: TestChat, member: TestMember): Promise<string> {
  const id = await desk.openConversation(member)
  await desk.hearCustomer(id, 'hello?')
  return id
}

test('nothing is handed out until it is switched on; then in turn, to who has room, the longest waiting first', async () => {
  await using desk = await openTestChat(api)
  const owner = await desk.addMember('owner')
  const [amir, sana] = [await desk.addMember('agent', 'Amir'), await desk.addMember('agent', 'Sana')]
  const waiting: string[] = []
  for (let count = 0; count < 4; count++) waiting.push(await openWaiting(desk, owner))
  const quiet = await desk.openConversation(owner)
  const agents = [
    { id: amir.user.id, capacity: 1 },
    { id: sana.user.id, capacity: 2 },
  ]
  await owner.call.assignment.save({ isOn: false, agents })
  expect(await run(desk)).toBe(0)
  await owner.call.assignment.save({ isOn: true, agents })
  await Promise.all([run(desk), run(desk), run(desk)])
  await run(desk)
  const given = await Promise.all(waiting.map((id) => assigneeOf(owner, id)))
  expect(new Set(given.slice(0, 2))).toEqual(new Set([amir.user.id, sana.user.id]))
  expect(given.slice(2)).toEqual([sana.user.id, null])
  expect(await assigneeOf(owner, quiet)).toBeNull()

  const amirs = waiting[given.indexOf(amir.user.id)] ?? ''
  await amir.call.chat.conversation.setStatus({ id: amirs, status: 'resolved' })
  expect(await run(desk)).toBe(1)
  expect(await assigneeOf(owner, waiting[3] ?? '')).toBe(amir.user.id)
})

test('a team’s conversation goes to its members alone; who has left is given nothing', async () => {
  await using desk = await openTestChat(api)
  const owner = await desk.addMember('owner')
  const [amir, sana] = [await desk.addMember('agent', 'Amir'), await desk.addMember('agent', 'Sana')]
  const team = await owner.call.team.create({ name: 'Repairs', memberIds: [sana.user.id] })
  const agents = [amir, sana].map(({ user }) => ({ id: user.id, capacity: 5 }))
  await owner.call.assignment.save({ isOn: true, agents })
  const ids = [await openWaiting(desk, owner), await openWaiting(desk, owner)]
  for (const id of ids) await owner.call.chat.conversation.setTeam({ id, teamId: team.id })
  expect(await run(desk)).toBe(2)
  for (const id of ids) expect(await assigneeOf(owner, id)).toBe(sana.user.id)
  await owner.call.permission.member.remove({ userId: sana.user.id })
  const next = await openWaiting(desk, owner)
  await owner.call.chat.conversation.setTeam({ id: next, teamId: team.id })
  expect(await run(desk)).toBe(0)
})

test('the rule is off at first, is changed by who configures chat, and each change is written down once', async () => {
  await using desk = await openTestChat(api)
  const [owner, agent] = [await desk.addMember('owner'), await desk.addMember('agent', 'Amir')]
  expect(await owner.call.assignment.rule()).toEqual({ isOn: false, agents: [] })
  const refused = await readRefusal(agent.call.assignment.rule())
  expect(refused.data.domain).toMatchObject({ code: 'FORBIDDEN' })
  const rule = { isOn: true, agents: [{ id: agent.user.id, capacity: 3 }] }
  for (let count = 0; count < 2; count++) await owner.call.assignment.save(rule)
  expect(await owner.call.assignment.rule()).toEqual({
    isOn: true,
    agents: [{ id: agent.user.id, name: 'Amir', capacity: 3 }],
  })
  const twice = await readRefusal(
    owner.call.assignment.save({ ...rule, agents: [...rule.agents, ...rule.agents] }),
  )
  expect(twice.data.code).toBe('BAD_REQUEST')
  const written = await desk.inTenant((db) =>
    db.selectFrom('audit_log').select('details').where('action', '=', 'assignment.configured').execute(),
  )
  expect(written.map(({ details }) => JSON.parse(details ?? ''))).toEqual([
    {
      before: { isOn: false, agents: [] },
      after: { isOn: true, agents: [{ name: 'Amir', capacity: 3 }] },
    },
  ])
})
