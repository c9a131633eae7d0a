import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import {
  adminQuery,
  createTestDatabase,
  createTestTenant,
  getTenantLogin,
  type TestDatabase,
} from '../testing.ts'
import type { ControlNotice } from './control-change.ts'

const server = inject('saraiServer')
/** A busy machine is no failure. */
const PATIENTLY = { timeout: 30_000, interval: 10 }
const controlPollMs = 20

/** Two processes of one installation, as far as anything but their memory is concerned. */
let here: TestDatabase
let there: TestDatabase

beforeAll(async () => {
  here = await createTestDatabase({ controlPollMs })
  there = await createTestDatabase({ name: here.name, secret: here.secret, controlPollMs })
})
afterAll(async () => {
  await there.close({ graceMs: 0 })
  await here[Symbol.asyncDispose]()
})

function listenTo(database: TestDatabase) {
  const notices: ControlNotice[] = []
  const stop = database.onControlChange((notice) => void notices.push(notice))
  return {
    notices,
    userIds: () => notices.flatMap((notice) => (notice.kind === 'person.changed' ? [notice.userId] : [])),
    [Symbol.dispose]: stop,
  }
}

const say = (database: TestDatabase, ...userIds: string[]) =>
  database.changeControl(async (_trx, announce) => {
    for (const userId of userIds) announce({ kind: 'person.changed', userId })
  })

const countSaid = async () =>
  Number((await adminQuery(server, `SELECT last_seq FROM ${here.name}.control_counter`))[0]?.['last_seq'])

describe('a change of the control plane', () => {
  test('is heard here before it is awaited, elsewhere by itself, and once at both', async () => {
    using own = listenTo(here)
    using others = listenTo(there)
    await say(here, 'a', 'b')
    expect(own.userIds()).toEqual(['a', 'b'])
    await say(there, 'c')
    await vi.waitFor(() => {
      expect(others.userIds().toSorted()).toEqual(['a', 'b', 'c'])
      expect(own.userIds()).toEqual(['a', 'b', 'c'])
    }, PATIENTLY)
  })

  test('is heard once by everybody, and others’ in commit order, however many are made at once', async () => {
    using own = listenTo(here)
    using others = listenTo(there)
    const saidHere = Array.from({ length: 40 }, (_, index) => `here-${index}`)
    const saidThere = Array.from({ length: 40 }, (_, index) => `there-${index}`)
    await Promise.all([
      ...saidHere.map((userId) => say(here, userId)),
      ...saidThere.map((userId) => say(there, userId)),
    ])
    const all = new Set([...saidHere, ...saidThere])
    await vi.waitFor(() => {
      expect(own.userIds()).toHaveLength(80)
      expect(others.userIds()).toHaveLength(80)
    }, PATIENTLY)
    expect(new Set(own.userIds())).toEqual(all)
    expect(new Set(others.userIds())).toEqual(all)
    const rows = await adminQuery(
      server,
      `SELECT JSON_VALUE(payload, '$.userId') AS id FROM ${here.name}.control_changes ORDER BY seq`,
    )
    const committed = rows.map(({ id }) => String(id)).filter((id) => id.startsWith('there-'))
    expect(own.userIds().filter((id) => id.startsWith('there-'))).toEqual(committed)
  })

  test('that is rolled back is heard by nobody', async () => {
    using own = listenTo(here)
    const before = await countSaid()
    const failing = here.changeControl(async (_trx, announce) => {
      announce({ kind: 'person.changed', userId: 'nobody' })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(own.notices).toEqual([])
    expect(await countSaid()).toBe(before)
  })

  test('costs a transaction that announces nothing no number', async () => {
    const before = await countSaid()
    expect(await here.changeControl(async () => 42)).toBe(42)
    expect(await countSaid()).toBe(before)
  })

  test('is heard by the others though one listener fails, and by none that has left', async () => {
    const log: string[] = []
    const logging = await createTestDatabase({
      name: here.name,
      secret: here.secret,
      log: ({ message }) => log.push(message),
    })
    try {
      logging.onControlChange(() => {
        throw new Error('a bug')
      })
      const left = listenTo(logging)
      left[Symbol.dispose]()
      using stays = listenTo(logging)
      await say(logging, 'a')
      expect(stays.userIds()).toEqual(['a'])
      expect(left.notices).toEqual([])
      expect(log).toContain('a listener to changes of the control plane failed')
    } finally {
      await logging.close({ graceMs: 0 })
    }
  })
})

describe('a process that could not ask for a while', () => {
  test('hears what was said meanwhile, in order', async () => {
    using own = listenTo(here)
    using others = listenTo(there)
    await adminQuery(server, `RENAME TABLE ${here.name}.control_changes TO ${here.name}.control_away`)
    await adminQuery(server, `UPDATE ${here.name}.control_counter SET last_seq = last_seq + 2`)
    const last = await countSaid()
    await adminQuery(
      server,
      `INSERT INTO ${here.name}.control_away (seq, payload, created_at) VALUES (?, ?, NOW()), (?, ?, NOW())`,
      [
        last - 1,
        JSON.stringify({ kind: 'person.changed', userId: 'x' }),
        last,
        JSON.stringify({ kind: 'person.changed', userId: 'y' }),
      ],
    )
    expect(others.notices).toEqual([])
    await adminQuery(server, `RENAME TABLE ${here.name}.control_away TO ${here.name}.control_changes`)
    await vi.waitFor(() => {
      expect(own.userIds()).toEqual(['x', 'y'])
      expect(others.userIds()).toEqual(['x', 'y'])
    }, PATIENTLY)
  })

  test('is told to look everything up again when what was said is not kept any more', async () => {
    using own = listenTo(here)
    using others = listenTo(there)
    await adminQuery(server, `UPDATE ${here.name}.control_counter SET last_seq = last_seq + 5`)
    await vi.waitFor(() => {
      expect(own.notices).toEqual([{ kind: 'everything.changed' }])
      expect(others.notices).toEqual([{ kind: 'everything.changed' }])
    }, PATIENTLY)
    await say(here, 'after')
    await vi.waitFor(() => expect(others.userIds()).toEqual(['after']), PATIENTLY)
  })

  test('is told so too when the control plane was restored to an earlier state', async () => {
    using own = listenTo(here)
    using others = listenTo(there)
    await adminQuery(server, `DELETE FROM ${here.name}.control_changes WHERE seq > 3`)
    await adminQuery(server, `UPDATE ${here.name}.control_counter SET last_seq = 3`)
    await vi.waitFor(() => {
      expect(own.notices).toEqual([{ kind: 'everything.changed' }])
      expect(others.notices).toEqual([{ kind: 'everything.changed' }])
    }, PATIENTLY)
    await say(there, 'again')
    await vi.waitFor(() => expect(own.userIds()).toEqual(['again']), PATIENTLY)
  })
})

describe('a tenant that another process closes', () => {
  test('is closed here too, its connections included, and open again as soon as it is resumed', async () => {
    await using tenant = await createTestTenant(here)
    const { user } = await getTenantLogin(here, tenant.tenantKey)
    const read = () =>
      there.withTenant(tenant.tenantKey, (db) => db.selectFrom('tags').select('id').execute())
    const threads = () =>
      adminQuery(server, 'SELECT id FROM information_schema.processlist WHERE user = ?', [user])
    expect(await read()).toEqual([])
    expect(await threads()).not.toEqual([])
    await here.setTenantStatus(tenant.tenantKey, 'suspended')
    await vi.waitFor(async () => {
      await expect(read()).rejects.toMatchObject({ code: 'TENANT_SUSPENDED' })
      expect(await threads()).toEqual([])
    }, PATIENTLY)
    await here.setTenantStatus(tenant.tenantKey, 'active')
    await vi.waitFor(async () => expect(await read()).toEqual([]), PATIENTLY)
  })

  test('loses what it was running there', async () => {
    await using tenant = await createTestTenant(here)
    const begun = Promise.withResolvers<void>()
    const running = there.withTenant(tenant.tenantKey, (db) =>
      db.transaction().execute(async (trx) => {
        await trx.selectFrom('tags').select('id').execute()
        begun.resolve()
        await new Promise((resolve) => setTimeout(resolve, 3_600_000).unref())
      }),
    )
    running.catch(() => undefined)
    await begun.promise
    await here.setTenantStatus(tenant.tenantKey, 'suspended')
    await vi.waitFor(() => expect(there.stats().leased).toBe(0), PATIENTLY)
  })

  test('is made anew under the same key without being taken for the old one', async () => {
    const first = await createTestTenant(here, { tenantKey: 'made-twice' })
    expect((await there.findTenant('made-twice'))?.id).toBe(first.record.id)
    await here.dropTenant('made-twice')
    await vi.waitFor(async () => expect(await there.findTenant('made-twice')).toBeUndefined(), PATIENTLY)
    await using second = await createTestTenant(here, { tenantKey: 'made-twice' })
    await vi.waitFor(
      async () => expect((await there.findTenant('made-twice'))?.id).toBe(second.record.id),
      PATIENTLY,
    )
  })
})
