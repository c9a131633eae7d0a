import { describe, expect, test } from 'vitest'
import { CAREFUL_WAVES, judgeWave, LIMITS_DEFAULT, planWaves } from './waves.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at)

describe('waves', () => {
  test('a canary, then shares, then the rest: nobody is left out, nobody comes twice', () => {
    const planned = planWaves(numbers(100), CAREFUL_WAVES)
    const sizes = [1, 2, 3, 4].map((wave) => planned.filter((tenant) => tenant.wave === wave).length)
    expect(sizes).toEqual([1, 4, 20, 75])
    expect(planned.map(({ tenant }) => tenant)).toEqual(numbers(100))
  })

  test.each([0, 1, 2, 3])('of a fleet of %i everybody has a wave', (count) => {
    const waves = planWaves(numbers(count), CAREFUL_WAVES).map(({ wave }) => wave)
    expect(waves).toHaveLength(count)
    expect(waves.every((wave, at) => wave >= (waves[at - 1] ?? 1))).toBe(true)
  })

  test.each([[[]], [[0.5]], [[0.5, 0.5, 1]], [[0.5, 0.2, 1]], [[-1, 1]], [[1, 2]], [[NaN, 1]]])(
    'refuses the shares %j',
    (shares) => {
      expect(() => planWaves(numbers(3), shares)).toThrow(RangeError)
    },
  )
})

describe('a wave', () => {
  const healthy = { size: 100, failed: 0, latenciesMs: numbers(50).map(() => 5) }

  test('within its limits goes on', () => {
    expect(judgeWave(healthy, LIMITS_DEFAULT)).toBeUndefined()
    expect(judgeWave({ ...healthy, failed: 5 }, LIMITS_DEFAULT)).toBeUndefined()
  })

  test('stops when more fail than may, as soon as enough have been tried', () => {
    expect(judgeWave({ ...healthy, failed: 6 }, LIMITS_DEFAULT)).toMatch(/6 of 56 tenants failed/)
    expect(judgeWave({ size: 100, failed: 9, latenciesMs: [] }, LIMITS_DEFAULT)).toBeUndefined()
    expect(judgeWave({ size: 100, failed: 10, latenciesMs: [] }, LIMITS_DEFAULT)).toMatch(/10 of 10/)
  })

  test('of one, the canary, stops when it fails', () => {
    expect(judgeWave({ size: 1, failed: 1, latenciesMs: [] }, LIMITS_DEFAULT)).toMatch(/1 of 1/)
    expect(judgeWave({ size: 1, failed: 0, latenciesMs: [5] }, LIMITS_DEFAULT)).toBeUndefined()
  })

  test('stops when the slowest twentieth answers later than it may', () => {
    const slow = [...numbers(95).map(() => 5), ...numbers(5).map(() => 3_000)]
    expect(judgeWave({ ...healthy, latenciesMs: slow }, LIMITS_DEFAULT)).toBeUndefined()
    expect(judgeWave({ ...healthy, latenciesMs: [...slow, 3_000] }, LIMITS_DEFAULT)).toMatch(/3000 ms/)
  })
})
