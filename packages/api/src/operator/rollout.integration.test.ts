import { newId } from '@sarai/db'
import { adminQuery } from '@sarai/db/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPerson, openTestApi, readRefusal, type TestApi, type TestPerson } from '../testing.ts'

const KEYS = ['roll-a', 'roll-b', 'roll-c']
let api: TestApi
let operator: TestPerson

beforeAll(async () => {
  api = await openTestApi()
  operator = await createTestPerson(api, { isOperator: true })
  for (const tenantKey of KEYS) await api.database.createTenant({ tenantKey, name: tenantKey })
})
afterAll(() => api[Symbol.asyncDispose]())

function call() {
  return operator.enter(null).operator.migration
}

/** As if the last migration had not been recorded: it is found to be there already, and recorded again. */
async function putBehind(...tenantKeys: string[]) {
  await api.database.master
    .updateTable('tenants')
    .set((eb) => ({ schema_version: eb('schema_version', '-', 1) }))
    .where('tenant_key', 'in', tenantKeys)
    .execute()
}

async function readEnd() {
  await expect
    .poll(async () => (await call().status()).latest?.state, { timeout: 30_000 })
    .not.toBe('running')
  return (await call().status()).latest
}

async function readAudit() {
  return api.database.master
    .selectFrom('audit_log')
    .select(['action', 'entity_id', 'actor_id'])
    .where('action', 'like', 'rollout.%')
    .orderBy('id')
    .execute()
}

test('the fleet is planned, migrated in waves in the background, and every step can be read', async () => {
  const nothing = await readRefusal(call().start({ pace: 'at-once' }))
  expect(nothing.data).toMatchObject({
    code: 'CONFLICT',
    domain: { details: { reason: 'nothing-behind' } },
  })
  expect(await call().plan({ pace: 'careful' })).toMatchObject({ tenants: 0, waves: [], first: [] })
  await putBehind(...KEYS)
  const plan = await call().plan({ pace: 'careful' })
  expect(plan).toMatchObject({ tenants: 3, first: [{ wave: 1 }, { wave: 4 }, { wave: 4 }] })
  expect(plan.waves).toEqual([1, 0, 0, 2])
  expect((await call().status()).latest).toBeNull()

  const { rolloutId } = await call().start({ pace: 'careful' })
  expect(await readEnd()).toMatchObject({ id: rolloutId, state: 'done', counts: { done: 3, failed: 0 } })
  expect((await call().status()).recent.map(({ tenantKey }) => tenantKey).toSorted()).toEqual(KEYS)
  expect(await call().list({ state: 'done', cursor: 'roll-a' })).toMatchObject({
    items: [{ tenantKey: 'roll-b' }, { tenantKey: 'roll-c', attempts: 1, error: null }],
    nextCursor: null,
  })
  expect(await readAudit()).toEqual([
    { action: 'rollout.started', entity_id: rolloutId, actor_id: operator.user.id },
  ])
})

test('a tenant that failed is named with its error and taken up again alone', async () => {
  await putBehind('roll-a', 'roll-b')
  const { database_name: database } = await api.database.master
    .selectFrom('tenants')
    .select('database_name')
    .where('tenant_key', '=', 'roll-b')
    .executeTakeFirstOrThrow()
  const { server } = api.database
  await adminQuery(server, 'RENAME TABLE ??.kysely_migration TO ??.aside', [database, database])
  await adminQuery(server, 'CREATE TABLE ??.kysely_migration (nothing INT)', [database])
  await call().start({ pace: 'at-once' })
  expect(await readEnd()).toMatchObject({ state: 'done', counts: { done: 1, failed: 1 } })
  const operatorCall = operator.enter(null).operator
  const behind = await operatorCall.tenant.list({ isBehind: true })
  expect(behind.items.map(({ tenantKey }) => tenantKey)).toEqual(['roll-b'])
  expect((await operatorCall.tenant.list({ isBehind: true, status: 'suspended' })).items).toEqual([])
  expect(await call().history({ tenantKey: 'roll-b' })).toMatchObject({
    schemaVersion: behind.items[0]?.schemaVersion,
    newestVersion: (await call().status()).targetVersion,
    runs: [
      { state: 'failed', error: expect.any(String), attempt: 2 },
      { state: 'done', attempt: 1 },
    ],
  })
  expect((await readRefusal(call().history({ tenantKey: 'nobody' }))).data.domain?.code).toBe(
    'TENANT_UNKNOWN',
  )
  expect(await call().list({ state: 'failed' })).toMatchObject({
    items: [{ tenantKey: 'roll-b', error: expect.any(String) }],
  })
  await adminQuery(server, 'DROP TABLE ??.kysely_migration', [database])
  await adminQuery(server, 'RENAME TABLE ??.aside TO ??.kysely_migration', [database, database])
  await putBehind('roll-c')
  await call().retry()
  expect(await readEnd()).toMatchObject({ state: 'done', tenants: 1, counts: { done: 1 } })
  expect((await readRefusal(call().retry())).data.domain?.details).toEqual({ reason: 'nothing-behind' })
})

test('while one runs anywhere another is refused, and it is asked to stop', async () => {
  const none = await readRefusal(call().stop())
  expect(none.data).toMatchObject({ code: 'CONFLICT', domain: { details: { reason: 'none-running' } } })
  const id = newId()
  const now = new Date()
  await api.database.master
    .insertInto('rollouts')
    .values({
      id,
      target_version: 1,
      state: 'running',
      tenants: 1,
      waves: 1,
      started_at: now,
      heard_at: now,
    })
    .execute()
  const second = await readRefusal(call().start({ pace: 'careful' }))
  expect(second.data.domain).toMatchObject({ code: 'CONFLICT', details: { reason: 'running' } })
  expect((await readRefusal(call().retry())).data.domain?.details).toEqual({ reason: 'running' })
  expect(await call().stop()).toEqual({ rolloutIds: [id] })
  expect((await call().status()).latest).toMatchObject({ id, stopAskedAt: expect.anything() })
  expect((await readAudit()).at(-1)).toMatchObject({ action: 'rollout.stopped', entity_id: id })
})
