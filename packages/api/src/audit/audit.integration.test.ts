import { newId } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createTestDesk,
  createTestPerson,
  openTestApi,
  readRefusal,
  type TestApi,
  type TestDesk,
  type TestMember,
} from '../testing.ts'
import type { AuditPage } from './model.ts'
import { AUDIT_LIST_LIMIT_DEFAULT, AUDIT_LIST_LIMIT_MAX, type ListAuditInput } from './schema.ts'

let api: TestApi
let desk: TestDesk
let owner: TestMember
let agent: TestMember
let customerId: string
let roleId: string

beforeAll(async () => {
  api = await openTestApi()
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner', 'Zara')
  agent = await desk.addMember('agent', 'Bilal')
  customerId = (await agent.call.customer.create({ name: 'Amina' })).id
  await owner.call.customer.update({ id: customerId, version: 1, name: 'Amina Khan' })
  roleId = (await owner.call.permission.role.create({ name: 'Night', permissions: ['chat:read'] })).id
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

const list = (input: ListAuditInput = {}) => owner.call.audit.list(input)

async function actionsOf(input: ListAuditInput = {}): Promise<string[]> {
  const { items } = await list(input)
  return items.map(({ action }) => action)
}

describe("a tenant's audit log", () => {
  test('says who did what to which thing, when and from where, the latest first', async () => {
    const { items, nextCursor } = await list()
    expect(nextCursor).toBeNull()
    expect(items).toMatchObject([
      {
        action: 'role.created',
        actor: { kind: 'user', id: owner.user.id, name: 'Zara' },
        entity: { id: roleId, name: 'Night' },
        before: null,
        after: { permissions: ['chat:read'] },
        address: '192.0.2.1',
        userAgent: 'Test Browser',
      },
      { action: 'customer.updated', after: { fields: ['name'] }, actor: { name: 'Zara' } },
      { action: 'customer.created', actor: { name: 'Bilal' } },
    ])
  })

  test('names a customer as they are called now, to who may see customers', async () => {
    const [line] = (await list({ entityId: customerId })).items
    expect(line?.entity).toEqual({ id: customerId, name: 'Amina Khan' })
    const auditor = await desk.addMember('viewer')
    const role = await owner.call.permission.role.create({ name: 'Auditor', permissions: ['audit:read'] })
    await owner.call.permission.member.setRole({ userId: auditor.user.id, roleId: role.id })
    const { items } = await auditor.call.audit.list({ entityId: customerId })
    expect(items.map(({ entity }) => entity)).toEqual([
      { id: customerId, name: null },
      { id: customerId, name: null },
    ])
  })

  test('is narrowed by who, by what, by which thing, by when, and by all of them', async () => {
    expect(await actionsOf({ actor: agent.user.id })).toEqual(['customer.created'])
    expect(await actionsOf({ actions: ['customer.updated', 'role.created'], entityId: roleId })).toEqual([
      'role.created',
    ])
    expect(await actionsOf({ actor: newId() })).toEqual([])
    expect(await actionsOf({ actor: 'system' })).toEqual([])
    const [created] = (await list({ actions: ['customer.created'] })).items
    const at = created?.at ?? ''
    const next = new Date(Date.parse(at) + 1).toISOString()
    expect(await actionsOf({ from: at, to: next, actor: agent.user.id })).toEqual(['customer.created'])
    expect(await actionsOf({ to: at })).toEqual([])
    expect(await actionsOf({ from: next, actor: agent.user.id })).toEqual([])
    expect(await actionsOf({ from: '0001-01-01T00:00:00Z', to: '0002-01-01T00:00:00Z' })).toEqual([])
  })

  test('comes page by page, each entry once, while others are written', async () => {
    const all = await actionsOf()
    const seen: string[] = []
    let page: AuditPage = await list({ limit: 1 })
    await owner.call.permission.role.update({ id: roleId, name: 'Late' })
    for (;;) {
      seen.push(...page.items.map(({ action }) => action))
      if (page.nextCursor === null) break
      page = await list({ limit: 1, cursor: page.nextCursor })
    }
    expect(seen).toEqual(all)
    const refusal = await readRefusal(list({ cursor: 'made-up' }))
    expect(refusal.data.domain?.code).toBe('INVALID')
  })

  test('has pages of a limited size', async () => {
    await api.database.withTenant(desk.tenantKey, (db) =>
      db
        .insertInto('audit_log')
        .values(
          Array.from({ length: AUDIT_LIST_LIMIT_MAX + 1 }, () => ({
            id: newId(),
            at: new Date(),
            actor_kind: 'system' as const,
            actor_name: 'sarai',
            action: 'role.updated',
          })),
        )
        .execute(),
    )
    expect((await list({ actor: 'system' })).items).toHaveLength(AUDIT_LIST_LIMIT_DEFAULT)
    const most = await list({ actor: 'system', limit: AUDIT_LIST_LIMIT_MAX })
    expect(most.items).toHaveLength(AUDIT_LIST_LIMIT_MAX)
    expect(most.nextCursor).not.toBeNull()
    const refusal = await readRefusal(list({ limit: AUDIT_LIST_LIMIT_MAX + 1 }))
    expect(refusal.data.fields?.fieldErrors).toHaveProperty('limit')
  })

  test('knows everybody who has ever acted, those who left too', async () => {
    const leaver = await desk.addMember('owner', 'Leaver')
    await leaver.call.customer.create({ name: 'Last act' })
    await owner.call.permission.member.remove({ userId: leaver.user.id })
    const { items } = await owner.call.audit.actors()
    expect(items.map(({ name }) => name).toSorted()).toEqual(['Bilal', 'Leaver', 'Zara', 'sarai'].toSorted())
    expect(items).toContainEqual({ kind: 'system', id: null, name: 'sarai' })
  })

  test('is read by owners, by a manager once an owner has chosen it, and by nobody else', async () => {
    const manager = await desk.addMember('manager')
    for (const member of [manager, agent]) {
      expect((await readRefusal(member.call.audit.list({}))).data.domain?.details).toEqual({
        permission: 'audit:read',
      })
    }
    const roles = await owner.call.permission.role.list()
    const role = roles.items.find(({ builtIn }) => builtIn === 'manager')
    const permissions = [...(role?.permissions ?? []), 'audit:read' as const]
    await owner.call.permission.role.update({ id: role?.id ?? '', permissions })
    expect((await manager.call.audit.list({})).items.length).toBeGreaterThan(0)
  })
})

test("an operator reads the installation's log and no tenant's", async () => {
  const operator = await createTestPerson(api, { name: 'Omar', isOperator: true })
  const call = operator.enter(null)
  await call.operator.tenant.suspend({ tenantKey: desk.tenantKey })
  await call.operator.tenant.resume({ tenantKey: desk.tenantKey })
  const { items } = await call.operator.audit.list({ actor: operator.user.id })
  expect(items.map(({ action, entity }) => [action, entity?.id])).toEqual([
    ['tenant.resumed', desk.tenant.id],
    ['tenant.suspended', desk.tenant.id],
  ])
  expect((await call.operator.audit.list({ actions: ['tenant.archived'] })).items).toEqual([])
  expect((await call.operator.audit.actors()).items).toContainEqual({
    kind: 'user',
    id: operator.user.id,
    name: 'Omar',
  })
  expect((await readRefusal(operator.enter(desk.tenantKey).audit.list({}))).data.domain?.code).toBe(
    'TENANT_UNKNOWN',
  )
})
