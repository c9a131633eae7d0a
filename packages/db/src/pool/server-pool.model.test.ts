import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CONNECTIONS_MAX, PoolModel, type Step, TENANTS } from './pool-model.ts'
import { accountOf } from './virtual-pool.ts'

/** More runs: `SARAI_MODEL_RUNS=20000 vitest run server-pool.model`. The seed is fixed; `SARAI_MODEL_SEED` sets another. */
const RUNS = Number(process.env['SARAI_MODEL_RUNS'] ?? 120)
const SEED = Number(process.env['SARAI_MODEL_SEED'] ?? 12)
const TIMEOUT_MS = 3_600_000

const tenant = fc.nat({ max: TENANTS.length - 1 })
const forMs = fc.nat({ max: 400 })
const step = <T>(weight: number, fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) => ({
  weight,
  arbitrary: fc.record(fields) as fc.Arbitrary<T>,
})

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  step<Extract<Step, { do: 'acquire' }>>(16, {
    do: fc.constant('acquire' as const),
    tenant,
    class: fc.constantFrom('interactive', 'interactive', 'background', 'migration'),
    abortAfterMs: fc.option(fc.nat({ max: 60 }), { nil: undefined, freq: 4 }),
    work: fc.constantFrom('select', 'begin', 'set', 'work 5', 'work 40', 'work 400'),
    holdMs: fc.nat({ max: 30 }),
    isNested: fc.integer({ min: 0, max: 5 }).map((die) => die === 0),
  }),
  step<Extract<Step, { do: 'cut' }>>(1, { do: fc.constant('cut' as const), which: fc.nat({ max: 10 }) }),
  step<Extract<Step, { do: 'evict' }>>(1, { do: fc.constant('evict' as const), tenant }),
  step<Extract<Step, { do: 'together' }>>(2, {
    do: fc.constant('together' as const),
    tenant,
    holdMs: fc.nat({ max: 30 }),
  }),
  step<Extract<Step, { do: 'permit' }>>(1, {
    do: fc.constant('permit' as const),
    holdMs: fc.nat({ max: 30 }),
  }),
  step<Extract<Step, { do: 'reserve' }>>(1, {
    do: fc.constant('reserve' as const),
    holdMs: fc.nat({ max: 30 }),
  }),
  step<Extract<Step, { do: 'resize' }>>(1, {
    do: fc.constant('resize' as const),
    to: fc.integer({ min: 2, max: CONNECTIONS_MAX + 2 }),
  }),
  step<Extract<Step, { do: 'refuse' }>>(1, { do: fc.constant('refuse' as const), tenant, forMs }),
  step<Extract<Step, { do: 'restart' | 'partition' | 'full' | 'silence' | 'deaf' | 'slow' }>>(2, {
    do: fc.constantFrom('restart', 'partition', 'full', 'silence', 'deaf', 'slow'),
    forMs,
  }),
)

test(
  'whatever happens in whatever order: budget kept, own identity, clean session, every call settles once, nothing leaks',
  async () => {
    const schedule = fc.array(fc.record({ step: anyStep, pauseMs: fc.nat({ max: 20 }) }), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(schedule, fc.scheduler(), async (steps, scheduler) => {
        const model = new PoolModel(scheduler)
        const { fake, pool } = model.world
        for (const { step: next, pauseMs } of steps) {
          model.take(next)
          await model.pass(pauseMs)
        }
        await model.heal()
        expect(model.violations).toEqual([])
        expect(model.open).toBe(0)
        expect(pool.stats()).toMatchObject({ waiting: 0, leased: 0, closing: 0, turning: 0, connecting: 0 })
        expect(await model.serveEverybody()).toEqual(TENANTS)
        await model.close()
        expect(model.violations).toEqual([])
        expect(pool.stats()).toMatchObject({ budget: { inUse: 0 }, tenants: [] })
        expect(fake.sessions.size).toBe(0)
      }),
      { numRuns: RUNS, seed: SEED },
    )
  },
  TIMEOUT_MS,
)

/** The most that anybody holds a connection in the next test, its statement included. */
const HOLD_MS = 20
/** One round of turns, handoffs and leases for everybody who waits, on each connection that can work. */
const ROUND_MS = 60
const FLOODS = 4
/** Three connections work: each flooding tenant, and then each class below its floor, may come first once. */
const STARVATION_BOUND_MS = ROUND_MS * (FLOODS + 2)

test(
  `nobody starves: whatever floods the pool, one who holds nothing is served within ${STARVATION_BOUND_MS} ms`,
  async () => {
    const flood = fc.record({
      class: fc.constantFrom('interactive' as const, 'background' as const, 'migration' as const),
      callers: fc.integer({ min: 1, max: 30 }),
      holdMs: fc.integer({ min: 1, max: HOLD_MS }),
    })
    const floods = fc.array(flood, { minLength: 1, maxLength: FLOODS })
    const quiet = fc.record({
      class: fc.constantFrom('interactive' as const, 'background' as const, 'migration' as const),
      atMs: fc.nat({ max: 300 }),
    })
    await fc.assert(
      fc.asyncProperty(floods, quiet, fc.scheduler(), async (given, one, scheduler) => {
        const model = new PoolModel(scheduler, { acquireTimeoutMs: 100_000, queueMax: 1_000 })
        const { clock, pool } = model.world
        let isOver = false
        /** Comes back as soon as it was served, for ever. */
        const ask = (name: string, { class: leaseClass, holdMs }: (typeof given)[number]) => {
          const scope = pool.scope(accountOf(name), { class: leaseClass })
          scope.pool.getConnection((error, connection) => {
            if (error) return
            clock.after(holdMs, () => {
              connection.release()
              if (!isOver) ask(name, { class: leaseClass, holdMs, callers: 1 })
            })
          })
        }
        for (const [at, each] of given.entries()) {
          for (let caller = 0; caller < each.callers; caller++) ask(TENANTS[at] ?? 'a', each)
        }
        await model.pass(one.atMs)
        const askedAt = clock.now()
        let waitedMs = Infinity
        pool.scope(accountOf('quiet'), { class: one.class }).pool.getConnection((error, connection) => {
          if (error) return
          waitedMs = clock.now() - askedAt
          connection.release()
        })
        await model.pass(STARVATION_BOUND_MS)
        isOver = true
        expect(waitedMs).toBeLessThanOrEqual(STARVATION_BOUND_MS)
        expect(model.violations).toEqual([])
      }),
      { numRuns: RUNS / 2, seed: SEED },
    )
  },
  TIMEOUT_MS,
)
