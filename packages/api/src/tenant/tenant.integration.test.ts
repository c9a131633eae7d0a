import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember } from '../permission/add-member.ts'
import { createTestDesk, createTestPerson, openTestApi, readRefusal, type TestApi } from '../testing.ts'

let api: TestApi

beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api[Symbol.asyncDispose]())

describe('tenant.mine', () => {
  test('lists the workspaces of the caller and nobody else’s, each with the caller’s role', async () => {
    await using rabin = await createTestDesk(api)
    await using zaitoon = await createTestDesk(api)
    await using other = await createTestDesk(api)
    const person = await rabin.addMember('agent')
    await addMember(api.database, { tenant: zaitoon.tenant, userId: person.user.id, role: 'owner' })
    await other.addMember('owner')
    const { items } = await person.enter(null).tenant.mine()
    expect(items.toSorted((a, b) => (a.role ?? '').localeCompare(b.role ?? ''))).toEqual([
      { tenantKey: rabin.tenantKey, name: rabin.tenant.name, status: 'active', role: 'agent' },
      { tenantKey: zaitoon.tenantKey, name: zaitoon.tenant.name, status: 'active', role: 'owner' },
    ])
  })

  test('is empty for somebody who belongs nowhere', async () => {
    const person = await createTestPerson(api)
    expect(await person.enter(null).tenant.mine()).toEqual({ items: [], isOperator: false })
  })

  test('still lists the others when one is suspended, and says which', async () => {
    await using open = await createTestDesk(api)
    await using closed = await createTestDesk(api)
    const person = await open.addMember('agent')
    await addMember(api.database, { tenant: closed.tenant, userId: person.user.id, role: 'agent' })
    await api.database.setTenantStatus(closed.tenantKey, 'suspended')
    const { items } = await person.enter(null).tenant.mine()
    expect(new Map(items.map(({ tenantKey, status, role }) => [tenantKey, [status, role]]))).toEqual(
      new Map([
        [open.tenantKey, ['active', 'agent']],
        [closed.tenantKey, ['suspended', null]],
      ]),
    )
  })

  test('of somebody with more workspaces than connections comes complete', async () => {
    await using small = await openTestApi({ pool: { connectionsMax: 2, tenantConnectionsMax: 1 } })
    const person = await createTestPerson(small)
    await using desks = new AsyncDisposableStack()
    for (let count = 0; count < 6; count++) {
      const desk = desks.use(await createTestDesk(small))
      await addMember(small.database, { tenant: desk.tenant, userId: person.user.id, role: 'viewer' })
    }
    const { items } = await person.enter(null).tenant.mine()
    expect(items.map(({ role }) => role)).toEqual(Array(6).fill('viewer'))
  })
})

describe('tenant.info', () => {
  test('tells every member what their workspace is, and no secret', async () => {
    await using desk = await createTestDesk(api)
    const viewer = await desk.addMember('viewer')
    expect(await viewer.call.tenant.info()).toEqual({
      tenantKey: desk.tenantKey,
      name: desk.tenant.name,
      status: 'active',
      schemaVersion: expect.any(Number),
      createdAt: desk.tenant.createdAt.toISOString(),
    })
  })

  test('is refused without a tenant in the path', async () => {
    const person = await createTestPerson(api)
    expect((await readRefusal(person.enter(null).tenant.info())).data.domain?.code).toBe('TENANT_UNKNOWN')
  })
})

describe('tenant.profile', () => {
  test('begins with no language of its own, UTC and Monday, and whoever may configure changes what they name', async () => {
    await using desk = await createTestDesk(api)
    const manager = await desk.addMember('manager')
    const profile = { language: null, timeZone: 'UTC', weekStartsOn: 0, country: 'PK' }
    expect(await manager.call.tenant.profile()).toEqual(profile)
    const changed = { ...profile, language: 'ur', timeZone: 'Asia/Karachi' }
    expect(
      await manager.call.tenant.updateProfile({
        name: ' Rabin & Sons ',
        language: 'ur',
        timeZone: 'Asia/Karachi',
      }),
    ).toEqual({ name: 'Rabin & Sons', ...changed })
    await manager.call.tenant.updateProfile({ weekStartsOn: 6, country: 'GB' })
    expect(await manager.call.tenant.profile()).toEqual({ ...changed, weekStartsOn: 6, country: 'GB' })
    expect((await manager.call.tenant.info()).name).toBe('Rabin & Sons')
    const { items } = await manager.enter(null).tenant.mine()
    expect(items.map(({ name }) => name)).toEqual(['Rabin & Sons'])
  })

  test('is read by every member and changed by nobody without the permission', async () => {
    await using desk = await createTestDesk(api)
    const agent = await desk.addMember('agent')
    expect((await agent.call.tenant.profile()).timeZone).toBe('UTC')
    const refusal = await readRefusal(agent.call.tenant.updateProfile({ name: 'Mine' }))
    expect(refusal.data.code).toBe('FORBIDDEN')
    expect((await agent.call.tenant.info()).name).toBe(desk.tenant.name)
  })

  test('is one tenant’s own', async () => {
    await using desk = await createTestDesk(api)
    await using other = await createTestDesk(api)
    const owner = await desk.addMember('owner')
    const stranger = await other.addMember('owner')
    await owner.call.tenant.updateProfile({ timeZone: 'Europe/Berlin', name: 'Rabin' })
    expect((await stranger.call.tenant.profile()).timeZone).toBe('UTC')
    expect((await stranger.call.tenant.info()).name).toBe(other.tenant.name)
    const refusal = await readRefusal(stranger.enter(desk.tenantKey).tenant.profile())
    expect(refusal.data.code).toBe('NOT_FOUND')
  })

  test('is told to everybody who reads the changes', async () => {
    await using desk = await createTestDesk(api)
    const owner = await desk.addMember('owner')
    await owner.call.tenant.updateProfile({ language: 'ur' })
    const changes = await api.database.withTenant(desk.tenantKey, (db) =>
      db.selectFrom('changes').select(['kind', 'entity_id']).where('kind', '=', 'tenant.changed').execute(),
    )
    expect(changes).toEqual([{ kind: 'tenant.changed', entity_id: desk.tenant.id }])
  })
})
