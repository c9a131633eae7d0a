import fc from 'fast-check'
import type { MysqlPoolConnection } from 'kysely'
import { expect, test } from 'vitest'
import { accountOf, makeVirtualPool } from './virtual-pool.ts'

const TENANTS = ['a', 'b', 'c', 'd', 'e']
const CONNECTIONS_MAX = 4
const ACQUIRE_TIMEOUT_MS = 200

type Step =
  | { do: 'acquire'; tenant: number; abortAfterMs: number | undefined; work: string; holdMs: number }
  | { do: 'cut'; which: number }
  | { do: 'evict'; tenant: number }
  | { do: 'permit'; holdMs: number }
  | { do: 'restart' | 'partition'; forMs: number }

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('acquire' as const),
      tenant: fc.nat({ max: TENANTS.length - 1 }),
      abortAfterMs: fc.option(fc.nat({ max: 60 }), { nil: undefined, freq: 4 }),
      work: fc.constantFrom('select', 'begin', 'set', 'work 5', 'work 40', 'work 400'),
      holdMs: fc.nat({ max: 30 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), which: fc.nat({ max: 10 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('evict' as const), tenant: fc.nat({ max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('permit' as const), holdMs: fc.nat({ max: 30 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('restart' as const, 'partition' as const),
      forMs: fc.nat({ max: 150 }),
    }),
  },
)

/** One run of the pool against everything that can happen to it, in virtual time. */
class Model {
  readonly world = makeVirtualPool(
    {
      connectionsMax: CONNECTIONS_MAX,
      tenantConnectionsMax: 3,
      acquireTimeoutMs: ACQUIRE_TIMEOUT_MS,
      leaseWarnMs: 300,
      leaseMaxMs: 600,
    },
    { connectMs: 3 },
  )
  readonly using = new Map<number, string>()
  readonly violations: string[] = []
  open = 0

  take(step: Step): void {
    const { pool } = this.world
    if (step.do === 'acquire') this.acquire(step)
    else if (step.do === 'cut') this.cut(step.which)
    else if (step.do === 'evict') this.settles(pool.evict(nameOf(step.tenant)))
    else if (step.do === 'permit') this.permit(step.holdMs)
    else this.outage(step)
  }

  /** A server that went down has no sessions; one that cannot be reached keeps them. */
  outage(step: { do: string; forMs: number }): void {
    const { fake, clock } = this.world
    const isRestart = step.do === 'restart'
    fake.down = Object.assign(new Error('down'), { code: isRestart ? 'ECONNREFUSED' : 'EHOSTUNREACH' })
    if (isRestart) for (const link of fake.sessions) fake.cut(link)
    clock.after(step.forMs, () => (fake.down = undefined))
  }

  acquire(step: Extract<Step, { do: 'acquire' }>): void {
    const { clock, pool } = this.world
    const name = nameOf(step.tenant)
    const abort = new AbortController()
    if (step.abortAfterMs !== undefined) clock.after(step.abortAfterMs, () => abort.abort())
    const scope = pool.scope(accountOf(name), { signal: abort.signal })
    const askedAt = clock.now()
    this.open += 1
    scope.pool.getConnection((error, connection) => {
      this.must(clock.now() - askedAt <= ACQUIRE_TIMEOUT_MS, 'settled by its deadline')
      if (error) this.open -= 1
      else this.use(connection, { ...step, name })
    })
  }

  use(connection: MysqlPoolConnection, step: { work: string; holdMs: number; name: string }): void {
    const { clock } = this.world
    this.must(!this.using.has(connection.threadId), 'one user at a time')
    this.using.set(connection.threadId, step.name)
    const link = [...this.world.fake.sessions].find((session) => session.threadId === connection.threadId)
    if (link) this.must(link.user === step.name, 'own identity')
    if (link) this.must(!link.isInTransaction && !link.isChanged, 'a clean session')
    connection.query(step.work, [], () => {
      this.using.delete(connection.threadId)
      clock.after(step.holdMs, () => {
        connection.release()
        this.open -= 1
      })
      this.check()
    })
  }

  cut(which: number): void {
    const links = [...this.world.fake.sessions]
    const link = links[which % Math.max(1, links.length)]
    if (link) this.world.fake.cut(link)
  }

  permit(holdMs: number): void {
    const { pool, fake } = this.world
    this.settles(
      pool.withPermit('admin', () => {
        this.check()
        return fake.wait(holdMs)
      }),
    )
  }

  settles(work: Promise<unknown>): void {
    this.open += 1
    const done = () => (this.open -= 1)
    work.then(done, done)
  }

  /** After all that, every tenant is served as if nothing had been. */
  async serveEverybody(): Promise<string[]> {
    const { clock, pool } = this.world
    const served: string[] = []
    for (const name of TENANTS) {
      pool.scope(accountOf(name)).pool.getConnection((error, connection) => {
        if (error) return
        served.push(name)
        connection.release()
      })
      await clock.advance(ACQUIRE_TIMEOUT_MS)
    }
    return served
  }

  check(): void {
    const { pool, fake } = this.world
    const { inUse } = pool.stats().budget
    this.must(inUse <= CONNECTIONS_MAX, 'the budget')
    this.must(fake.sessions.size <= inUse, 'a permit for each session')
  }

  /** Noted, not thrown: these run inside the callbacks of the pool. */
  must(isSo: boolean, what: string): void {
    if (!isSo) this.violations.push(what)
  }
}

test('whatever happens in whatever order: budget kept, own identity, clean session, every call settles, nothing leaks', async () => {
  const schedule = fc.array(fc.record({ step: anyStep, pauseMs: fc.nat({ max: 20 }) }), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(schedule, async (steps) => {
      const model = new Model()
      const { clock, fake, pool } = model.world
      for (const { step: next, pauseMs } of steps) {
        model.take(next)
        await clock.advance(pauseMs)
        model.check()
      }
      await clock.advance(10_000)
      expect(model.violations).toEqual([])
      expect(model.open).toBe(0)
      expect(fake.sessionsMost).toBeLessThanOrEqual(CONNECTIONS_MAX)
      expect(pool.stats()).toMatchObject({ waiting: 0, leased: 0, closing: 0, turning: 0, connecting: 0 })
      expect(await model.serveEverybody()).toEqual(TENANTS)
      const closed = pool.close()
      await clock.advance(20_000)
      await closed
      expect(pool.stats()).toMatchObject({ budget: { inUse: 0 }, tenants: [] })
      expect(fake.sessions.size).toBe(0)
    }),
    { numRuns: 150 },
  )
})

function nameOf(tenant: number): string {
  return TENANTS[tenant % TENANTS.length] ?? 'a'
}
