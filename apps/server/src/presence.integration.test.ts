import { addMember, type PresenceNews } from '@sarai/api'
import { newId } from '@sarai/db'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createOwnedTenant, createTestPerson, signIn, startTestHttp, type TestHttp } from './testing.ts'

/** A busy machine is no failure. */
const PATIENTLY = { timeout: 30_000, interval: 50 }

interface Member {
  userId: string
  cookie: string
}

let http: TestHttp
/** A second process on the same database. */
let other: TestHttp
let origins: { here: string; there: string }
let owner: Member
let agent: Member
let stranger: Member
let conversationId: string

beforeAll(async () => {
  http = await startTestHttp()
  other = await startTestHttp({ database: http.database })
  origins = { here: await http.listen(), there: await other.listen() }
  owner = await open('rabin')
  stranger = await open('zaitoon')
  const person = await createTestPerson(http, 'agent@rabin.test')
  const tenant = await http.database.getTenant('rabin')
  await addMember(http.database, { tenant, userId: person.userId, role: 'agent' })
  agent = { userId: person.userId, cookie: await signIn(http, person.email) }
})
afterAll(async () => {
  await other[Symbol.asyncDispose]()
  await http[Symbol.asyncDispose]()
})
beforeEach(async () => {
  const { id: customerId } = await call<{ id: string }>(owner, 'customer.create', { name: 'Amina' })
  conversationId = (await call<{ id: string }>(owner, 'chat.conversation.create', { customerId })).id
})

async function open(tenantKey: string): Promise<Member> {
  const person = await createTestPerson(http, `owner@${tenantKey}.test`)
  await createOwnedTenant(http, tenantKey, person)
  return { userId: person.userId, cookie: await signIn(http, person.email) }
}

interface Where {
  tenantKey?: string
  server?: TestHttp
}

function requestOf({ tenantKey = 'rabin', server = http }: Where) {
  return async ({ cookie }: Member, path: string, payload: object) =>
    server.app.inject({ method: 'POST', url: `/t/${tenantKey}/trpc/${path}`, headers: { cookie }, payload })
}

async function call<T>(member: Member, path: string, input: object): Promise<T> {
  const answer = await requestOf({})(member, path, input)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<{ result: { data: T } }>().result.data
}

const tell = (
  member: Member,
  more: { tabId?: string; conversationId?: string | null; doing?: string } = {},
  where: Where = {},
) => requestOf(where)(member, 'presence.tell', { tabId: newId(), conversationId, ...more })

/** What a browser knows of who is there, and everything that the stream has said in one text. */
function follow({ cookie }: Member, { tenantKey = 'rabin', origin = origins.here } = {}) {
  const leave = new AbortController()
  const known = { here: [] as string[], places: new Map<string, PresenceNews['places'][number]>(), text: '' }
  const reading = read()

  async function read(): Promise<void> {
    const response = await fetch(`${origin}/t/${tenantKey}/trpc/chat.changes?input=%7B%7D`, {
      headers: { cookie },
      signal: leave.signal,
    })
    let rest = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      known.text += chunk
      rest += chunk
      const blocks = rest.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) take(block)
    }
  }

  function take(block: string): void {
    const [, data] = /^event: presence\ndata: (.*)$/.exec(block) ?? []
    if (data === undefined) return
    const news = JSON.parse(data) as PresenceNews
    if (news.isWhole) known.places.clear()
    known.here = news.here ?? known.here
    for (const place of news.places) known.places.set(place.conversationId, place)
  }

  return {
    known,
    peopleAt: (id = conversationId) => known.places.get(id)?.people ?? [],
    async leave() {
      leave.abort()
      await reading.catch(() => undefined)
    },
  }
}

test('who looks, and who writes, is told to the others in both processes, each person once', async () => {
  const near = follow(owner)
  const far = follow(owner, { origin: origins.there })
  const own = follow(agent)
  await tell(agent)
  await tell(agent, { doing: 'reply' }, { server: other })
  const expected = [{ userId: agent.userId, doing: 'reply' }]
  await vi.waitFor(() => {
    expect(near.peopleAt()).toEqual(expected)
    expect(far.peopleAt()).toEqual(expected)
    expect(near.known.here).toEqual([agent.userId, owner.userId].toSorted())
  }, PATIENTLY)
  const late = follow(owner)
  await vi.waitFor(() => expect(late.peopleAt()).toEqual(expected), PATIENTLY)
  for (const stream of [near, far, own, late]) await stream.leave()
})

test('who closes the tab is gone at once, who closes the browser within seconds, in both processes', async () => {
  const near = follow(owner)
  const far = follow(owner, { origin: origins.there })
  const own = follow(agent)
  const [tabId, tab] = [newId(), newId()]
  await tell(agent, { tabId })
  await vi.waitFor(() => expect(far.peopleAt()).toHaveLength(1), PATIENTLY)
  await tell(agent, { tabId, conversationId: null }, { server: other })
  await vi.waitFor(() => expect([near.peopleAt(), far.peopleAt()]).toEqual([[], []]), PATIENTLY)
  await tell(agent, { tabId: tab })
  await vi.waitFor(() => expect(far.peopleAt()).toHaveLength(1), PATIENTLY)
  await own.leave()
  await vi.waitFor(() => expect([near.peopleAt(), far.peopleAt()]).toEqual([[], []]), PATIENTLY)
  await near.leave()
  await far.leave()
})

test('who is removed from the workspace is gone within seconds, and may tell nothing any more', async () => {
  const person = await createTestPerson(http, `leaver-${newId()}@rabin.test`)
  const tenant = await http.database.getTenant('rabin')
  await addMember(http.database, { tenant, userId: person.userId, role: 'agent' })
  const leaver = { userId: person.userId, cookie: await signIn(http, person.email) }
  const near = follow(owner)
  const own = follow(leaver)
  await tell(leaver)
  await vi.waitFor(() => expect(near.peopleAt()).toHaveLength(1), PATIENTLY)
  await call(owner, 'permission.member.remove', { userId: leaver.userId })
  await vi.waitFor(() => expect(near.peopleAt()).toEqual([]), PATIENTLY)
  expect((await tell(leaver)).statusCode).toBe(404)
  await near.leave()
  await own.leave()
})

test('nothing of it crosses to another tenant, by stream or by question', async () => {
  const foreign = follow(stranger, { tenantKey: 'zaitoon' })
  const own = follow(agent)
  const near = follow(owner)
  await vi.waitFor(() => expect(foreign.known.here).toEqual([stranger.userId]), PATIENTLY)
  expect((await tell(stranger)).statusCode).toBe(404)
  expect((await tell(stranger, {}, { tenantKey: 'zaitoon' })).statusCode).toBe(404)
  await tell(agent, { doing: 'reply' })
  await vi.waitFor(() => expect(near.peopleAt()).toHaveLength(1), PATIENTLY)
  // Their own news comes after: what was told before it would have come before it.
  const { id: customerId } = (
    await requestOf({ tenantKey: 'zaitoon' })(stranger, 'customer.create', { name: 'Ours' })
  ).json<{ result: { data: { id: string } } }>().result.data
  await vi.waitFor(() => expect(foreign.known.text).toContain(customerId), PATIENTLY)
  expect(foreign.known.text).not.toContain(agent.userId)
  expect(foreign.known.text).not.toContain(conversationId)
  for (const stream of [foreign, own, near]) await stream.leave()
})

test('to write needs a role that may reply; to look, one that may read', async () => {
  const person = await createTestPerson(http, `viewer-${newId()}@rabin.test`)
  const tenant = await http.database.getTenant('rabin')
  await addMember(http.database, { tenant, userId: person.userId, role: 'viewer' })
  const viewer = { userId: person.userId, cookie: await signIn(http, person.email) }
  expect((await tell(viewer)).statusCode).toBe(200)
  for (const doing of ['note', 'reply']) expect((await tell(viewer, { doing })).statusCode).toBe(403)
})

test('nothing of it is a change: the counter stands still, and no connection is held', async () => {
  const count = () =>
    http.database.withTenant('rabin', (db) =>
      db.selectFrom('change_counter').select('last_seq').executeTakeFirstOrThrow(),
    )
  const near = follow(owner)
  const own = follow(agent)
  const before = await count()
  for (const doing of ['looking', 'reply', 'note', 'reply']) await tell(agent, { doing })
  await vi.waitFor(() => expect(near.peopleAt()).toHaveLength(1), PATIENTLY)
  expect(await count()).toEqual(before)
  await vi.waitFor(() => expect(http.database.stats().leased).toBe(0), PATIENTLY)
  await near.leave()
  await own.leave()
})
