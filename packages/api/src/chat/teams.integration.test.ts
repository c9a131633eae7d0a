import { newId } from '@sarai/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TEAMS_MAX } from '../team/schema.ts'
import { openTestApi, readRefusal, type TestApi, type TestMember } from '../testing.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'

let api: TestApi
let desk: TestChat
let owner: TestMember
let agent: TestMember

beforeAll(async () => {
  api = await openTestApi()
  desk = await openTestChat(api)
  owner = await desk.addMember('owner')
  agent = await desk.addMember('agent')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

test('a team has the members it was given, only while they are members, and every change of it is written down', async () => {
  const leaver = await desk.addMember('agent')
  const team = await owner.call.team.create({ name: 'Sales', memberIds: [agent.user.id, leaver.user.id] })
  await owner.call.team.update({ id: team.id, name: 'Shop' })
  await owner.call.team.update({ id: team.id, name: 'Shop' })
  await owner.call.permission.member.remove({ userId: leaver.user.id })
  expect((await agent.call.team.list()).items).toEqual([
    { id: team.id, name: 'Shop', memberIds: [agent.user.id] },
  ])
  const gone = await readRefusal(owner.call.team.update({ id: team.id, memberIds: [leaver.user.id] }))
  expect(gone.data.domain).toMatchObject({ code: 'NOT_FOUND' })
  expect((await owner.call.team.update({ id: team.id, memberIds: [] })).memberIds).toEqual([])
  const taken = await readRefusal(owner.call.team.create({ name: ' shop ' }))
  expect(taken.data.domain).toMatchObject({ code: 'CONFLICT', details: { field: 'name' } })
  const refused = await readRefusal(agent.call.team.delete({ id: team.id }))
  expect(refused.data.domain).toMatchObject({ code: 'FORBIDDEN' })
  await owner.call.team.delete({ id: team.id })
  const written = await desk.inTenant((db) =>
    db.selectFrom('audit_log').select('action').where('action', 'like', 'team.%').orderBy('id').execute(),
  )
  expect(written.map(({ action }) => action)).toEqual([
    'team.created',
    'team.updated',
    'team.updated',
    'team.deleted',
  ])
})

test('a conversation belongs to one team or none, which narrows lists and counts; several go at once', async () => {
  const team = await owner.call.team.create({ name: 'Repairs' })
  const [one, two, other] = [
    await desk.openConversation(agent),
    await desk.openConversation(agent),
    await desk.openConversation(agent),
  ]
  expect(await agent.call.chat.conversation.setTeam({ id: one, teamId: team.id })).toMatchObject({
    teamId: team.id,
    assigneeId: null,
  })
  const many = await agent.call.chat.many.setTeam({
    items: [
      { id: two, teamId: team.id },
      { id: newId(), teamId: null },
    ],
  })
  expect(many).toMatchObject({ changed: [{ id: two }], refused: [{ code: 'NOT_FOUND' }] })
  expect((await desk.listIds(agent, { teamId: team.id })).toSorted()).toEqual([one, two].toSorted())
  expect((await agent.call.chat.conversation.counts({ teamId: team.id })).boxes.all).toBe(2)
  const missing = await readRefusal(agent.call.chat.conversation.setTeam({ id: other, teamId: newId() }))
  expect(missing.data.domain).toMatchObject({ code: 'NOT_FOUND' })
  expect(await owner.call.team.delete({ id: team.id })).toEqual({ conversationsCount: 2 })
  expect((await agent.call.chat.conversation.byId({ id: one })).teamId).toBeNull()
})

test('there are no more teams than the limit', async () => {
  await using chat = await openTestChat(api)
  const boss = await chat.addMember('owner')
  const rows = Array.from({ length: TEAMS_MAX }, (_, number) => ({
    id: newId(),
    name: `team ${number}`,
    created_at: new Date(),
  }))
  await chat.inTenant((db) => db.insertInto('teams').values(rows).execute())
  const full = await readRefusal(boss.call.team.create({ name: 'one more' }))
  expect(full.data.domain).toMatchObject({ code: 'CONFLICT' })
})
