import type { Sample } from './connections-report.ts'

/** What one bar of the chart stands for. */
export const MOMENT_MS = 30_000
const NAMED_MAX = 6

export const STATES = ['leased', 'opening', 'turning', 'closing', 'idle'] as const
export type State = (typeof STATES)[number]

/** Half a minute of the connection layer. */
export interface Moment {
  /** Milliseconds since 1970 at which it begins. */
  at: number
  /** Nothing is known of it: the server did not run, or the page has only just been opened. */
  isKnown: boolean
  limit: number
  states: Record<State, number>
  waiting: number
  refused: number
  waits: { count: number; p50Ms: number; p99Ms: number }
  holders: Sample['holders']
  waiters: Sample['waiters']
}

/** The time until `now` in moments of equal length, oldest first, those without a sample included. */
export function toMoments(
  samples: readonly Sample[],
  { now, keptMs }: { now: number; keptMs: number },
): Moment[] {
  const last = Math.floor(now / MOMENT_MS)
  const first = last - Math.floor(keptMs / MOMENT_MS) + 1
  const byMoment = Map.groupBy(samples, ({ at }) => Math.floor(Date.parse(at) / MOMENT_MS))
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const moment = first + index
    return toMoment(moment * MOMENT_MS, byMoment.get(moment) ?? [])
  })
}

function toMoment(at: number, samples: readonly Sample[]): Moment {
  const mean = (read: (sample: Sample) => number) =>
    samples.length === 0 ? 0 : sumOf(samples, read) / samples.length
  const most = (read: (sample: Sample) => number) => Math.max(0, ...samples.map(read))
  return {
    at,
    isKnown: samples.length > 0,
    limit: most(({ limit }) => limit),
    states: {
      leased: mean(({ leased }) => leased),
      opening: mean(({ opening }) => opening),
      turning: mean(({ turning }) => turning),
      closing: mean(({ closing }) => closing),
      idle: mean(({ idle }) => idle),
    },
    waiting: most(({ waiting }) => waiting),
    refused: sumOf(samples, ({ refused }) => refused),
    waits: {
      count: sumOf(samples, ({ waits }) => waits.count),
      p50Ms: most(({ waits }) => waits.p50Ms),
      p99Ms: most(({ waits }) => waits.p99Ms),
    },
    holders: mergeHolders(samples),
    waiters: mergeWaiters(samples),
  }
}

function mergeHolders(samples: readonly Sample[]): Sample['holders'] {
  const all = samples.flatMap(({ holders }) => holders)
  return [...Map.groupBy(all, ({ tenant, label }) => JSON.stringify([tenant, label])).values()]
    .flatMap((same) =>
      same
        .slice(0, 1)
        .map((one) => ({ ...one, connections: sumOf(same, (each) => each.connections) / samples.length })),
    )
    .toSorted((one, other) => other.connections - one.connections)
    .slice(0, NAMED_MAX)
}

function mergeWaiters(samples: readonly Sample[]): Sample['waiters'] {
  const all = samples.flatMap(({ waiters }) => waiters)
  return [...Map.groupBy(all, ({ tenant }) => tenant)]
    .map(([tenant, same]) => ({
      tenant,
      waits: sumOf(same, ({ waits }) => waits),
      refused: sumOf(same, ({ refused }) => refused),
      longestMs: Math.max(...same.map(({ longestMs }) => longestMs)),
    }))
    .toSorted((one, other) => other.waits * other.longestMs - one.waits * one.longestMs)
    .slice(0, NAMED_MAX)
}

function sumOf<Item>(items: readonly Item[], read: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + read(item), 0)
}
