import { setTimeout as sleep } from 'node:timers/promises'
import type { TestMember } from '../src/testing.ts'

const CALLERS = 4
const PAUSE_MS = 20

interface Phase {
  name: string
  tookMs: number[]
  refused: number
}

interface People {
  say: (text: string) => void
  /** Nobody adds anything. Default: every third call does. */
  looksOnly?: boolean
}

/** Who looks at lists, searches, opens cards and adds customers, one after the other, as long as it lasts. */
export function startPeople({ call }: TestMember, { say, looksOnly = false }: People) {
  const phases: Phase[] = []
  let isOver = false
  let made = 0
  const add = async () => {
    const { id } = await call.customer.create({
      name: `Somebody ${made}`,
      email: `made${made++}@people.test`,
    })
    await call.customer.byId({ id })
  }
  const works = [
    () => call.customer.list({}),
    () => call.customer.list({ search: 'someb' }),
    ...(looksOnly ? [] : [add]),
  ]
  const work = async () => {
    for (let turn = 0; !isOver; turn++) {
      const phase = phases.at(-1)
      const since = performance.now()
      try {
        await works[turn % works.length]?.()
        phase?.tookMs.push(performance.now() - since)
      } catch (error) {
        if (phase) phase.refused += 1
        say(`refused: ${String(error)}`)
      }
      await sleep(PAUSE_MS)
    }
  }
  const all = Array.from({ length: CALLERS }, work)
  return {
    phases,
    async during<T>(name: string, what: () => Promise<T>): Promise<T> {
      phases.push({ name, tookMs: [], refused: 0 })
      return what()
    },
    async stop() {
      isOver = true
      await Promise.all(all)
    },
  }
}

/** The smallest value that `share` of all values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
