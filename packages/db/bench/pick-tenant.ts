export type Distribution = 'uniform' | 'zipf'

/** Which tenant, by number from 0, is asked for next. */
export type PickTenant = () => number

/** The same seed gives the same tenants in the same order, so that every row of a round has the same work. */
export function makePicker(distribution: Distribution, tenants: number, seed: number): PickTenant {
  const random = makeRandom(seed)
  if (distribution === 'uniform') return () => Math.floor(random() * tenants)
  const reached = cumulate(zipfWeights(tenants))
  return () => firstAbove(reached, random())
}

/** Zipf with exponent 1: the tenant of rank r is asked for in proportion to 1 / r. The sum is 1. */
export function zipfWeights(tenants: number): number[] {
  const weights = Array.from({ length: tenants }, (_, at) => 1 / (at + 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

function cumulate(weights: readonly number[]): number[] {
  let sum = 0
  return weights.map((weight) => (sum += weight))
}

/** By halving: this runs once for every query that is measured. */
function firstAbove(reached: readonly number[], value: number): number {
  let low = 0
  let high = reached.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((reached[middle] ?? 1) > value) high = middle
    else low = middle + 1
  }
  return low
}

/** From 0 up to 1 (mulberry32): small, even enough for choosing tenants, and the same everywhere. */
export function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
