import { type Database, newId } from '@sarai/db'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { KyselyPlugin, OperationNode, RootOperationNode } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DomainError } from './errors.ts'
import { PERMISSIONS } from './permission/schema.ts'
import { appRouter, createCaller } from './root.ts'
import {
  createTestDesk,
  createTestPerson,
  listProcedures,
  makeContext,
  openTestApi,
  readRefusal,
  readRefusals,
  type TestApi,
  type TestCaller,
  type TestDesk,
  toRefusal,
} from './testing.ts'
import {
  BATCH_CALLS_MAX,
  createCallerFactory,
  guarded,
  guardedStream,
  memberProcedure,
  publicProcedure,
  router,
} from './trpc.ts'

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

const ofTenants = listProcedures().flatMap(({ path, meta }) =>
  meta.audience === 'member' ? [{ path, permission: meta.permission }] : [],
)
const ofOperators = listProcedures().filter(({ meta }) => meta.audience === 'operator')
const ofSomebody = listProcedures().filter(({ meta }) => meta.audience !== 'anybody')

/** Calls a procedure by its path, without input: enough to see whether it lets the caller in. */
async function callByPath(caller: TestCaller, path: string): Promise<unknown> {
  let target: unknown = caller
  for (const step of path.split('.')) target = (target as Record<string, unknown>)[step]
  return (target as () => Promise<unknown>)()
}

/** `undefined` if it was answered. */
async function findRefusal(call: Promise<unknown>) {
  return call.then(
    () => undefined,
    (error: unknown) => toRefusal(error),
  )
}

describe('permissions', () => {
  test.each(['owner', 'manager', 'agent', 'viewer'] as const)(
    'a member with the role %s may call what the role allows, and nothing else',
    async (role) => {
      const member = await desk.addMember(role)
      const { permissions } = await member.call.permission.mine()
      for (const { path, permission } of ofTenants) {
        const refusal = await findRefusal(callByPath(member.call, path))
        const isAllowed = permission === null || permissions.includes(permission)
        const refused = {
          path,
          code: refusal?.data.domain?.code,
          permission: refusal?.data.domain?.details?.['permission'],
        }
        if (isAllowed) expect(refused).not.toMatchObject({ code: 'FORBIDDEN' })
        else expect(refused).toEqual({ path, code: 'FORBIDDEN', permission })
      }
    },
  )

  test.each(PERMISSIONS)('a role with %s alone opens what needs it, and nothing else', async (permission) => {
    const owner = await desk.addMember('owner')
    const member = await desk.addMember('viewer')
    const role = await owner.call.permission.role.create({
      name: `only ${permission}`,
      permissions: [permission],
    })
    await owner.call.permission.member.setRole({ userId: member.user.id, roleId: role.id })
    const open: string[] = []
    for (const { path } of ofTenants) {
      const refusal = await findRefusal(callByPath(member.call, path))
      if (refusal?.data.code !== 'FORBIDDEN') open.push(path)
    }
    expect(open).toEqual(
      ofTenants
        .filter((each) => each.permission === null || each.permission === permission)
        .map(({ path }) => path),
    )
  })

  test('are asked before the input is looked at', async () => {
    const viewer = await desk.addMember('viewer')
    const refusal = await readRefusal(viewer.call.customer.create({ name: '' }))
    expect(refusal.data).toMatchObject({ code: 'FORBIDDEN', fields: null })
  })
})

describe('a caller who is not signed in', () => {
  test.each(ofSomebody)('is asked to sign in by $path', async ({ path }) => {
    const caller = createCaller(() => makeContext(api, { tenantKey: desk.tenantKey, person: null }))
    const refusal = await readRefusal(callByPath(caller, path))
    expect(refusal.data).toMatchObject({ code: 'UNAUTHORIZED', domain: { code: 'UNAUTHENTICATED' } })
  })
})

describe('somebody who is no member', () => {
  test('cannot tell a tenant that exists from one that does not, by any procedure, byte for byte', async () => {
    const stranger = await createTestPerson(api, { isOperator: true })
    for (const { path } of ofTenants) {
      const foreign = await readRefusal(callByPath(stranger.enter(desk.tenantKey), path))
      const unknown = await readRefusal(callByPath(stranger.enter('no-such-tenant'), path))
      expect(foreign.data).toMatchObject({
        code: 'NOT_FOUND',
        domain: { code: 'TENANT_UNKNOWN', details: null },
      })
      expect(JSON.stringify(foreign)).toBe(JSON.stringify(unknown))
    }
  })

  test.each([null, '', 'UPPER', 'آمنہ', "' OR 1=1 --", 'a'.repeat(5_000), 'trpc', '%00'])(
    'gets the same answer for the key %j',
    async (key) => {
      const stranger = await createTestPerson(api)
      const refusal = await readRefusal(stranger.enter(key).permission.mine())
      const unknown = await readRefusal(stranger.enter('no-such-tenant').permission.mine())
      expect(JSON.stringify(refusal)).toBe(JSON.stringify(unknown))
    },
  )

  test('cannot tell a suspended tenant from one that does not exist; a member is told', async () => {
    await using closed = await createTestDesk(api)
    const member = await closed.addMember('agent')
    const stranger = await createTestPerson(api)
    await api.database.setTenantStatus(closed.tenantKey, 'suspended')
    const foreign = await readRefusal(stranger.enter(closed.tenantKey).permission.mine())
    expect(foreign.data.domain?.code).toBe('TENANT_UNKNOWN')
    const told = await readRefusal(member.call.permission.mine())
    expect(told.data).toMatchObject({ code: 'FORBIDDEN', domain: { code: 'TENANT_SUSPENDED' } })
  })
})

test.each(ofOperators)('$path is refused to everybody but operators', async ({ path }) => {
  const owner = await desk.addMember('owner')
  const refusal = await readRefusal(callByPath(owner.enter(null), path))
  expect(refusal.data).toMatchObject({ code: 'FORBIDDEN', domain: { code: 'FORBIDDEN', details: null } })
})

describe('a batch', () => {
  /** Names the tables of each statement that is run, in the control plane and in tenants. */
  function countStatements(database: Database) {
    const statements: string[] = []
    const plugin: KyselyPlugin = {
      transformQuery: ({ node }) => {
        statements.push(tablesOf(node).join(' '))
        return node
      },
      transformResult: ({ result }) => Promise.resolve(result),
    }
    const counted: Database = {
      ...database,
      master: database.master.withPlugin(plugin),
      withTenant: (tenantKey, work, options) =>
        database.withTenant(tenantKey, (db) => work(db.withPlugin(plugin)), options),
    }
    return { database: counted, statements }
  }

  function tablesOf(node: RootOperationNode): string[] {
    const tables: string[] = []
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      if (isTableNode(value)) tables.push(value.table.identifier.name)
      Object.values(value).forEach(visit)
    }
    visit(node)
    return tables
  }

  function isTableNode(value: object): value is OperationNode & { table: { identifier: { name: string } } } {
    return 'kind' in value && value.kind === 'TableNode' && 'table' in value
  }

  function request(path: string, calls: number): Request {
    const paths = Array.from({ length: calls }, () => path).join(',')
    return new Request(`http://localhost/trpc/${paths}?batch=1`)
  }

  async function send(path: string, calls: number) {
    const member = await desk.addMember('viewer')
    const { database, statements } = countStatements(api.database)
    let sessions = 0
    const context = makeContext(
      { ...api, database: { ...api.database, ...database } },
      { tenantKey: desk.tenantKey, person: member },
    )
    const { session } = context
    const createContext = () => ({
      ...context,
      session: () => {
        sessions += 1
        return session()
      },
    })
    const response = await fetchRequestHandler({
      endpoint: '/trpc',
      req: request(path, calls),
      router: appRouter,
      createContext,
      maxBatchSize: BATCH_CALLS_MAX,
    })
    return { response, statements, sessions }
  }

  test('of ten procedures asks once who is calling, once whether they are a member, once what they may do', async () => {
    const { response, statements, sessions } = await send('customer.tag.list', 10)
    expect(response.status).toBe(200)
    expect(await response.json()).toHaveLength(10)
    expect(sessions).toBe(1)
    expect(statements.filter((tables) => tables.includes('memberships'))).toHaveLength(1)
    expect(statements.filter((tables) => tables.includes('role_permissions'))).toHaveLength(1)
    expect(statements.filter((tables) => tables === 'tags')).toHaveLength(10)
    expect(statements).toHaveLength(12)
  })

  test(`of ${BATCH_CALLS_MAX} procedures is the largest that is taken`, async () => {
    expect((await send('permission.mine', BATCH_CALLS_MAX)).response.status).toBe(200)
    const { response, statements, sessions } = await send('permission.mine', BATCH_CALLS_MAX + 1)
    expect(response.status).toBe(400)
    expect([statements, sessions]).toEqual([[], 0])
  })

  test('needs one connection, however many procedures it has', async () => {
    await using small = await openTestApi({ pool: { connectionsMax: 2, tenantConnectionsMax: 1 } })
    await using room = await createTestDesk(small)
    const person = await room.addMember('owner')
    const caller = createCaller(makeContext(small, { tenantKey: room.tenantKey, person }))
    const calls = Array.from({ length: BATCH_CALLS_MAX }, () => caller.dashboard.now())
    expect(await Promise.all(calls)).toHaveLength(BATCH_CALLS_MAX)
  })

  test('that is refused is refused as a whole, and each procedure says so', async () => {
    const stranger = await createTestPerson(api)
    const caller = createCaller(makeContext(api, { tenantKey: desk.tenantKey, person: stranger }))
    const refusals = await Promise.all([1, 2, 3].map(() => readRefusal(caller.permission.mine())))
    expect(refusals.map(({ data }) => data.domain?.code)).toEqual(Array(3).fill('TENANT_UNKNOWN'))
  })
})

describe('a change of role', () => {
  test('counts from the next request', async () => {
    const owner = await desk.addMember('owner')
    const member = await desk.addMember('viewer')
    expect((await readRefusal(member.call.permission.role.list())).data.code).toBe('FORBIDDEN')
    const { items } = await owner.call.permission.role.list()
    const manager = items.find(({ builtIn }) => builtIn === 'manager')
    await owner.call.permission.member.setRole({ userId: member.user.id, roleId: manager?.id ?? '' })
    expect((await member.call.permission.role.list()).items).toEqual(
      items.map((role) => expect.objectContaining({ id: role.id })),
    )
  })
})

test('a tenant that is too busy says when to try again; the log says who held what', async () => {
  await using small = await openTestApi({
    pool: { connectionsMax: 2, tenantConnectionsMax: 1, acquireTimeoutMs: 200 },
  })
  await using room = await createTestDesk(small)
  const owner = await room.addMember('owner')
  const gate = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const holder = small.database.withTenant(
    room.tenantKey,
    (db) =>
      db.connection().execute(async () => {
        held.resolve()
        await gate.promise
      }),
    { label: 'the holder' },
  )
  await held.promise
  const refusal = await readRefusal(owner.call.permission.mine())
  gate.resolve()
  await holder
  expect(refusal.data).toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    httpStatus: 503,
    domain: { code: 'TENANT_BUSY', details: { retryAfterMs: expect.any(Number) } },
  })
  expect(JSON.stringify(refusal)).not.toContain('the holder')
  expect(small.warnings).toHaveLength(1)
  expect(small.warnings[0]?.fields).toMatchObject({ path: 'permission.mine', tenant: room.tenantKey })
  expect(JSON.stringify(small.warnings)).toContain('the holder')
})

describe('a bug of ours', () => {
  const failing = router({
    query: memberProcedure.query(() => {
      throw new Error('select * from secrets')
    }),
    refusing: guarded('customer:read').query(() => {
      throw new DomainError('RATE_LIMITED', 'Slowly.')
    }),
    stream: guardedStream('chat:read').subscription(async function* () {
      yield 1
      await Promise.resolve()
      throw new Error('select * from secrets')
    }),
    refusingStream: guardedStream('chat:read').subscription(async function* () {
      yield 1
      await Promise.resolve()
      throw new DomainError('FORBIDDEN', 'No longer.')
    }),
    open: publicProcedure.query(() => 'for everybody'),
  })

  async function enter() {
    const member = await desk.addMember('owner')
    return createCallerFactory(failing)(() => makeContext(api, { tenantKey: desk.tenantKey, person: member }))
  }

  async function drain(stream: AsyncIterable<unknown>) {
    for await (const value of stream) expect(value).toBe(1)
  }

  test('is told to nobody but the log, once, with path, tenant and request', async () => {
    const caller = await enter()
    const refusal = await readRefusal(caller.query())
    expect(refusal).toEqual({
      message: 'Something went wrong on our side. It has been logged.',
      code: -32603,
      data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, domain: null, fields: null },
    })
    const bugs = api.bugs.splice(0)
    expect(bugs).toEqual([
      {
        message: 'procedure failed',
        fields: {
          err: expect.any(Error),
          path: 'query',
          tenant: desk.tenantKey,
          requestId: expect.any(String),
        },
      },
    ])
  })

  test('in a stream that has begun is treated alike', async () => {
    const caller = await enter()
    const refusal = await readRefusal(drain(await caller.stream()))
    expect(refusal.data).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', domain: null })
    expect(api.bugs.splice(0)).toHaveLength(1)
  })

  test('is not what a refusal is: that is not logged, in a stream neither', async () => {
    const caller = await enter()
    expect((await readRefusal(caller.refusing())).data.code).toBe('TOO_MANY_REQUESTS')
    const refusal = await readRefusal(drain(await caller.refusingStream()))
    expect(refusal.data).toMatchObject({
      code: 'FORBIDDEN',
      httpStatus: 403,
      domain: { userMessage: 'No longer.' },
    })
    expect(api.bugs).toEqual([])
  })
})

test('an id that is no UUID, a field nobody knows and no input at all are BAD_REQUEST', async () => {
  const { call } = await desk.addMember('owner')
  const calls: Promise<unknown>[] = [
    call.customer.byId({ id: "' OR 1=1" }),
    call.customer.byId({ id: newId(), tenant: 'other' } as { id: string }),
    callByPath(call, 'customer.byId'),
  ]
  for (const refusal of await readRefusals(calls)) {
    expect(refusal).toMatchObject({
      message: expect.stringContaining('fields'),
      data: { code: 'BAD_REQUEST', domain: null },
    })
    expect(refusal.data.fields).not.toBeNull()
  }
})
