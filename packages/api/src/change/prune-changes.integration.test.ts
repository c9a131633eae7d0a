import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDesk, openTestApi, type TestApi, type TestDesk } from '../testing.ts'
import { createChangeFeed } from './change-feed.ts'
import { loadAccess } from '../permission/access.ts'
import { PRUNE_ROWS_MAX, pruneChanges } from './prune-changes.ts'

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

const DAY_MS = 86_400_000

/** Numbered changes of these ages in days; the counter follows. */
async function setChanges(ages: number[]): Promise<void> {
  await api.database.withTenant(desk.tenantKey, async (db) => {
    await db.deleteFrom('changes').execute()
    const rows = ages.map((days, index) => ({
      seq: index + 1,
      kind: 'role.changed',
      entity_id: 'role',
      payload: JSON.stringify({ kind: 'role.changed', entityId: 'role' }),
      created_at: new Date(Date.now() - days * DAY_MS),
    }))
    for (let from = 0; from < rows.length; from += 500) {
      await db
        .insertInto('changes')
        .values(rows.slice(from, from + 500))
        .execute()
    }
    await db.updateTable('change_counter').set({ last_seq: ages.length }).execute()
  })
}

const prune = (kept: { days: number; max: number }) =>
  api.database.withTenant(desk.tenantKey, (db) => pruneChanges(db, kept))
const listSeqs = () =>
  api.database.withTenant(desk.tenantKey, async (db) => {
    const rows = await db.selectFrom('changes').select('seq').orderBy('seq').execute()
    return rows.map(({ seq }) => seq)
  })

test('changes older than the limit go, those within it stay', async () => {
  await setChanges([9, 8, 6, 1])
  expect(await prune({ days: 7, max: 100 })).toBe(2)
  expect(await listSeqs()).toEqual([3, 4])
})

test('changes beyond the number that is kept go, however young', async () => {
  await setChanges([1, 1, 1, 1, 1])
  expect(await prune({ days: 7, max: 2 })).toBe(3)
  expect(await listSeqs()).toEqual([4, 5])
})

test('what is left has no gap, even if two clocks disagreed', async () => {
  await setChanges([9, 6, 8, 1])
  await prune({ days: 7, max: 100 })
  expect(await listSeqs()).toEqual([4])
})

test('more than one statement may delete is deleted by several', async () => {
  await setChanges(Array.from({ length: 2 * PRUNE_ROWS_MAX + 10 }, (_, index) => (index < 2_005 ? 9 : 1)))
  expect(await prune({ days: 7, max: 1e6 })).toBe(2_005)
  expect(await listSeqs()).toHaveLength(5)
})

test('a feed deletes old changes by itself while somebody reads', async () => {
  await setChanges([9, 9, 1])
  const member = await desk.addMember('agent')
  const access = await api.database.withTenant(desk.tenantKey, (db) => loadAccess(db, member.user.id))
  const feed = createChangeFeed({ database: api.database, log: api.log, settings: { pollMs: 5 } })
  const stream = feed.follow({ tenant: desk.tenant, userId: member.user.id, permission: 'chat:read', access })
  await stream.next()
  await expect.poll(listSeqs, { timeout: 30_000 }).toEqual([3])
  feed.close()
})
