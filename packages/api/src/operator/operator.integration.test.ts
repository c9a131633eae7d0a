import { TENANT_GRACE_DAYS } from '@sarai/db'
import { adminQuery } from '@sarai/db/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createTestDesk,
  createTestPerson,
  enterAs,
  openTestApi,
  readRefusal,
  type TestApi,
  type TestDesk,
  type TestPerson,
} from '../testing.ts'
import { TENANT_LIST_LIMIT_MAX, TENANT_SEARCH_LENGTH_MAX } from './schema.ts'

let api: TestApi
let operator: TestPerson

beforeAll(async () => {
  api = await openTestApi()
  operator = await createTestPerson(api, { isOperator: true })
})
afterAll(() => api[Symbol.asyncDispose]())

function call() {
  return operator.enter(null).operator
}

async function findUser(email: string) {
  return api.database.master.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()
}

async function renameTable(from: string, to: string) {
  const { server, name } = api.database
  await adminQuery(server, 'RENAME TABLE ??.?? TO ??.??', [name, from, name, to])
}

describe('operator.tenant.create', () => {
  test('makes a workspace whose owner can go in, with a password that is said once', async () => {
    const created = await call().tenant.create({
      tenantKey: 'bazaar',
      name: ' The Bazaar ',
      ownerEmail: 'Amina@bazaar.test',
    })
    expect(created).toMatchObject({
      tenantKey: 'bazaar',
      name: 'The Bazaar',
      status: 'active',
      owner: { email: 'amina@bazaar.test', initialPassword: expect.stringMatching(/^[\w-]{20}$/) },
    })
    const user = await findUser('amina@bazaar.test')
    const owner = {
      user: { id: created.owner.userId, name: user?.name ?? '', email: user?.email ?? '' },
      isOperator: false,
    }
    expect((await enterAs(api, { tenantKey: 'bazaar', person: owner }).permission.mine()).role).toBe('owner')
    await api.database.dropTenant('bazaar')
  })

  test('gives the workspace to somebody who has an account already, and leaves their password alone', async () => {
    const person = await createTestPerson(api, { name: 'Bilal' })
    const created = await call().tenant.create({
      tenantKey: 'second',
      name: 'Second',
      ownerEmail: person.user.email.toUpperCase(),
    })
    expect(created.owner).toEqual({ userId: person.user.id, email: person.user.email, initialPassword: null })
    expect((await person.enter('second').permission.role.list()).items).toHaveLength(4)
    await api.database.dropTenant('second')
  })

  test('takes an owner whose e-mail address is longer than a name may be', async () => {
    const ownerEmail = `${'x'.repeat(200)}@example.test`
    const created = await call().tenant.create({ tenantKey: 'lengthy', name: 'Lengthy', ownerEmail })
    expect(created.owner.email).toBe(ownerEmail)
    await api.database.dropTenant('lengthy')
  })

  test('refuses a key that is taken and leaves that workspace and its people as they were', async () => {
    await using desk = await createTestDesk(api)
    const owner = await desk.addMember('owner')
    const refusal = await readRefusal(
      call().tenant.create({ tenantKey: desk.tenantKey, name: 'Thief', ownerEmail: 'thief@example.test' }),
    )
    expect(refusal.data).toMatchObject({ code: 'CONFLICT', domain: { code: 'TENANT_EXISTS' } })
    expect((await owner.call.tenant.info()).name).toBe(desk.tenant.name)
    expect(await findUser('thief@example.test')).toBeUndefined()
  })

  test('lets one of two win who take the same key at once', async () => {
    const settled = await Promise.allSettled(
      [1, 2].map((index) =>
        call().tenant.create({
          tenantKey: 'contested',
          name: 'A',
          ownerEmail: `owner-${index}@example.test`,
        }),
      ),
    )
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await api.database.dropTenant('contested')
  })

  test('takes everything back when a step fails, so that the same input can be tried again', async () => {
    const input = { tenantKey: 'halfway', name: 'Halfway', ownerEmail: 'owner@halfway.test' }
    await renameTable('memberships', 'memberships_away')
    try {
      await readRefusal(call().tenant.create(input))
    } finally {
      await renameTable('memberships_away', 'memberships')
      api.bugs.splice(0)
    }
    expect(await api.database.findTenant('halfway')).toBeUndefined()
    expect(await findUser(input.ownerEmail)).toBeUndefined()
    expect(await call().tenant.create(input)).toMatchObject({ tenantKey: 'halfway' })
    await api.database.dropTenant('halfway')
  })

  test('cut off after the owner was made goes on when it is asked again, with a password that can still be told', async () => {
    const input = { tenantKey: 'cut-off', name: 'Cut off', ownerEmail: 'owner@cut-off.test' }
    const first = await call().tenant.create(input)
    const { id } = await api.database.getTenant('cut-off')
    await leaveAtStep(id, 'owner')
    const again = await call().tenant.create(input)
    expect(again.owner).toMatchObject({
      userId: first.owner.userId,
      initialPassword: expect.stringMatching(/^[\w-]{20}$/),
    })
    expect(again.owner.initialPassword).not.toBe(first.owner.initialPassword)
    const steps = (await api.database.findProvisioning('cut-off'))?.steps ?? []
    expect(steps.map(({ name }) => name)).toEqual(expect.arrayContaining(['roles', 'owner']))
    expect(new Set(steps.map(({ state }) => state))).toEqual(new Set(['done']))
    await api.database.dropTenant('cut-off')
  })

  /** As a process leaves it that was killed between what the step does and the record of it. */
  async function leaveAtStep(tenantId: string, step: string) {
    const { master } = api.database
    await master.updateTable('tenants').set({ status: 'provisioning' }).where('id', '=', tenantId).execute()
    await master
      .updateTable('provisionings')
      .set({ ended_at: null })
      .where('tenant_id', '=', tenantId)
      .execute()
    for (const [name, state] of [
      [step, 'running'],
      ['verification', 'pending'],
      ['active', 'pending'],
    ] as const) {
      await master
        .updateTable('provisioning_steps')
        .set({ state })
        .where('tenant_id', '=', tenantId)
        .where('name', '=', name)
        .execute()
    }
  }

  test.each([
    ['tenantKey', { tenantKey: 'operator' }],
    ['tenantKey', { tenantKey: 'A b' }],
    ['name', { name: ' ' }],
    ['ownerEmail', { ownerEmail: 'nobody' }],
  ])('refuses a wrong %s beside its field', async (field, wrong) => {
    const input = { tenantKey: 'fine', name: 'Fine', ownerEmail: 'owner@example.test', ...wrong }
    const refusal = await readRefusal(call().tenant.create(input))
    expect(Object.keys(refusal.data.fields?.fieldErrors ?? {})).toEqual([field])
  })
})

describe('operator.tenant.suspend and resume', () => {
  test('close a workspace to its members and open it again, with everything in it', async () => {
    await using desk = await createTestDesk(api)
    const member = await desk.addMember('owner')
    const { id } = await member.call.customer.create({ name: 'Amina' })
    expect((await call().tenant.suspend({ tenantKey: desk.tenantKey })).status).toBe('suspended')
    expect((await call().tenant.suspend({ tenantKey: desk.tenantKey })).status).toBe('suspended')
    expect((await readRefusal(member.call.customer.byId({ id }))).data.domain?.code).toBe('TENANT_SUSPENDED')
    expect((await call().tenant.resume({ tenantKey: desk.tenantKey })).status).toBe('active')
    expect((await call().tenant.resume({ tenantKey: desk.tenantKey })).status).toBe('active')
    expect((await member.call.customer.byId({ id })).name).toBe('Amina')
  })

  test('leave a workspace alone that is in neither state', async () => {
    await using desk = await createTestDesk(api)
    await api.database.setTenantStatus(desk.tenantKey, 'archived')
    for (const change of ['suspend', 'resume'] as const) {
      const refusal = await readRefusal(call().tenant[change]({ tenantKey: desk.tenantKey }))
      expect(refusal.data.domain).toMatchObject({ code: 'CONFLICT', details: { status: 'archived' } })
    }
  })

  test('say of a key that nobody has that nobody has it', async () => {
    const refusal = await readRefusal(call().tenant.suspend({ tenantKey: 'no-such-tenant' }))
    expect(refusal.data).toMatchObject({ code: 'NOT_FOUND', domain: { code: 'TENANT_UNKNOWN' } })
  })
})

describe('operator.tenant.archive, restore and delete', () => {
  test('close a workspace for thirty days and bring it back as it was', async () => {
    await using desk = await createTestDesk(api)
    const { tenantKey } = desk
    const member = await desk.addMember('owner')
    const { id } = await member.call.customer.create({ name: 'Amina' })
    await call().tenant.suspend({ tenantKey })
    const before = Date.now()
    expect((await call().tenant.archive({ tenantKey })).status).toBe('archived')
    const [listed] = (await call().tenant.list({ search: tenantKey, status: 'archived' })).items
    const daysLeft = (Date.parse(listed?.deletedAfter ?? '') - before) / 86_400_000
    expect(Math.round(daysLeft)).toBe(TENANT_GRACE_DAYS)
    expect((await call().tenant.archive({ tenantKey })).status).toBe('archived')
    const [again] = (await call().tenant.list({ search: tenantKey })).items
    expect(again?.deletedAfter).toBe(listed?.deletedAfter)
    expect((await readRefusal(member.call.customer.byId({ id }))).data.domain?.code).toBe('TENANT_ARCHIVED')
    expect((await call().tenant.restore({ tenantKey })).status).toBe('active')
    expect((await member.call.customer.byId({ id })).name).toBe('Amina')
    expect((await call().tenant.list({ search: tenantKey, status: 'archived' })).items).toEqual([])
  })

  test('delete an archived workspace and what only it had; its people stay, and its key is free', async () => {
    const desk = await createTestDesk(api)
    const { tenantKey } = desk
    const member = await desk.addMember('owner')
    await call().tenant.archive({ tenantKey })
    expect(await call().tenant.delete({ tenantKey, confirmedKey: tenantKey })).toEqual({ tenantKey })
    expect((await readRefusal(call().tenant.restore({ tenantKey }))).data.domain?.code).toBe('TENANT_UNKNOWN')
    expect(await member.enter(null).tenant.mine()).toEqual({ items: [], isOperator: false })
    expect(await findUser(member.user.email)).toBeDefined()
    expect(
      await call().tenant.create({ tenantKey, name: 'Again', ownerEmail: member.user.email }),
    ).toMatchObject({ owner: { userId: member.user.id } })
    await api.database.dropTenant(tenantKey)
  })

  test('refuse to delete one that is open, or whose key is typed wrong', async () => {
    await using desk = await createTestDesk(api)
    const { tenantKey } = desk
    const open = await readRefusal(call().tenant.delete({ tenantKey, confirmedKey: tenantKey }))
    expect(open.data.domain).toMatchObject({ code: 'CONFLICT', details: { status: 'active' } })
    await call().tenant.archive({ tenantKey })
    const wrong = await readRefusal(call().tenant.delete({ tenantKey, confirmedKey: `${tenantKey}x` }))
    expect(Object.keys(wrong.data.fields?.fieldErrors ?? {})).toEqual(['confirmedKey'])
    expect(await api.database.findTenant(tenantKey)).toMatchObject({ status: 'archived' })
  })
})

describe('operator.tenant.list', () => {
  test('gives every workspace once, by key, over the borders of pages, with its number of people', async () => {
    await using desks = new AsyncDisposableStack()
    const made: TestDesk[] = []
    for (let count = 0; count < 3; count++) made.push(desks.use(await createTestDesk(api)))
    await made[0]?.addMember('owner')
    await made[0]?.addMember('agent')
    const keys: string[] = []
    let cursor: string | null = null
    do {
      const page = await call().tenant.list({ limit: 1, cursor })
      keys.push(...page.items.map(({ tenantKey }) => tenantKey))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(keys).toEqual(made.map(({ tenantKey }) => tenantKey).toSorted())
    const { items } = await call().tenant.list()
    expect(items.find(({ tenantKey }) => tenantKey === made[0]?.tenantKey)?.memberCount).toBe(2)
    expect(Object.keys(items[0] ?? {}).toSorted()).toEqual([
      'createdAt',
      'deletedAfter',
      'figures',
      'isBeingDeleted',
      'load',
      'memberCount',
      'name',
      'schemaVersion',
      'status',
      'tenantKey',
    ])
  })

  test("leaves out tenants that are made ahead and are nobody's yet", async () => {
    await using desk = await createTestDesk(api)
    const rename = (tenant_key: string) =>
      api.database.master
        .updateTable('tenants')
        .set({ tenant_key })
        .where('id', '=', desk.tenant.id)
        .execute()
    await rename('~0123456789abcdef')
    expect((await call().tenant.list()).items).toEqual([])
    await rename(desk.tenantKey)
    expect((await call().tenant.list()).items).toHaveLength(1)
  })

  test('finds by name and by key, in any letters', async () => {
    await using desk = await createTestDesk(api)
    await api.database.master
      .updateTable('tenants')
      .set({ name: 'زیتون 100%' })
      .where('id', '=', desk.tenant.id)
      .execute()
    for (const search of ['زیتون', '100%', desk.tenantKey.slice(5)]) {
      expect((await call().tenant.list({ search })).items.map(({ tenantKey }) => tenantKey)).toEqual([
        desk.tenantKey,
      ])
    }
    expect((await call().tenant.list({ search: 'ایسا کوئی نہیں' })).items).toEqual([])
  })

  test('measures tenants and sorts by what was measured, over the borders of pages, who has no figure last', async () => {
    await using desks = new AsyncDisposableStack()
    const made: TestDesk[] = []
    for (let count = 0; count < 3; count++) made.push(desks.use(await createTestDesk(api)))
    const [busy, quiet, closed] = made
    if (!busy || !quiet || !closed) throw new Error('three were made')
    const owner = await busy.addMember('owner')
    await owner.call.customer.create({ name: 'Amina' })
    await api.database.setTenantStatus(closed.tenantKey, 'suspended')
    expect(await call().tenant.byKey({ tenantKey: busy.tenantKey })).toMatchObject({ figures: null })
    const measured = await call().tenant.measure({ tenantKey: busy.tenantKey })
    expect(measured.figures?.sizeBytes).toBeGreaterThan(0)
    expect(measured.figures?.changesLastDay).toBeGreaterThan(0)
    expect(measured.figures?.writtenAt).not.toBeNull()
    await call().tenant.measure({ tenantKey: closed.tenantKey })

    const list = async (sort: '-activity' | 'activity' | '-load' | '-size') => {
      const keys: string[] = []
      let cursor: string | null = null
      do {
        const page = await call().tenant.list({ sort, cursor, limit: 1 })
        keys.push(...page.items.map(({ tenantKey }) => tenantKey))
        cursor = page.nextCursor
      } while (cursor !== null)
      return keys
    }
    const [one, two, three] = [busy.tenantKey, closed.tenantKey, quiet.tenantKey]
    expect(await list('-activity')).toEqual([one, two, three])
    expect(await list('activity')).toEqual([two, one, three])
    expect((await list('-size')).at(-1)).toBe(three)
    expect((await list('-load')).toSorted()).toEqual([one, two, three].toSorted())
    expect((await call().tenant.byKey({ tenantKey: busy.tenantKey })).load?.leases).toBeGreaterThan(0)
    const unknown = await readRefusal(call().tenant.byKey({ tenantKey: 'no-such-tenant' }))
    expect(unknown.data.domain?.code).toBe('TENANT_UNKNOWN')

    // What is fresh is left alone, whichever process has measured it.
    const before = await api.database.measureTenants()
    expect(before).toMatchObject({ measured: 1, failed: [] })
    expect(await api.database.measureTenants()).toMatchObject({ measured: 0, failed: [] })
  })

  test.each([
    ['limit', { limit: TENANT_LIST_LIMIT_MAX + 1 }],
    ['search', { search: 'x'.repeat(TENANT_SEARCH_LENGTH_MAX + 1) }],
    ['cursor', { cursor: 'Not a key' }],
  ])('refuses a %s out of bounds', async (field, input) => {
    const refusal = await readRefusal(call().tenant.list(input))
    expect(Object.keys(refusal.data.fields?.fieldErrors ?? {})).toEqual([field])
  })
})

test('operator.processes names this process and its share, and is for operators alone', async () => {
  const { items } = await call().processes()
  const own = items.find(({ pid }) => pid === process.pid)
  expect(own?.share).toBeGreaterThan(0)
  expect(JSON.parse(JSON.stringify(items))).toEqual(items)
  const person = await createTestPerson(api)
  const refusal = await readRefusal(person.enter(null).operator.processes())
  expect(refusal.data.code).toBe('FORBIDDEN')
})

describe('operator.connections', () => {
  test('shows the budget, who holds what, and from which procedure, as plain JSON', async () => {
    await using desk = await createTestDesk(api)
    const report = await api.database.withTenant(
      desk.tenantKey,
      (db) => db.connection().execute(() => call().connections()),
      { label: 'customer.export' },
    )
    expect(report.pool.budget.max).toBeGreaterThan(0)
    const [lease] = report.pool.leases.filter(({ tenant }) => tenant === desk.tenantKey)
    expect(lease).toMatchObject({ label: 'customer.export', class: 'interactive', isInTransaction: false })
    expect(report.ledger.tenants.map(({ tenant }) => tenant)).toContain(desk.tenantKey)
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  test('never tells a password, an account or a statement', async () => {
    await using desk = await createTestDesk(api)
    const { account_name: account } = await api.database.master
      .selectFrom('tenants')
      .select('account_name')
      .where('id', '=', desk.tenant.id)
      .executeTakeFirstOrThrow()
    const told = JSON.stringify(await call().connections()).toLowerCase()
    for (const secret of ['password', account.toLowerCase(), 'select ']) expect(told).not.toContain(secret)
  })

  test('is for operators alone', async () => {
    const person = await createTestPerson(api)
    const refusal = await readRefusal(person.enter(null).operator.connections())
    expect(refusal.data.code).toBe('FORBIDDEN')
  })

  test('refuses a time that is none beside its field', async () => {
    const refusal = await readRefusal(call().connections({ historyAfter: 'yesterday' }))
    expect(Object.keys(refusal.data.fields?.fieldErrors ?? {})).toEqual(['historyAfter'])
  })
})

describe('what operators do', () => {
  test('is written down with who, from where, and to what; nothing of it can be changed', async () => {
    await using desk = await createTestDesk(api)
    const { id } = desk.tenant
    await call().tenant.suspend({ tenantKey: desk.tenantKey })
    await call().tenant.resume({ tenantKey: desk.tenantKey })
    const rows = await api.database.master
      .selectFrom('audit_log')
      .where('entity_id', '=', id)
      .selectAll()
      .orderBy('id')
      .execute()
    expect(rows.map(({ action }) => action)).toEqual(['tenant.suspended', 'tenant.resumed'])
    expect(rows[0]).toMatchObject({
      actor_id: operator.user.id,
      address: '192.0.2.1',
      user_agent: 'Test Browser',
    })
    await expect(api.database.master.deleteFrom('audit_log').execute()).rejects.toThrow(/only added to/)
  })

  test('a link to a new password is for somebody who has an account', async () => {
    const person = await createTestPerson(api)
    const { link } = await call().person.makeResetLink({ email: person.user.email })
    const token = link.split('#')[1] ?? ''
    const nobody = enterAs(api, { tenantKey: null, person: null })
    expect(await nobody.auth.password.reset({ token, password: 'correct horse battery' })).toEqual({
      email: person.user.email,
    })
    const refusal = await readRefusal(call().person.makeResetLink({ email: 'nobody@rabin.test' }))
    expect(refusal.data.domain?.code).toBe('NOT_FOUND')
  })
})
