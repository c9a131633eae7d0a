import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callProcedure } from './call-procedure.ts'
import { type AttackedProcedure, exampleFor, listAttacked } from './rows.ts'
import { type Side, THINGS, type ThingName } from './things.ts'
import { openTwoTenants, type TwoTenants } from './two-tenants.ts'

/** Lists that go on where a cursor says, and of how many pages each is made for the other tenant here. */
const lists = listAttacked().filter(
  ({ meta, type, shape }) =>
    meta.audience === 'member' && type === 'query' && shape?.properties && 'cursor' in shape.properties,
)
/** What is listed where it is more than the tenant's: the customer, conversation or message that is listed of. */
const ids = new Map<Side, Map<ThingName, string>>()

let tenants: TwoTenants
/** Where pages of the other tenant ended. */
const places: { path: string; cursor: unknown }[] = []

beforeAll(async () => {
  tenants = await openTwoTenants()
  for (const side of [tenants.own, tenants.foreign]) ids.set(side, await fill(side))
  for (const list of lists) {
    const answer = await ask(tenants.foreign, list, {})
    const cursor = /"nextCursor":("[^"]*"|\d+)/.exec(answer.body)?.[1]
    if (cursor !== undefined) places.push({ path: list.path, cursor: JSON.parse(cursor) })
  }
})
afterAll(() => tenants[Symbol.asyncDispose]())

async function fill(side: Side): Promise<Map<ThingName, string>> {
  const act = (path: string, input: object) =>
    callProcedure(side.http, { ...side, path, type: 'mutation', input })
  const conversationId = await THINGS.conversation.make(side)
  const customerId = await THINGS.customer.make(side)
  const messageId = await THINGS.message.make(side)
  for (const name of ['one', 'two']) {
    const clientId = crypto.randomUUID()
    await act('chat.message.send', { conversationId, clientId, body: `${side.mark} ${name}` })
    await act('chat.message.edit', { id: messageId, body: `${side.mark} ${name}` })
    await act('customer.note.add', { customerId, body: `${side.mark} ${name}` })
    // Two of each name: two groups of people who may be the same.
    for (const twin of [1, 2]) await act('customer.create', { name: `${side.mark} ${name}`, city: `${twin}` })
    await THINGS.conversation.make(side)
  }
  return new Map([
    ['customer', customerId],
    ['conversation', conversationId],
    ['message', messageId],
  ])
}

/** One item of a list for a page, so that there is a next one. */
function ask(side: Side, list: AttackedProcedure, more: object) {
  const known = ids.get(side)
  const idAt = (place: string) => {
    const thing = list.ids.find(({ path }) => path === place)?.thing
    return thing && thing !== 'new' ? known?.get(thing) : undefined
  }
  const example = exampleFor(list, { valueAt: idAt }) as object | undefined
  const limit = 'limit' in (list.shape?.properties ?? {}) && { limit: 1 }
  return callProcedure(side.http, {
    ...side,
    path: list.path,
    type: 'query',
    input: { ...example, ...limit, ...more },
  })
}

test('there are places of another tenant to try', () => {
  expect(places.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      'audit.list',
      'chat.conversation.list',
      'chat.message.list',
      'chat.message.versions',
      'customer.list',
      'customer.timeline',
      'duplicate.list',
    ]),
  )
})

test.each(lists)('$path goes on from a place of another tenant with nothing of it', async (list) => {
  for (const { path, cursor } of places) {
    const answer = await ask(tenants.own, list, { cursor })
    expect([200, 400], `${path}: ${answer.body}`).toContain(answer.status)
    expect(answer.body).not.toContain(tenants.foreign.mark)
  }
})

describe('a stream of changes', () => {
  const listen = (side: Side, lastEventId: string) =>
    callProcedure(side.http, { ...side, path: 'chat.changes', type: 'subscription', input: { lastEventId } })

  test('goes on from a number of another tenant with its own changes, or begins anew', async () => {
    const { own, foreign } = tenants
    const position = await lastNumber(foreign)
    await callProcedure(own.http, {
      ...own,
      path: 'customer.create',
      type: 'mutation',
      input: { name: own.mark },
    })
    for (const lastEventId of ['1', String(position), String(position + 1_000)]) {
      const answer = await listen(own, lastEventId)
      expect(answer.body).toMatch(/"type":"(change|reset)"/)
      for (const id of ids.get(foreign)?.values() ?? []) expect(answer.body).not.toContain(id)
      expect(answer.body).not.toContain(foreign.mark)
    }
  })

  async function lastNumber({ http, tenantKey }: Side): Promise<number> {
    const row = await http.database.withTenant(tenantKey, (db) =>
      db.selectFrom('changes').select('seq').orderBy('seq', 'desc').executeTakeFirstOrThrow(),
    )
    return Number(row.seq)
  }
})
