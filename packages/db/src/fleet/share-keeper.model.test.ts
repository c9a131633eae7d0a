import fc from 'fast-check'
import { expect, test } from 'vitest'
import { VirtualClock } from '../pool/fake-server.ts'
import { fairShares, SHARE_MIN } from './share-plan.ts'
import { VirtualProcess, VirtualTable } from './virtual-fleet.ts'

/** More runs: `SARAI_MODEL_RUNS=20000 vitest run share-keeper.model`. The seed is fixed; `SARAI_MODEL_SEED` sets another. */
const RUNS = Number(process.env['SARAI_MODEL_RUNS'] ?? 200)
const SEED = Number(process.env['SARAI_MODEL_SEED'] ?? 12)
const TOTAL = 9
/** The longest that a lease of the model goes on once its process should shrink; the terms leave 4 s. */
const LEASE_MS = 3_000
const STEP_MS = 100
/** Shorter than a process that hears nothing is remembered. */
const CUT_OFF_MAX_MS = 25_000

type Step =
  | { do: 'start'; wanted: number; latencyMs: number }
  | { do: 'use'; which: number; share: number }
  | { do: 'cutOff'; which: number; forMs: number }
  | { do: 'kill' | 'leave'; which: number }

const which = fc.nat({ max: 5 })
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('start' as const),
      wanted: fc.integer({ min: SHARE_MIN, max: 12 }),
      latencyMs: fc.nat({ max: 900 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('use' as const),
      which,
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('cutOff' as const),
      which,
      forMs: fc.integer({ min: 500, max: CUT_OFF_MAX_MS }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('kill' as const, 'leave' as const), which }) },
)

/** A fleet in virtual time. Processes start, use what they may, are cut off, die and leave in any order. */
class Fleet {
  readonly clock = new VirtualClock()
  readonly table = new VirtualTable(this.clock, TOTAL)
  processes: VirtualProcess[] = []
  most = 0
  #started = 0

  take(step: Step): void {
    if (step.do === 'start') this.start(step)
    else this.#with(step.which, (process) => this.#do(process, step))
  }

  start({ wanted, latencyMs }: { wanted: number; latencyMs: number }): void {
    const process = new VirtualProcess(this.table, `p${String(this.#started++).padStart(3, '0')}`)
    process.latencyMs = latencyMs
    this.processes.push(process)
    void process.start(wanted)
  }

  /** Time in small steps: at each of them the sum must hold. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      await this.clock.advance(STEP_MS)
      for (const process of this.processes) this.#endLeases(process)
      this.most = Math.max(
        this.most,
        this.processes.reduce((sum, each) => sum + each.weight, 0),
      )
    }
  }

  #do(process: VirtualProcess, step: Exclude<Step, { do: 'start' }>): void {
    if (step.do === 'use') process.inUse = Math.floor(step.share * process.max)
    else if (step.do === 'cutOff') {
      process.isCutOff = true
      this.clock.after(step.forMs, () => (process.isCutOff = false))
    } else if (step.do === 'kill') process.die()
    else this.#leave(process)
  }

  #leave(process: VirtualProcess): void {
    const { keeper } = process
    if (!keeper) return
    process.keeper = undefined
    keeper.drain()
    this.clock.after(LEASE_MS, () => {
      process.inUse = 0
      process.max = 0
      void keeper.stop().then(() => process.die())
    })
  }

  /** What exceeds the share is let go within the time that a lease may take. */
  #endLeases(process: VirtualProcess): void {
    if (process.inUse <= process.max) return
    this.clock.after(LEASE_MS, () => (process.inUse = Math.min(process.inUse, process.max)))
  }

  #with(at: number, act: (process: VirtualProcess) => void): void {
    const alive = this.processes.filter(({ isDead }) => !isDead)
    const process = alive[at % Math.max(1, alive.length)]
    if (process) act(process)
  }
}

test('processes that start, grow, are cut off, die and leave never hold more together than the server lends', async () => {
  const schedule = fc.array(fc.record({ step: anyStep, pauseMs: fc.nat({ max: 4_000 }) }), {
    minLength: 2,
    maxLength: 20,
  })
  await fc.assert(
    fc.asyncProperty(schedule, async (steps) => {
      const fleet = new Fleet()
      for (const { step, pauseMs } of steps) {
        fleet.take(step)
        await fleet.pass(pauseMs)
        expect(fleet.most).toBeLessThanOrEqual(TOTAL)
      }
      // Everything heals: what the dead held comes back, and all who live have their fair share.
      await fleet.pass(70_000)
      expect(fleet.most).toBeLessThanOrEqual(TOTAL)
      const lines = [...fleet.table.lines.values()].map((line) => ({ ...line, isExpired: false }))
      const fair = fairShares(lines, TOTAL)
      for (const { id, isDead, keeper, max } of fleet.processes) {
        if (!isDead && keeper) expect(max).toBe(Math.max(SHARE_MIN, fair.get(id) ?? 0))
      }
    }),
    { numRuns: RUNS, seed: SEED },
  )
}, 600_000)

test('a process that hears nothing keeps its share for a while and then goes by its floor', async () => {
  const fleet = new Fleet()
  fleet.start({ wanted: 9, latencyMs: 1 })
  await fleet.pass(2_000)
  const [process] = fleet.processes
  if (!process) throw new Error('no process')
  process.isCutOff = true
  await fleet.pass(4_000)
  expect(process.max).toBe(9)
  await fleet.pass(3_000)
  expect(process.max).toBe(SHARE_MIN)
  process.isCutOff = false
  await fleet.pass(5_000)
  expect(process.max).toBe(9)
})

test('the next generation of a deploy gets half while both live, and all when the old one has gone', async () => {
  const fleet = new Fleet()
  fleet.start({ wanted: 9, latencyMs: 1 })
  await fleet.pass(2_000)
  fleet.start({ wanted: 9, latencyMs: 1 })
  await fleet.pass(5_000)
  expect(fleet.processes.map(({ max }) => max)).toEqual([5, 4])
  fleet.take({ do: 'leave', which: 0 })
  await fleet.pass(6_000)
  expect(fleet.processes.map(({ max }) => max)).toEqual([0, 9])
})
