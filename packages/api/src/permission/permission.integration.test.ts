import { newId } from '@sarai/db'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  createTestDesk,
  createTestPerson,
  openTestApi,
  readRefusal,
  readRefusals,
  type TestApi,
  type TestDesk,
  type TestMember,
  toRefusal,
} from '../testing.ts'
import { addMember, MEMBERS_MAX } from './add-member.ts'
import { installBuiltInRoles } from './install-built-in-roles.ts'
import type { Role } from './model.ts'
import { BUILT_IN_ROLES, PERMISSIONS, ROLE_NAME_LENGTH_MAX, ROLES_MAX } from './schema.ts'

let api: TestApi
let desk: TestDesk
let owner: TestMember

beforeAll(async () => {
  api = await openTestApi()
})
beforeEach(async () => {
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner')
  return () => desk[Symbol.asyncDispose]()
})
afterAll(() => api[Symbol.asyncDispose]())

async function findRole(name: string): Promise<Role> {
  const { items } = await owner.call.permission.role.list()
  const role = items.find((item) => item.name === name)
  if (!role) throw new Error(`no role ${name}`)
  return role
}

async function listChanges() {
  return api.database.withTenant(desk.tenantKey, (db) =>
    db.selectFrom('changes').select(['kind', 'entity_id as entityId']).orderBy('seq').execute(),
  )
}

async function countOwners() {
  const { items } = await owner.enter(desk.tenantKey).permission.member.list()
  return items.filter(({ role }) => role.builtIn === 'owner').length
}

describe('a new tenant', () => {
  test('has the four built-in roles with what they may do, the owner first', async () => {
    const { items } = await owner.call.permission.role.list()
    expect(
      items.map(({ name, builtIn, permissions, memberCount }) => ({
        name,
        builtIn,
        permissions,
        memberCount,
      })),
    ).toEqual(
      (['owner', 'manager', 'agent', 'viewer'] as const).map((name) => ({
        name,
        builtIn: name,
        permissions: PERMISSIONS.filter((permission) =>
          (BUILT_IN_ROLES[name] as readonly string[]).includes(permission),
        ),
        memberCount: name === 'owner' ? 1 : 0,
      })),
    )
  })

  test('keeps its roles as they are when they are installed again', async () => {
    const agent = await findRole('agent')
    await owner.call.permission.role.update({ id: agent.id, permissions: ['chat:read'] })
    const before = await owner.call.permission.role.list()
    await api.database.withTenant(desk.tenantKey, (db) => installBuiltInRoles(db))
    expect(await owner.call.permission.role.list()).toEqual(before)
  })
})

describe('permission.mine', () => {
  test('names the role and what it may do', async () => {
    const viewer = await desk.addMember('viewer')
    expect(await owner.call.permission.mine()).toEqual({ role: 'owner', permissions: [...PERMISSIONS] })
    expect(await viewer.call.permission.mine()).toEqual({
      role: 'viewer',
      permissions: [...BUILT_IN_ROLES.viewer],
    })
  })

  test('an owner has every permission, also one that came after the tenant was made', async () => {
    await api.database.withTenant(desk.tenantKey, (db) => db.deleteFrom('role_permissions').execute())
    expect((await owner.call.permission.mine()).permissions).toEqual([...PERMISSIONS])
  })

  test('a permission that this version does not know counts for nothing', async () => {
    const agent = await desk.addMember('agent')
    const { id } = await findRole('agent')
    await api.database.withTenant(desk.tenantKey, (db) =>
      db.insertInto('role_permissions').values({ role_id: id, permission: 'moon:walk' }).execute(),
    )
    expect((await agent.call.permission.mine()).permissions).not.toContain('moon:walk')
  })
})

describe('a role', () => {
  test('is made, changed and removed, each announced', async () => {
    const made = await owner.call.permission.role.create({
      name: ' Night shift ',
      permissions: ['chat:reply', 'chat:read', 'chat:read'],
    })
    expect(made).toMatchObject({
      name: 'Night shift',
      builtIn: null,
      permissions: ['chat:read', 'chat:reply'],
      memberCount: 0,
    })
    const changed = await owner.call.permission.role.update({ id: made.id, permissions: [] })
    expect(changed).toMatchObject({ name: 'Night shift', permissions: [] })
    expect(await owner.call.permission.role.update({ id: made.id, name: 'Day shift' })).toMatchObject({
      name: 'Day shift',
    })
    expect(await owner.call.permission.role.remove({ id: made.id })).toEqual({ id: made.id })
    expect((await owner.call.permission.role.list()).items).toHaveLength(4)
    expect(await listChanges()).toEqual(Array(4).fill({ kind: 'role.changed', entityId: made.id }))
  })

  test('is not removed while members have it, and says how many', async () => {
    const role = await owner.call.permission.role.create({ name: 'Night shift', permissions: ['chat:read'] })
    const member = await desk.addMember('viewer')
    await owner.call.permission.member.setRole({ userId: member.user.id, roleId: role.id })
    const refusal = await readRefusal(owner.call.permission.role.remove({ id: role.id }))
    expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details: { memberCount: 1 } })
  })

  test('is removed when only people who left had it, and their names stay', async () => {
    const role = await owner.call.permission.role.create({ name: 'Night shift', permissions: ['chat:read'] })
    const member = await desk.addMember('viewer', 'Bilal')
    await owner.call.permission.member.setRole({ userId: member.user.id, roleId: role.id })
    await owner.call.permission.member.remove({ userId: member.user.id })
    await owner.call.permission.role.remove({ id: role.id })
    const row = await api.database.withTenant(desk.tenantKey, (db) =>
      db.selectFrom('members').select('name').where('user_id', '=', member.user.id).executeTakeFirst(),
    )
    expect(row).toEqual({ name: 'Bilal' })
  })

  test('does not take the name of another, whatever its capitals, at once or later', async () => {
    await owner.call.permission.role.create({ name: 'Night shift', permissions: [] })
    const other = await owner.call.permission.role.create({ name: 'Other', permissions: [] })
    for (const refusal of await readRefusals([
      owner.call.permission.role.create({ name: 'NIGHT SHIFT', permissions: [] }),
      owner.call.permission.role.update({ id: other.id, name: 'night shift' }),
      owner.call.permission.role.create({ name: 'Owner', permissions: [] }),
    ])) {
      expect(refusal.data.domain).toMatchObject({
        code: 'CONFLICT',
        details: { field: 'name' },
      })
    }
  })

  test('that is built in keeps its name and stays; the owner role keeps everything', async () => {
    const agent = await findRole('agent')
    const ownerRole = await findRole('owner')
    for (const refusal of await readRefusals([
      owner.call.permission.role.update({ id: agent.id, name: 'Helper' }),
      owner.call.permission.role.remove({ id: agent.id }),
      owner.call.permission.role.update({ id: ownerRole.id, permissions: ['chat:read'] }),
      owner.call.permission.role.update({ id: ownerRole.id, name: 'Boss' }),
      owner.call.permission.role.remove({ id: ownerRole.id }),
    ])) {
      expect(refusal.data.domain?.code).toBe('CONFLICT')
    }
    const changed = await owner.call.permission.role.update({
      id: agent.id,
      name: 'agent',
      permissions: ['chat:read'],
    })
    expect(changed.permissions).toEqual(['chat:read'])
  })

  test(`is one of ${ROLES_MAX} at most`, async () => {
    const now = new Date()
    const roles = Array.from({ length: ROLES_MAX - 5 }, (_, index) => ({
      id: newId(),
      name: `Role ${index}`,
      created_at: now,
      updated_at: now,
    }))
    await api.database.withTenant(desk.tenantKey, (db) => db.insertInto('roles').values(roles).execute())
    const calls = [1, 2, 3].map((index) =>
      owner.call.permission.role.create({ name: `Last ${index}`, permissions: [] }),
    )
    const settled = await Promise.allSettled(calls)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refusal = await readRefusal(
      owner.call.permission.role.create({ name: 'One more', permissions: [] }),
    )
    expect(refusal.data.domain).toMatchObject({
      code: 'CONFLICT',
      userMessage: expect.stringContaining(String(ROLES_MAX)),
    })
  })

  test.each([
    ['name', { name: ' ', permissions: [] }],
    ['name', { name: 'x'.repeat(ROLE_NAME_LENGTH_MAX + 1), permissions: [] }],
    ['permissions', { name: 'A', permissions: ['moon:walk'] }],
    ['permissions', { name: 'A', permissions: Array<'chat:read'>(PERMISSIONS.length + 1).fill('chat:read') }],
  ])('with a wrong %s is refused beside its field', async (field, input) => {
    const refusal = await readRefusal(
      owner.call.permission.role.create(input as { name: string; permissions: [] }),
    )
    expect(Object.keys(refusal.data.fields?.fieldErrors ?? {})).toEqual([field])
  })

  test('and a member that nobody knows are NOT_FOUND', async () => {
    const member = await desk.addMember('viewer')
    const { id: roleId } = await findRole('agent')
    const id = newId()
    for (const refusal of await readRefusals([
      owner.call.permission.role.update({ id, name: 'A' }),
      owner.call.permission.role.remove({ id }),
      owner.call.permission.member.setRole({ userId: member.user.id, roleId: id }),
      owner.call.permission.member.setRole({ userId: id, roleId }),
      owner.call.permission.member.remove({ userId: id }),
    ])) {
      expect(refusal.data.domain?.code).toBe('NOT_FOUND')
    }
  })
})

describe('managing roles is not a way up', () => {
  async function addPorter() {
    const role = await owner.call.permission.role.create({
      name: 'Porter',
      permissions: ['permission:read', 'permission:manage', 'chat:read'],
    })
    const porter = await desk.addMember('viewer')
    await owner.call.permission.member.setRole({ userId: porter.user.id, roleId: role.id })
    return { porter, role }
  }

  test('nobody gives, takes or edits a role that may do more than they may', async () => {
    const { porter, role } = await addPorter()
    const agent = await findRole('agent')
    const ownerRole = await findRole('owner')
    const calls = [
      porter.call.permission.role.create({ name: 'Mine', permissions: ['customer:archive'] }),
      porter.call.permission.role.update({ id: role.id, permissions: [...PERMISSIONS] }),
      porter.call.permission.role.update({ id: agent.id, permissions: [] }),
      porter.call.permission.member.setRole({ userId: porter.user.id, roleId: ownerRole.id }),
      porter.call.permission.member.setRole({ userId: owner.user.id, roleId: role.id }),
      porter.call.permission.member.remove({ userId: owner.user.id }),
    ]
    for (const refusal of await readRefusals(calls)) expect(refusal.data.domain?.code).toBe('FORBIDDEN')
    expect((await owner.call.permission.mine()).role).toBe('owner')
  })

  test('they manage what is within their own', async () => {
    const { porter } = await addPorter()
    const reader = await porter.call.permission.role.create({ name: 'Reader', permissions: ['chat:read'] })
    expect(reader.permissions).toEqual(['chat:read'])
    await porter.call.permission.role.remove({ id: reader.id })
  })
})

describe('a member', () => {
  test('is listed with name, e-mail and role until removed; removing and changing roles is announced', async () => {
    const bilal = await desk.addMember('agent', 'Bilal')
    const viewer = await findRole('viewer')
    const changed = await owner.call.permission.member.setRole({ userId: bilal.user.id, roleId: viewer.id })
    expect(changed).toEqual({
      userId: bilal.user.id,
      name: 'Bilal',
      email: bilal.user.email,
      role: { id: viewer.id, name: 'viewer', builtIn: 'viewer' },
      joinedAt: expect.any(String),
    })
    expect((await owner.call.permission.member.list()).items).toContainEqual(changed)
    await owner.call.permission.member.remove({ userId: bilal.user.id })
    expect((await owner.call.permission.member.list()).items.map(({ userId }) => userId)).toEqual([
      owner.user.id,
    ])
    expect(await listChanges()).toEqual(Array(2).fill({ kind: 'role.changed', entityId: bilal.user.id }))
  })

  test('who was removed gets the answer of a tenant that does not exist, in the next request', async () => {
    const bilal = await desk.addMember('agent')
    await owner.call.permission.member.remove({ userId: bilal.user.id })
    const refusal = await readRefusal(bilal.call.permission.mine())
    const unknown = await readRefusal(bilal.enter('no-such-tenant').permission.mine())
    expect(refusal).toEqual(unknown)
    expect((await bilal.enter(null).tenant.mine()).items).toEqual([])
  })

  test('whose removal stopped half way has no access and can be removed again', async () => {
    const bilal = await desk.addMember('agent')
    await api.database.master.deleteFrom('memberships').where('user_id', '=', bilal.user.id).execute()
    expect((await readRefusal(bilal.call.permission.mine())).data.domain?.code).toBe('TENANT_UNKNOWN')
    expect((await owner.call.permission.member.list()).items).toHaveLength(2)
    await owner.call.permission.member.remove({ userId: bilal.user.id })
    expect((await owner.call.permission.member.list()).items).toHaveLength(1)
  })

  test('who left comes back with the role they are given, under the name they have now', async () => {
    const bilal = await desk.addMember('agent', 'Bilal')
    await owner.call.permission.member.remove({ userId: bilal.user.id })
    await api.database.master
      .updateTable('users')
      .set({ name: 'Bilal Ahmed' })
      .where('id', '=', bilal.user.id)
      .execute()
    await addMember(api.database, { tenant: desk.tenant, userId: bilal.user.id, role: 'viewer' })
    await addMember(api.database, { tenant: desk.tenant, userId: bilal.user.id, role: 'viewer' })
    expect((await bilal.call.permission.mine()).role).toBe('viewer')
    expect((await owner.call.permission.member.list()).items.map(({ name }) => name)).toContain('Bilal Ahmed')
  })

  test('is somebody the installation knows', async () => {
    await expect(
      addMember(api.database, { tenant: desk.tenant, userId: newId(), role: 'agent' }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test(`is one of ${MEMBERS_MAX} at most`, async () => {
    const { id } = await findRole('agent')
    const people = Array.from({ length: MEMBERS_MAX - 1 }, (_, index) => ({
      user_id: newId(),
      role_id: id,
      name: `Agent ${index}`,
      email: `agent-${index}@example.test`,
      joined_at: new Date(),
    }))
    await api.database.withTenant(desk.tenantKey, (db) => db.insertInto('members').values(people).execute())
    await expect(desk.addMember('agent')).rejects.toMatchObject({ code: 'CONFLICT' })
    await addMember(api.database, { tenant: desk.tenant, userId: owner.user.id, role: 'owner' })
  })

  test('or a role of another tenant is not there', async () => {
    await using other = await createTestDesk(api)
    const stranger = await other.addMember('agent')
    const roleId = (await findRole('viewer')).id
    const theirs = (await other.addMember('owner')).call
    const { id: theirRoleId } = await theirs.permission.role.create({ name: 'Theirs', permissions: [] })
    const calls: Promise<unknown>[] = [
      owner.call.permission.role.update({ id: theirRoleId, permissions: [] }),
      owner.call.permission.role.remove({ id: theirRoleId }),
      owner.call.permission.member.setRole({ userId: owner.user.id, roleId: theirRoleId }),
      owner.call.permission.member.setRole({ userId: stranger.user.id, roleId }),
      owner.call.permission.member.remove({ userId: stranger.user.id }),
    ]
    for (const refusal of await readRefusals(calls)) expect(refusal.data.domain?.code).toBe('NOT_FOUND')
    expect((await stranger.call.permission.mine()).role).toBe('agent')
  })
})

describe('the last owner', () => {
  test('is neither removed nor given another role, not even by themself', async () => {
    const agent = await findRole('agent')
    for (const refusal of await readRefusals([
      owner.call.permission.member.remove({ userId: owner.user.id }),
      owner.call.permission.member.setRole({ userId: owner.user.id, roleId: agent.id }),
    ])) {
      expect(refusal.data.domain).toMatchObject({
        code: 'CONFLICT',
        userMessage: expect.stringContaining('last owner'),
      })
    }
    expect((await owner.call.permission.mine()).role).toBe('owner')
  })

  test('may be given the owner role again', async () => {
    const { id } = await findRole('owner')
    await owner.call.permission.member.setRole({ userId: owner.user.id, roleId: id })
    expect(await countOwners()).toBe(1)
  })

  test('stays when all owners demote each other at once', async () => {
    const others = await Promise.all([1, 2, 3].map(() => desk.addMember('owner')))
    const owners = [owner, ...others]
    const { id: roleId } = await findRole('agent')
    const settled = await Promise.allSettled(
      owners.map((each, index) => {
        const userId = owners[(index + 1) % owners.length]?.user.id ?? ''
        return each.call.permission.member.setRole({ userId, roleId })
      }),
    )
    const { items } = await api.database.withTenant(desk.tenantKey, async (db) => ({
      items: await db
        .selectFrom('members')
        .innerJoin('roles', 'roles.id', 'members.role_id')
        .where('roles.built_in', '=', 'owner')
        .select('user_id')
        .execute(),
    }))
    expect(items).toHaveLength(1)
    const refusals = settled.flatMap((each) =>
      each.status === 'rejected' ? [toRefusal(each.reason).data.domain?.code] : [],
    )
    expect(refusals.length).toBeGreaterThan(0)
    expect(refusals.every((code) => code === 'CONFLICT' || code === 'FORBIDDEN')).toBe(true)
  })

  test('stays, and can still enter, when all owners remove each other at once', async () => {
    const second = await desk.addMember('owner')
    await Promise.allSettled([
      owner.call.permission.member.remove({ userId: second.user.id }),
      second.call.permission.member.remove({ userId: owner.user.id }),
    ])
    const entered = await Promise.allSettled([owner.call.permission.mine(), second.call.permission.mine()])
    expect(entered.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('removals of many members at once need no second connection each', async () => {
    await using small = await openTestApi({ pool: { connectionsMax: 2, tenantConnectionsMax: 1 } })
    await using room = await createTestDesk(small)
    const boss = await room.addMember('owner')
    const members = [
      await room.addMember('agent'),
      await room.addMember('agent'),
      await room.addMember('viewer'),
    ]
    await Promise.all(members.map(({ user }) => boss.call.permission.member.remove({ userId: user.id })))
    expect((await boss.call.permission.member.list()).items).toHaveLength(1)
    expect(await createTestPerson(small)).toBeDefined()
  })
})
