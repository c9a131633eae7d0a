/** Careful enough for a fleet that is being served: one tenant, a twentieth, a quarter, all. */
export const CAREFUL_WAVES: readonly number[] = [0, 0.05, 0.25, 1]
export const LIMITS_DEFAULT = { failedShareMax: 0.1, latencyMsMax: 2_000 } as const
/** Fewer say nothing about a share; a wave that is smaller is judged when it is through. */
const JUDGED_FROM = 10
const SLOWEST = 0.95

/** In order, each with its wave, counted from 1. @throws RangeError for shares that do not rise from 0 or more to 1. */
export function planWaves<T>(
  tenants: readonly T[],
  shares: readonly number[],
): { tenant: T; wave: number }[] {
  const isRising = shares.every((share, at) => share >= 0 && share <= 1 && share > (shares[at - 1] ?? -1))
  if (!isRising || shares.at(-1) !== 1) throw new RangeError('waves are shares that rise from 0 or more to 1')
  const ends = shares.map((share) => Math.max(1, Math.ceil(share * tenants.length)))
  return tenants.map((tenant, at) => ({ tenant, wave: ends.findIndex((end) => at < end) + 1 }))
}

/** How a wave goes, as far as it has come. */
export interface WaveResult {
  size: number
  failed: number
  latenciesMs: readonly number[]
}

export interface Limits {
  failedShareMax: number
  latencyMsMax: number
}

/** Why nothing further may be begun; undefined while the wave is within its limits. */
export function judgeWave({ size, failed, latenciesMs }: WaveResult, limits: Limits): string | undefined {
  const tried = failed + latenciesMs.length
  if (tried < Math.min(size, JUDGED_FROM)) return undefined
  if (failed / tried > limits.failedShareMax) return `${failed} of ${tried} tenants failed`
  const slowest = latenciesMs.toSorted((a, b) => a - b)[Math.ceil(latenciesMs.length * SLOWEST) - 1] ?? 0
  if (slowest <= limits.latencyMsMax) return undefined
  return `tenants answer after ${Math.round(slowest)} ms, more than ${limits.latencyMsMax}`
}
