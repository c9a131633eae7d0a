import { expect, test } from 'vitest'
import { makePicker, makeRandom, zipfWeights } from './pick-tenant.ts'

test('Zipf: the second of all tenants is asked for half as often as the first, and all together always', () => {
  const weights = zipfWeights(200)
  expect(weights[1]).toBeCloseTo((weights[0] ?? 0) / 2)
  expect(weights[99]).toBeCloseTo((weights[0] ?? 0) / 100)
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1)
})

test('picks follow the weights and stay within the tenants', () => {
  const weights = zipfWeights(5)
  const counts = count(makePicker('zipf', 5, 1), 50_000)
  expect(counts).toHaveLength(5)
  for (const [at, share] of weights.entries()) expect((counts[at] ?? 0) / 50_000).toBeCloseTo(share, 1)
})

test('uniform picks reach every tenant about as often', () => {
  const counts = count(makePicker('uniform', 40, 2), 40_000)
  expect(counts).toHaveLength(40)
  for (const times of counts) expect(times / 1_000).toBeCloseTo(1, 0)
})

test('the same seed asks for the same tenants, another seed for others', () => {
  const take = (seed: number) => Array.from({ length: 20 }, makePicker('uniform', 1_000, seed))
  expect(take(7)).toEqual(take(7))
  expect(take(7)).not.toEqual(take(8))
})

test('random numbers lie between 0 and 1, 1 excluded', () => {
  const random = makeRandom(3)
  for (let at = 0; at < 10_000; at++) {
    const value = random()
    expect(value >= 0 && value < 1).toBe(true)
  }
})

function count(pick: () => number, times: number): number[] {
  const counts: number[] = []
  for (let at = 0; at < times; at++) {
    const tenant = pick()
    counts[tenant] = (counts[tenant] ?? 0) + 1
  }
  return counts
}
