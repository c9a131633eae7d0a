import { afterEach, describe, expect, inject, test } from 'vitest'
import type { Database } from '../database.ts'
import { openDatabase } from '../open-database.ts'
import { eventually } from '../pool/real-pool.ts'
import { defineSchema, type TenantSchema } from '../tenant/migrations.ts'
import { countedMigration, SMALL_SCHEMA } from '../testing-schema.ts'
import { adminQuery, createTestDatabase, getTenantLogin, type TestDatabase } from '../testing.ts'

const server = inject('saraiServer')
const opened: Database[] = []
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close()
})

async function openWithSpares(
  of: TestDatabase,
  sparesMax: number,
  tenantSchema: TenantSchema = SMALL_SCHEMA,
) {
  const { name, secret } = of
  const fresh = await openDatabase({ server, name, secret, tenantSchema, upkeep: { sparesMax } })
  opened.push(fresh)
  return fresh
}

async function listSpares({ master }: Database) {
  return master
    .selectFrom('tenants')
    .innerJoin('provisionings', 'provisionings.tenant_id', 'tenants.id')
    .where('tenant_key', 'like', '~%')
    .where('ended_at', 'is not', null)
    .select(['tenants.id', 'schema_version', 'database_name'])
    .orderBy('tenants.id')
    .execute()
}

async function awaitSpares(of: Database, count: number) {
  await eventually(async () => (await listSpares(of)).length === count)
  return listSpares(of)
}

describe('tenants made ahead', () => {
  test('are given away under their new key, as whole as any, and replaced', async () => {
    await using home = await createTestDatabase({ tenantSchema: SMALL_SCHEMA })
    const database = await openWithSpares(home, 2)
    const spares = await awaitSpares(database, 2)
    const told: string[] = []
    const record = await database.createTenant(
      { tenantKey: 'quick', name: 'Quick' },
      { onStep: ({ name, state }) => void (state === 'running' && told.push(name)) },
    )
    expect(record).toMatchObject({ id: spares[0]?.id, tenantKey: 'quick', name: 'Quick', status: 'active' })
    expect(told).toEqual(['verification', 'active'])
    expect((await database.findProvisioning('quick'))?.steps.map(({ state }) => state)).toEqual(
      Array.from({ length: 7 }, () => 'done'),
    )
    expect(await database.withTenant('quick', async () => 'in')).toBe('in')
    const again = await awaitSpares(database, 2)
    expect(again.map(({ id }) => id)).not.toContain(record.id)
  })

  test('are nobody: not found by a key, not taken for half-made, not counted with the fleet', async () => {
    await using home = await createTestDatabase({ tenantSchema: SMALL_SCHEMA })
    const database = await openWithSpares(home, 1)
    await awaitSpares(database, 1)
    const { tenant_key: key } = await database.master
      .selectFrom('tenants')
      .select('tenant_key')
      .executeTakeFirstOrThrow()
    expect(await database.findTenant(key)).toBeUndefined()
    expect(await database.resumeTenants()).toEqual({ finished: [], undone: [], left: [] })
    expect((await database.rolloutStatus()).versions).toEqual([])
    expect(await listSpares(database)).toHaveLength(1)
  })

  test('go to one each of two who come at once, and a third is made', async () => {
    await using home = await createTestDatabase({ tenantSchema: SMALL_SCHEMA })
    const maker = await openWithSpares(home, 2)
    const spares = await awaitSpares(maker, 2)
    await maker.close()
    opened.splice(0)
    const database = await openDatabase({
      server,
      name: home.name,
      secret: home.secret,
      tenantSchema: SMALL_SCHEMA,
      upkeep: { sparesMax: 1 },
    })
    opened.push(database)
    const made = await Promise.all(
      ['one', 'two', 'three'].map((key) => database.createTenant({ tenantKey: `at-${key}`, name: key })),
    )
    const ids = new Set(made.map(({ id }) => id))
    expect(ids.size).toBe(3)
    for (const { id } of spares) expect(ids).toContain(id)
  })

  test('are not spent on a key that is taken', async () => {
    await using home = await createTestDatabase({ tenantSchema: SMALL_SCHEMA })
    const database = await openWithSpares(home, 1)
    await awaitSpares(database, 1)
    await database.createTenant({ tenantKey: 'taken', name: 'First' })
    const [spare] = await awaitSpares(database, 1)
    await expect(database.createTenant({ tenantKey: 'taken', name: 'Second' })).rejects.toMatchObject({
      code: 'TENANT_EXISTS',
    })
    expect((await awaitSpares(database, 1))[0]?.id).toBe(spare?.id)
  })

  test('of an older schema are brought to the newest before anybody gets them', async () => {
    await using home = await createTestDatabase({ tenantSchema: SMALL_SCHEMA })
    const older = await openWithSpares(home, 1)
    const [spare] = await awaitSpares(older, 1)
    const newer = defineSchema({ ...SMALL_SCHEMA.migrations, '0002-more': countedMigration('more') })
    const database = await openWithSpares(home, 1, newer)
    await eventually(async () => (await listSpares(database))[0]?.schema_version === newer.version)
    const record = await database.createTenant({ tenantKey: 'up-to-date', name: 'X' })
    expect(record).toMatchObject({ id: spare?.id, schemaVersion: newer.version })
  })

  test('that a crash left half-made are cleared away', async () => {
    await using home = await createTestDatabase({ tenantSchema: SMALL_SCHEMA })
    const database = await openWithSpares(home, 1)
    const [spare] = await awaitSpares(database, 1)
    await database.close()
    opened.splice(0)
    await home.master.updateTable('provisionings').set({ ended_at: null }).execute()
    expect((await home.resumeTenants()).undone).toHaveLength(1)
    expect(await adminQuery(server, 'SHOW DATABASES LIKE ?', [spare?.database_name])).toEqual([])
  })
})

test('the account of a tenant made ahead has a password that nobody else has', async () => {
  await using home = await createTestDatabase({ tenantSchema: SMALL_SCHEMA })
  const database = await openWithSpares(home, 1)
  await awaitSpares(database, 1)
  await database.createTenant({ tenantKey: 'first', name: 'First' })
  await awaitSpares(database, 1)
  await database.createTenant({ tenantKey: 'second', name: 'Second' })
  const [first, second] = [await getTenantLogin(home, 'first'), await getTenantLogin(home, 'second')]
  expect(first.password).not.toBe(second.password)
  expect(first.database).not.toBe(second.database)
})
