import { adminQuery } from '@sarai/db/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPerson, openTestApi, readRefusal, type TestApi, type TestPerson } from '../testing.ts'
import { tenantSteps } from './tenant-steps.ts'

let api: TestApi
let operator: TestPerson

beforeAll(async () => {
  api = await openTestApi()
  operator = await createTestPerson(api, { isOperator: true })
})
afterAll(() => api[Symbol.asyncDispose]())

function call() {
  return operator.enter(null).operator.tenant
}

/** As a process leaves it that is killed in the middle of letting the owner in; its claim has run out. */
async function leaveHalfMade(tenantKey: string, ownerEmail: string) {
  const [roles, owner] = tenantSteps()
  if (!roles || !owner) throw new Error('the steps are others')
  const stopped = Promise.withResolvers<void>()
  const stops = { ...owner, run: () => (stopped.resolve(), new Promise<never>(() => undefined)) }
  const input = { tenantKey, name: 'Half', details: { ownerEmail } }
  void api.database.createTenant(input, { steps: [roles, stops] })
  await stopped.promise
  await api.database.master
    .updateTable('provisionings')
    .set({ claimed_until: new Date(0) })
    .where('ended_at', 'is', null)
    .execute()
}

async function readActions(tenantKey: string) {
  const rows = await api.database.master
    .selectFrom('audit_log')
    .select('action')
    .where('entity_name', 'like', `%(${tenantKey})`)
    .orderBy('id')
    .execute()
  return rows.map(({ action }) => action)
}

test('the steps of a tenant can be read, while it is made and afterwards', async () => {
  expect(await call().making({ tenantKey: 'made' })).toBeNull()
  await call().create({ tenantKey: 'made', name: 'Made', ownerEmail: 'Made@example.test' })
  const making = await call().making({ tenantKey: 'made' })
  expect(making).toMatchObject({ state: 'made', ownerEmail: 'made@example.test', attempts: 1 })
  expect(making?.steps.map(({ name }) => name)).toEqual([
    'reserve-key',
    'database',
    'accounts',
    'grants',
    'migrations',
    'roles',
    'owner',
    'verification',
    'active',
  ])
  expect((await readRefusal(call().goOn({ tenantKey: 'made' }))).data.domain).toMatchObject({
    code: 'CONFLICT',
    details: { reason: 'made' },
  })
  expect((await readRefusal(call().takeBack({ tenantKey: 'made' }))).data.domain?.code).toBe('TENANT_EXISTS')
  expect((await readRefusal(call().goOn({ tenantKey: 'nobody' }))).data.domain?.code).toBe('NOT_FOUND')
})

test('what was cut off goes on at once, with a first password that can still be told', async () => {
  await leaveHalfMade('half', 'half@example.test')
  expect(await call().making({ tenantKey: 'half' })).toMatchObject({ state: 'cut-off', name: 'Half' })
  const created = await call().goOn({ tenantKey: 'half' })
  expect(created).toMatchObject({
    status: 'active',
    owner: { email: 'half@example.test', initialPassword: expect.any(String) },
  })
  expect(await call().making({ tenantKey: 'half' })).toMatchObject({ state: 'made', attempts: 2 })
  expect(await readActions('half')).toEqual(['tenant.created'])
})

test('what was cut off is taken back, and its key is free again', async () => {
  await leaveHalfMade('unwanted', 'unwanted@example.test')
  expect(await call().takeBack({ tenantKey: 'unwanted' })).toEqual({ tenantKey: 'unwanted' })
  expect(await call().making({ tenantKey: 'unwanted' })).toBeNull()
  expect(await readActions('unwanted')).toEqual(['tenant.taken-back'])
  expect((await readRefusal(call().takeBack({ tenantKey: 'unwanted' }))).data.domain?.code).toBe(
    'TENANT_UNKNOWN',
  )
})

test('a step that fails is named with what the server said, and nothing is left', async () => {
  const { server, name } = api.database
  await adminQuery(server, 'RENAME TABLE ??.memberships TO ??.aside', [name, name])
  const refusal = await readRefusal(
    call().create({ tenantKey: 'fails', name: 'Fails', ownerEmail: 'fails@example.test' }),
  )
  await adminQuery(server, 'RENAME TABLE ??.aside TO ??.memberships', [name, name])
  expect(refusal.data).toMatchObject({
    code: 'CONFLICT',
    domain: {
      details: { reason: 'step-failed', step: 'owner', error: expect.stringMatching(/memberships/) },
    },
  })
  expect(await readActions('fails')).toEqual([])
  // It is in the log as well, for whoever runs the installation.
  expect(api.bugs.splice(0)).toHaveLength(1)
})
