import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { SMALL_SCHEMA } from '../testing-schema.ts'
import { adminQuery, createTestDatabase, createTestTenant, type TestDatabase } from '../testing.ts'
import type { HalfMakingOrder } from './half-making-process.ts'
import { BUILT_IN_STEPS, STEPS_AFTER, STEPS_BEFORE } from './make-tenant.ts'
import { testSteps } from './testing-steps.ts'
import type { StepProgress } from './types.ts'

const server = inject('saraiServer')
/** A process is started, and every step of many tenants is taken twice. */
const KILLED_TIMEOUT_MS = 240_000
const ALL_STEPS = [...STEPS_BEFORE, 'tag', 'person', ...STEPS_AFTER]
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase({ tenantSchema: SMALL_SCHEMA })
})
afterAll(() => database[Symbol.asyncDispose]())

/** Every step but the first, which is the row that says so. */
const BOUNDARIES = ALL_STEPS.slice(1)

function makeTenantHere(tenantKey: string) {
  const input = { tenantKey, name: tenantKey, details: { email: `${tenantKey}@example.test` } }
  return database.createTenant(input, { steps: testSteps() })
}

/** Tenants as a process leaves them that is killed with -9 before each step; the claims of the dead have run out. */
async function leaveHalfMade(prefix: string): Promise<{ tenantKey: string; stopsBefore: string }[]> {
  const tenants = BOUNDARIES.map((step) => ({ tenantKey: `${prefix}-${step}`, stopsBefore: step }))
  const child = fork(fileURLToPath(new URL('half-making-process.ts', import.meta.url)), { execArgv: [] })
  try {
    const { name, secret } = database
    child.send({ server, name, secret, tenants } satisfies HalfMakingOrder)
    const [said] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[]
    expect(said).toBe('stopped')
  } finally {
    child.kill('SIGKILL')
  }
  await noteNames()
  await forgetClaims()
  return tenants
}

async function forgetClaims() {
  await database.master
    .updateTable('provisionings')
    .set({ claimed_until: new Date(0) })
    .execute()
}

/** Every name that was ever reserved here. */
const reserved = new Set<string>()

async function noteNames(): Promise<Set<string>> {
  const rows = await database.master.selectFrom('tenants').selectAll().execute()
  const names = rows.flatMap((row) => [row.account_name, row.migrator_name ?? '', row.database_name])
  for (const name of names) reserved.add(name)
  return new Set(names)
}

/** Databases and accounts that are on the server while no row of the control plane names them any more. */
async function listOrphans(): Promise<string[]> {
  const named = await noteNames()
  const seen = await adminQuery(
    server,
    'SELECT user AS name FROM mysql.user UNION SELECT schema_name FROM information_schema.schemata',
  )
  return seen.map(({ name }) => String(name)).filter((name) => reserved.has(name) && !named.has(name))
}

describe('the making of a tenant', () => {
  test('tells and records every step, in order', async () => {
    const told: StepProgress[] = []
    const tenantKey = 'step-by-step'
    await database.createTenant(
      { tenantKey, name: 'Steps', details: { email: 'a@example.test' } },
      { steps: testSteps(), onStep: (step) => void told.push(step) },
    )
    const done = told.filter(({ state }) => state === 'done').map(({ name }) => name)
    expect(done).toEqual(ALL_STEPS)
    const record = await database.findProvisioning(tenantKey)
    expect(record).toMatchObject({ name: 'Steps', direction: 'making', isRunning: false, attempts: 1 })
    expect(record?.steps.map(({ name, state }) => [name, state])).toEqual(ALL_STEPS.map((n) => [n, 'done']))
    expect(record?.endedAt).toBeInstanceOf(Date)
    await database.dropTenant(tenantKey)
  })

  test('can be watched while it runs, and nobody gets in before the end', async () => {
    const tenantKey = 'watched'
    const seen: unknown[] = []
    await database.createTenant(
      { tenantKey, name: 'Watched' },
      {
        onStep: async ({ name, state }) => {
          if (name !== 'verification' || state !== 'running') return
          const record = await database.findProvisioning(tenantKey)
          seen.push(record?.isRunning, record?.steps.find((step) => step.name === 'migrations')?.state)
          seen.push(await database.withTenant(tenantKey, async () => 'in').catch((error) => error.code))
        },
      },
    )
    expect(seen).toEqual([true, 'done', 'TENANT_PROVISIONING'])
    await database.dropTenant(tenantKey)
  })

  test('takes back what a failing step of the caller leaves, in the control plane too', async () => {
    const tenantKey = 'fails-late'
    const told: string[] = []
    const failing = { name: 'failing', run: () => Promise.reject(new Error('the step failed')) }
    const input = { tenantKey, name: 'X', details: { email: 'late@example.test' } }
    await expect(
      database.createTenant(input, {
        steps: [...testSteps(), failing],
        onStep: ({ name, state }) => void told.push(`${name} ${state}`),
      }),
    ).rejects.toThrow('the step failed')
    expect(told.slice(-4)).toEqual(['failing failed', 'failing undone', 'person undone', 'tag undone'])
    expect(await database.findTenant(tenantKey)).toBeUndefined()
    expect(await database.findProvisioning(tenantKey)).toBeUndefined()
    const person = database.master.selectFrom('users').select('id').where('email', '=', input.details.email)
    expect(await person.executeTakeFirst()).toBeUndefined()
  })

  test.each([['Grants'], ['grants'], ['reserve-key'], ['a'.repeat(41)], ['a b']])(
    'refuses a step of the name %j before anything is made',
    async (name) => {
      const step = { name, run: async () => undefined }
      const making = database.createTenant({ tenantKey: 'misnamed', name: 'X' }, { steps: [step] })
      await expect(making).rejects.toThrow(TypeError)
      expect(await database.findTenant('misnamed')).toBeUndefined()
    },
  )

  test('leaves nothing of a tenant that is dropped while it is being made', async () => {
    const tenantKey = 'dropped-meanwhile'
    const making = database.createTenant(
      { tenantKey, name: 'X' },
      {
        onStep: async ({ name, state }) => {
          if (name !== 'accounts' || state !== 'running') return
          await noteNames()
          await database.dropTenant(tenantKey)
        },
      },
    )
    await expect(making).rejects.toMatchObject({ code: 'TENANT_BUSY' })
    expect(await database.findTenant(tenantKey)).toBeUndefined()
    expect(await listOrphans()).toEqual([])
  })
})

describe('a process that is killed with -9 before each step', { timeout: KILLED_TIMEOUT_MS }, () => {
  test('leaves tenants that the next start finishes, with every step done and nothing on the server that no row names', async () => {
    const tenants = await leaveHalfMade('killed')
    const report = await database.resumeTenants({ steps: testSteps() })
    expect(report.left).toEqual([])
    expect(report.finished.toSorted()).toEqual(tenants.map(({ tenantKey }) => tenantKey).toSorted())
    await expectWhole(tenants)
  })

  test('in the middle of it, when the step has been taken and not yet recorded, the next start comes to the same', async () => {
    const tenants = await leaveHalfMade('unrecorded')
    for (const { tenantKey, stopsBefore } of tenants) {
      const last = ALL_STEPS[ALL_STEPS.indexOf(stopsBefore) - 1] ?? ''
      if (last === 'reserve-key') continue
      const { id } = await database.getTenant(tenantKey)
      await database.master
        .updateTable('provisioning_steps')
        .set({ state: 'running' })
        .where('tenant_id', '=', id)
        .where('name', '=', last)
        .execute()
    }
    const report = await database.resumeTenants({ steps: testSteps() })
    expect(report.finished).toHaveLength(tenants.length)
    await expectWhole(tenants)
  })

  test('leaves what the same input goes on with, or what is taken back whole if it cannot be finished', async () => {
    const tenants = await leaveHalfMade('again')
    const [first, ...rest] = tenants
    expect(await makeTenantHere(first?.tenantKey ?? '')).toMatchObject({ status: 'active' })
    const [tag, person] = testSteps()
    const cannot = { ...person, name: 'person', run: () => Promise.reject(new Error('never')) }
    // In some of them the step had been taken before: nothing keeps those from being finished.
    const report = await database.resumeTenants({ steps: [tag ?? cannot, cannot] })
    expect(report.left).toEqual([])
    expect(report.finished.toSorted()).toEqual(['again-active', 'again-verification'])
    expect(report.undone).toHaveLength(rest.length - 2)
    expect(await listOrphans()).toEqual([])
    const people = database.master.selectFrom('users').select('email').where('email', 'like', 'again-%')
    expect((await people.execute()).map(({ email }) => email).toSorted()).toEqual(
      [...report.finished, first?.tenantKey].map((key) => `${String(key)}@example.test`).toSorted(),
    )
    await dropAll([...report.finished, first?.tenantKey ?? ''])
  })

  test('leaves what can be taken back whole, whichever step it was at', async () => {
    const tenants = await leaveHalfMade('back')
    for (const { tenantKey } of tenants) {
      await database.takeBackTenant(tenantKey, { steps: testSteps() })
      expect(await database.findTenant(tenantKey)).toBeUndefined()
    }
    expect(await listOrphans()).toEqual([])
    const people = database.master.selectFrom('users').select('id').where('email', 'like', 'back-%')
    expect(await people.execute()).toEqual([])
    await makeTenantHere('back-grants')
    await expect(database.takeBackTenant('back-grants')).rejects.toMatchObject({ code: 'TENANT_EXISTS' })
    await expect(database.takeBackTenant('back-never')).rejects.toMatchObject({ code: 'TENANT_UNKNOWN' })
    await dropAll(['back-grants'])
  })

  async function expectWhole(tenants: readonly { tenantKey: string }[]) {
    for (const { tenantKey } of tenants) {
      const record = await database.findProvisioning(tenantKey)
      expect(record?.steps.map(({ name, state }) => [name, state])).toEqual(ALL_STEPS.map((n) => [n, 'done']))
      expect(record?.attempts).toBe(2)
      const tags = await database.withTenant(tenantKey, (db) =>
        db.selectFrom('tags').select('name').execute(),
      )
      expect(tags).toEqual([{ name: 'first' }])
    }
    expect(await listOrphans()).toEqual([])
    await dropAll(tenants.map(({ tenantKey }) => tenantKey))
    expect(await listOrphans()).toEqual([])
  }

  async function dropAll(tenantKeys: readonly string[]) {
    for (const tenantKey of tenantKeys) await database.dropTenant(tenantKey)
  }
})

describe('tenants that are half-made', () => {
  test('are left alone while another process is at them', async () => {
    const tenantKey = 'in-other-hands'
    const seen: unknown[] = []
    await database.createTenant(
      { tenantKey, name: 'X' },
      {
        onStep: async ({ name, state }) => {
          if (name !== 'grants' || state !== 'running') return
          seen.push(await database.resumeTenants())
          seen.push(await database.createTenant({ tenantKey, name: 'X' }).catch((error) => error.code))
          seen.push(await database.takeBackTenant(tenantKey).catch((error) => error.code))
        },
      },
    )
    expect(seen).toEqual([{ finished: [], undone: [], left: [] }, 'TENANT_EXISTS', 'TENANT_BUSY'])
    await database.dropTenant(tenantKey)
  })

  test('with steps that are not known here wait for somebody who knows them', async () => {
    await using tenant = await createTestTenant(database)
    await leaveOpen(tenant.record.id, 'invoice')
    const report = await database.resumeTenants()
    expect(report.left).toMatchObject([{ tenantKey: tenant.tenantKey }])
    const steps = [{ name: 'invoice', run: async () => undefined }]
    expect((await database.resumeTenants({ steps })).finished).toEqual([tenant.tenantKey])
  })

  test('are not given to somebody who asks for the same key with another name', async () => {
    await using tenant = await createTestTenant(database, { name: 'Mine' })
    await leaveOpen(tenant.record.id, 'tag')
    const asking = database.createTenant({ tenantKey: tenant.tenantKey, name: 'Theirs' })
    await expect(asking).rejects.toMatchObject({ code: 'TENANT_EXISTS' })
  })

  async function leaveOpen(id: string, step: string) {
    await database.master
      .updateTable('provisionings')
      .set({ ended_at: null })
      .where('tenant_id', '=', id)
      .execute()
    await database.master
      .updateTable('tenants')
      .set({ status: 'provisioning' })
      .where('id', '=', id)
      .execute()
    const row = { tenant_id: id, name: step, ordinal: BUILT_IN_STEPS.length, state: 'pending' as const }
    await database.master.insertInto('provisioning_steps').values(row).execute()
    await database.master
      .updateTable('provisioning_steps')
      .set({ state: 'pending' })
      .where('tenant_id', '=', id)
      .where('name', '=', 'active')
      .execute()
  }
})
