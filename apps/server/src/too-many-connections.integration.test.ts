import {
  adminQuery,
  createTestDatabase,
  getTenantLogin,
  getUsedConnectionsMax,
  resetUsedConnections,
  startTestServer,
  type TestDatabase,
  type TestServer,
} from '@sarai/db/testing'
import { openPlainPools, type PlainRelease } from '@sarai/db/testing-plain-pools'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOwnedTenant, createTestPerson, signIn, startTestHttp, type TestHttp } from './testing.ts'

/** The story this product starts from: one server, its limit, and more tenants than connections. */
const SERVER_CONNECTIONS_MAX = 20
const TENANTS = 40
const CALLERS = 200

const ER_CON_COUNT_ERROR = 1040

interface Caller {
  tenantKey: string
  cookie: string
}

interface Answer {
  path: string
  status: number
  body: unknown
}

let server: TestServer
let database: TestDatabase
let http: TestHttp
let callers: Caller[]

beforeAll(async () => {
  server = await startTestServer({ maxConnections: SERVER_CONNECTIONS_MAX })
  // Everything as by default but the patience: how busy the machine is must not decide what is refused.
  database = await createTestDatabase({ server: server.admin, pool: { acquireTimeoutMs: 60_000 } })
  http = await startTestHttp({ database })
  const tenants: Caller[] = []
  for (let index = 0; index < TENANTS; index++) tenants.push(await openTenant(`tenant-${index}`))
  // Round after round, so that callers who come one after another belong to different tenants.
  callers = Array.from({ length: CALLERS / TENANTS }, () => tenants).flat()
})

afterAll(async () => {
  await http[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

async function openTenant(tenantKey: string): Promise<Caller> {
  const owner = await createTestPerson(http, `owner@${tenantKey}.test`)
  await createOwnedTenant(http, tenantKey, owner)
  return { tenantKey, cookie: await signIn(http, owner.email) }
}

/** A page load of one person: the dashboard, then a new customer with a conversation, then the chat page. */
async function work(caller: Caller, index: number): Promise<Answer[]> {
  const dashboard = await Promise.all([
    query(caller, 'permission.mine'),
    query(caller, 'dashboard.summary', { days: 30 }),
    query(caller, 'customer.list', {}),
  ])
  const customer = await mutate(caller, 'customer.create', {
    name: `Customer ${index}`,
    email: `customer-${index}@example.test`,
  })
  const conversation = await mutate(caller, 'chat.conversation.create', { customerId: idIn(customer) })
  const chat = await Promise.all([
    query(caller, 'chat.conversation.list', { box: 'all' }),
    query(caller, 'chat.message.list', { conversationId: idIn(conversation) }),
    query(caller, 'permission.mine'),
  ])
  return [...dashboard, customer, conversation, ...chat]
}

async function query({ tenantKey, cookie }: Caller, path: string, input?: object): Promise<Answer> {
  const url = `/t/${tenantKey}/trpc/${path}`
  const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  const response = await http.app.inject({ url: url + search, headers: { cookie } })
  return { path, status: response.statusCode, body: response.json() }
}

async function mutate({ tenantKey, cookie }: Caller, path: string, input: object): Promise<Answer> {
  const response = await http.app.inject({
    method: 'POST',
    url: `/t/${tenantKey}/trpc/${path}`,
    headers: { cookie },
    payload: input,
  })
  return { path, status: response.statusCode, body: response.json() }
}

function idIn({ body }: Answer): string {
  return (body as { result?: { data: { id: string } } }).result?.data.id ?? ''
}

describe('20 connections, 40 tenants, 200 callers at once', () => {
  test('through the router nothing is refused and the server never reaches its limit', async () => {
    await resetUsedConnections(server.admin)

    const answers = (await Promise.all(callers.map(work))).flat()

    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
    expect(answers).toHaveLength(CALLERS * 8)
    expect(database.stats().counters.refused).toBe(0)
    expect(await getUsedConnectionsMax(server.admin)).toBeLessThan(SERVER_CONNECTIONS_MAX)
  })

  test('each of them was served as its own tenant', async () => {
    const counts = await Promise.all(
      callers.slice(0, TENANTS).map(({ tenantKey }) =>
        database.withTenant(tenantKey, (db) =>
          db
            .selectFrom('customers')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .executeTakeFirstOrThrow(),
        ),
      ),
    )
    expect(new Set(counts.map(({ count }) => Number(count)))).toEqual(new Set([CALLERS / TENANTS]))
  })

  test.each<PlainRelease>(['pool.query', 'explicit'])('plain pools fail it (%s)', async (release) => {
    const logins = new Map<string, Awaited<ReturnType<typeof getTenantLogin>>>()
    for (const { tenantKey } of callers.slice(0, TENANTS)) {
      logins.set(tenantKey, await getTenantLogin(database, tenantKey))
    }
    await using pools = openPlainPools(logins, release)
    const statements = [
      'SELECT COUNT(*) FROM customers',
      'SELECT COUNT(*) FROM conversations',
      'SELECT SLEEP(0.01)',
    ]

    const outcomes = await Promise.allSettled(
      callers.flatMap(({ tenantKey }) => statements.map((statement) => pools.query(tenantKey, statement))),
    )

    const reasons = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as { errno?: number }] : [],
    )
    expect(reasons.map(({ errno }) => errno)).toContain(ER_CON_COUNT_ERROR)
  })

  test('and afterwards every tenant is served again', async () => {
    await adminQuery(server.admin, 'SELECT 1')
    const answers = await Promise.all(
      callers.slice(0, TENANTS).map((caller) => query(caller, 'permission.mine')),
    )
    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
  })
})
