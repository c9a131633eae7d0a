import { newId } from '@sarai/db'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeTenantToken } from '../auth/token.ts'
import { createUser } from '../auth/user.ts'
import {
  createTestDesk,
  createTestPerson,
  enterAs,
  openTestApi,
  readRefusal,
  TEST_BASE_URL,
  type TestApi,
  type TestDesk,
  type TestMember,
} from '../testing.ts'
import type { Role } from './model.ts'
import { INVITATIONS_OPEN_MAX } from './schema.ts'

const PASSWORD = 'correct horse battery'

let api: TestApi
let desk: TestDesk
let owner: TestMember
let agent: Role
let email: string

beforeAll(async () => {
  api = await openTestApi()
})
beforeEach(async () => {
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner')
  agent = await findRole('agent')
  email = `${newId()}@example.test`
  await api.database.master.deleteFrom('attempt_counters').execute()
  return () => desk[Symbol.asyncDispose]()
})
afterAll(() => api[Symbol.asyncDispose]())

async function findRole(name: string): Promise<Role> {
  const { items } = await owner.call.permission.role.list()
  const role = items.find((item) => item.name === name)
  if (!role) throw new Error(`no role ${name}`)
  return role
}

async function invite(roleId = agent.id): Promise<string> {
  const { link } = await owner.call.permission.member.invite({ email, roleId })
  return tokenOf(link)
}

function tokenOf(link: string | null): string {
  expect(link).toMatch(new RegExp(`^${TEST_BASE_URL}/welcome#[\\w-]{64}$`))
  return link?.split('#')[1] ?? ''
}

const nobody = () => enterAs(api, { tenantKey: null, person: null })

async function listActions(): Promise<string[]> {
  const rows = await api.database.withTenant(desk.tenantKey, (db) =>
    db.selectFrom('audit_log').select('action').orderBy('id').execute(),
  )
  return rows.map(({ action }) => action)
}

async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  return (await readRefusal(call)).data.domain?.code
}

describe('an invitation', () => {
  test('makes an account and a member with its role, once; both are written down', async () => {
    const token = await invite()
    expect(await nobody().invitation.read({ token })).toEqual({
      workspace: desk.tenant.name,
      email,
      invitedBy: owner.user.name,
      role: 'agent',
    })
    const accepted = await nobody().invitation.accept({ token, name: 'Nadia', password: PASSWORD })
    expect(accepted).toEqual({ tenantKey: desk.tenantKey, email })
    const { items } = await owner.call.permission.member.list()
    expect(items).toContainEqual(
      expect.objectContaining({ email, name: 'Nadia', role: expect.objectContaining({ name: 'agent' }) }),
    )
    expect(await codeOf(nobody().invitation.read({ token }))).toBe('NOT_FOUND')
    expect(await codeOf(nobody().invitation.accept({ token, name: 'Eve', password: PASSWORD }))).toBe(
      'NOT_FOUND',
    )
    expect(await owner.call.permission.invitation.list()).toEqual({ items: [] })
    expect(await listActions()).toEqual(['member.invited', 'member.joined'])
    const user = await api.database.master
      .selectFrom('users')
      .where('email', '=', email)
      .select('email_verified')
      .executeTakeFirst()
    // The link was shown to be passed on: nobody has proved that the address is theirs.
    expect(user?.email_verified).toBe(0)
  })

  test('lets in who is signed in, whatever address they have', async () => {
    const token = await invite()
    const person = await createTestPerson(api, { name: 'Nadia' })
    expect(await person.enter(null).invitation.join({ token })).toEqual({ tenantKey: desk.tenantKey })
    expect(await person.enter(desk.tenantKey).permission.mine()).toMatchObject({ role: 'agent' })
    // Cut off before the answer arrived, the same person may go on.
    expect(await person.enter(null).invitation.join({ token })).toEqual({ tenantKey: desk.tenantKey })
    const other = await createTestPerson(api)
    expect(await codeOf(other.enter(null).invitation.join({ token }))).toBe('NOT_FOUND')
  })

  test('whose acceptance was cut off half way is finished by the same person', async () => {
    const token = await invite()
    const person = await createTestPerson(api)
    await person.enter(null).invitation.join({ token })
    await api.database.master.deleteFrom('memberships').where('user_id', '=', person.user.id).execute()
    await person.enter(null).invitation.join({ token })
    expect(await person.enter(desk.tenantKey).permission.mine()).toMatchObject({ role: 'agent' })
  })

  test('makes no agent of an owner who follows the link', async () => {
    const token = await invite()
    const refusal = await readRefusal(owner.enter(null).invitation.join({ token }))
    expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details: { tenantKey: desk.tenantKey } })
    expect(await owner.call.permission.mine()).toMatchObject({ role: 'owner' })
  })

  test('for an address with an account says so and makes no other; its owner signs in and joins', async () => {
    const token = await invite()
    await createUser(api.database.master, { name: 'Nadia', email, password: PASSWORD })
    const refusal = await readRefusal(nobody().invitation.accept({ token, name: 'Eve', password: PASSWORD }))
    expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details: { field: 'email' } })
    expect(JSON.stringify(refusal)).not.toContain('userId')
  })

  test('is accepted by one of many who try at once', async () => {
    const token = await invite()
    const people = await Promise.all(Array.from({ length: 5 }, () => createTestPerson(api)))
    const answers = await Promise.allSettled(
      people.map((person) => person.enter(null).invitation.join({ token })),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await owner.call.permission.member.list()).items).toHaveLength(2)
  })

  test('ends when it is revoked, sent again, made again for the same address, or too old', async () => {
    const first = await invite()
    const second = await invite()
    const [open] = (await owner.call.permission.invitation.list()).items
    const third = tokenOf((await owner.call.permission.invitation.resend({ id: open?.id ?? '' })).link)
    for (const token of [first, second])
      expect(await codeOf(nobody().invitation.read({ token }))).toBe('NOT_FOUND')
    expect(await nobody().invitation.read({ token: third })).toMatchObject({ email })
    await owner.call.permission.invitation.revoke({ id: open?.id ?? '' })
    expect(await codeOf(nobody().invitation.read({ token: third }))).toBe('NOT_FOUND')
    const fourth = await invite()
    await api.database.withTenant(desk.tenantKey, (db) =>
      db.updateTable('invitations').set({ expires_at: new Date() }).execute(),
    )
    expect(await codeOf(nobody().invitation.read({ token: fourth }))).toBe('NOT_FOUND')
    expect((await owner.call.permission.invitation.list()).items).toHaveLength(1)
  })

  test('of somebody who may not invite any more lets nobody in', async () => {
    const other = await desk.addMember('owner', 'Another owner')
    const { link } = await other.call.permission.member.invite({ email, roleId: agent.id })
    await owner.call.permission.member.remove({ userId: other.user.id })
    expect(await codeOf(nobody().invitation.read({ token: tokenOf(link) }))).toBe('NOT_FOUND')
  })

  test('is not made for a member, nor without end', async () => {
    const taken = owner.call.permission.member.invite({ email: owner.user.email, roleId: agent.id })
    expect((await readRefusal(taken)).data.domain).toMatchObject({
      code: 'CONFLICT',
      details: { field: 'email' },
    })
    await api.database.withTenant(desk.tenantKey, (db) =>
      db
        .insertInto('invitations')
        .values(
          Array.from({ length: INVITATIONS_OPEN_MAX }, () => ({
            id: newId(),
            email: `${newId()}@example.test`,
            role_id: agent.id,
            token_hash: newId(),
            invited_by: owner.user.id,
            created_at: new Date(),
            expires_at: new Date(),
          })),
        )
        .execute(),
    )
    expect(await codeOf(owner.call.permission.member.invite({ email, roleId: agent.id }))).toBe('CONFLICT')
  })

  test('its token is stored as a hash alone', async () => {
    const token = await invite()
    const rows = await api.database.withTenant(desk.tenantKey, (db) =>
      db.selectFrom('invitations').selectAll().execute(),
    )
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

describe('who attacks', () => {
  test('gets one answer for a made-up link, one of another tenant’s id, and one that was revoked', async () => {
    const tokens = ['nonsense', makeTenantToken(newId()), makeTenantToken(desk.tenant.id)]
    const refusals = await Promise.all(
      tokens.map((token) => readRefusal(nobody().invitation.read({ token }))),
    )
    expect(new Set(refusals.map(({ message }) => message)).size).toBe(1)
    expect(new Set(refusals.map(({ data }) => data.domain?.code))).toEqual(new Set(['NOT_FOUND']))
  })

  test('invites nobody to a role that may do more than they may, and touches no such invitation', async () => {
    const { id: managing } = await owner.call.permission.role.create({
      name: 'Clerk',
      permissions: ['permission:read', 'permission:manage'],
    })
    const clerk = await desk.addMember('agent', 'A clerk')
    await owner.call.permission.member.setRole({ userId: clerk.user.id, roleId: managing })
    const { id: ownerRole } = await findRole('owner')
    const upward = clerk.call.permission.member.invite({ email, roleId: ownerRole })
    expect(await codeOf(upward)).toBe('FORBIDDEN')
    await invite(ownerRole)
    const [open] = (await clerk.call.permission.invitation.list()).items
    expect(await codeOf(clerk.call.permission.invitation.resend({ id: open?.id ?? '' }))).toBe('FORBIDDEN')
    expect(await codeOf(clerk.call.permission.invitation.revoke({ id: open?.id ?? '' }))).toBe('FORBIDDEN')
  })

  test('reaches no invitation of another tenant by its id', async () => {
    await using other = await createTestDesk(api)
    const stranger = await other.addMember('owner')
    await invite()
    const [open] = (await owner.call.permission.invitation.list()).items
    expect(await codeOf(stranger.call.permission.invitation.resend({ id: open?.id ?? '' }))).toBe('NOT_FOUND')
    expect(await codeOf(stranger.call.permission.invitation.revoke({ id: open?.id ?? '' }))).toBe('NOT_FOUND')
    expect(await codeOf(stranger.call.permission.member.invite({ email, roleId: agent.id }))).toBe(
      'NOT_FOUND',
    )
  })

  test('cannot change what is written down', async () => {
    await invite()
    const change = api.database.withTenant(desk.tenantKey, (db) =>
      db.updateTable('audit_log').set({ actor_name: 'Nobody' }).execute(),
    )
    await expect(change).rejects.toThrow(/only added to/)
    const remove = api.database.withTenant(desk.tenantKey, (db) => db.deleteFrom('audit_log').execute())
    await expect(remove).rejects.toThrow(/only added to/)
  })
})
