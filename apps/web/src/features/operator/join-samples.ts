import type { Sample } from './connections-report.ts'

/** What is known already and what is new, without what is older than is kept. A server that began anew only adds. */
export function joinSamples(
  known: readonly Sample[],
  { samples, keptMs, now }: { samples: readonly Sample[]; keptMs: number; now: string },
): Sample[] {
  const oldest = new Date(Date.parse(now) - keptMs).toISOString()
  const last = known.at(-1)?.at ?? ''
  return [...known, ...samples.filter(({ at }) => at > last)].filter(({ at }) => at >= oldest)
}
