import { newId } from '@sarai/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createTestDesk,
  openTestApi,
  readRefusal,
  readRefusals,
  type TestApi,
  type TestDesk,
} from '../testing.ts'
import { CANNED_REPLIES_MAX } from './schema.ts'

let api: TestApi
let desk: TestDesk

beforeAll(async () => {
  api = await openTestApi()
  desk = await createTestDesk(api)
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

test('a member has their own and the team’s; another’s own is not there for them', async () => {
  const [amir, sana, boss] = [
    await desk.addMember('agent'),
    await desk.addMember('agent'),
    await desk.addMember('manager'),
  ]
  const own = await amir.call.chat.cannedReply.create({
    shortcut: 'thanks',
    body: 'Thank you, {{customer.name}}!',
  })
  const teams = await boss.call.chat.cannedReply.create({ shortcut: 'شکریہ', body: 'شکریہ', isTeams: true })
  expect((await amir.call.chat.cannedReply.list()).items).toEqual([own, teams])
  expect((await sana.call.chat.cannedReply.list()).items).toEqual([teams])
  const change = { id: own.id, shortcut: 'stolen', body: 'mine now' }
  const refusedUnseen = await readRefusals([
    sana.call.chat.cannedReply.update(change),
    boss.call.chat.cannedReply.remove({ id: own.id }),
  ])
  expect(refusedUnseen.map(({ data }) => data.domain?.code)).toEqual(['NOT_FOUND', 'NOT_FOUND'])
  const refused = await readRefusals([
    sana.call.chat.cannedReply.create({ shortcut: 'x', body: 'x', isTeams: true }),
    sana.call.chat.cannedReply.update({ ...change, id: teams.id }),
    sana.call.chat.cannedReply.remove({ id: teams.id }),
  ])
  expect(refused.map(({ data }) => data.domain?.code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
  await amir.call.chat.cannedReply.update({ ...change, id: own.id })
  await boss.call.chat.cannedReply.remove({ id: teams.id })
  expect((await amir.call.chat.cannedReply.list()).items).toEqual([{ ...own, ...change, isTeams: false }])
  const written = await api.database.withTenant(desk.tenantKey, (db) =>
    db.selectFrom('audit_log').select(['action', 'entity_name', 'actor_id']).orderBy('id').execute(),
  )
  const entry = { entity_name: 'شکریہ', actor_id: boss.user.id }
  expect(written.filter(({ action }) => action.startsWith('canned-reply.'))).toEqual([
    { action: 'canned-reply.created', ...entry },
    { action: 'canned-reply.deleted', ...entry },
  ])
  const told = await api.database.withTenant(desk.tenantKey, (db) =>
    db
      .selectFrom('changes')
      .select('payload')
      .where('kind', '=', 'canned-reply.changed')
      .orderBy('seq')
      .execute(),
  )
  expect(told.map(({ payload }) => (payload as { userId: string | null }).userId)).toEqual([
    amir.user.id,
    null,
    amir.user.id,
    null,
  ])
})

test('a shortcut is one of its owner’s, whatever its capitals, and may be another’s as well', async () => {
  const [amir, sana] = [await desk.addMember('agent'), await desk.addMember('owner')]
  await amir.call.chat.cannedReply.create({ shortcut: 'Hours', body: '9 to 5' })
  await sana.call.chat.cannedReply.create({ shortcut: 'hours', body: '9 to 5' })
  await sana.call.chat.cannedReply.create({ shortcut: 'hours', body: '9 to 5', isTeams: true })
  const refusal = await readRefusal(amir.call.chat.cannedReply.create({ shortcut: 'hours', body: 'x' }))
  expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details: { field: 'shortcut' } })
})

test('what can never be filled in, and what is no shortcut, is refused beside its field', async () => {
  const amir = await desk.addMember('agent')
  const refused = async (shortcut: string, body: string) =>
    Object.keys(
      (await readRefusal(amir.call.chat.cannedReply.create({ shortcut, body }))).data.fields?.fieldErrors ??
        {},
    )
  expect(await refused('late', 'Dear {{customer.age}}')).toEqual(['body'])
  expect(await refused('two words', 'x')).toEqual(['shortcut'])
})

test('one more than the limit is refused, of two at once as well', async () => {
  const amir = await desk.addMember('agent')
  const rows = Array.from({ length: CANNED_REPLIES_MAX - 1 }, (_, at) => ({
    id: newId(),
    owner_id: amir.user.id,
    shortcut: `s${at}`,
    body: 'x',
    updated_by: amir.user.id,
    updated_at: new Date(),
  }))
  await api.database.withTenant(desk.tenantKey, (db) =>
    db.insertInto('canned_replies').values(rows).execute(),
  )
  const results = await Promise.allSettled(
    ['a', 'b'].map((shortcut) => amir.call.chat.cannedReply.create({ shortcut, body: 'x' })),
  )
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})
