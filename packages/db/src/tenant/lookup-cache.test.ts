import { describe, expect, test } from 'vitest'
import { LookupCache } from './lookup-cache.ts'

const FOUND_TTL_MS = 30_000
const MISSING_TTL_MS = 5_000

function makeCache(options: { foundMax?: number; missingMax?: number } = {}) {
  const rows = new Map<string, string>()
  const loads: string[] = []
  const state = { now: 0, gate: Promise.resolve(), failure: undefined as Error | undefined }
  const cache = new LookupCache<string>({
    load: async (key) => {
      loads.push(key)
      const row = rows.get(key)
      await state.gate
      if (state.failure) throw state.failure
      return row
    },
    foundTtlMs: FOUND_TTL_MS,
    missingTtlMs: MISSING_TTL_MS,
    foundMax: options.foundMax ?? 10,
    missingMax: options.missingMax ?? 10,
    now: () => state.now,
  })
  return { cache, rows, loads, state }
}

describe('the tenant cache', () => {
  test('a found key is asked for once until it expires', async () => {
    const { cache, rows, loads, state } = makeCache()
    rows.set('rabin', 'old')
    expect(await cache.get('rabin')).toBe('old')
    rows.set('rabin', 'new')
    state.now = FOUND_TTL_MS - 1
    expect(await cache.get('rabin')).toBe('old')
    state.now = FOUND_TTL_MS
    expect(await cache.get('rabin')).toBe('new')
    expect(loads).toHaveLength(2)
  })

  test('a missing key is remembered for less long', async () => {
    const { cache, loads, state } = makeCache()
    await cache.get('nobody')
    state.now = MISSING_TTL_MS - 1
    await cache.get('nobody')
    expect(loads).toHaveLength(1)
    state.now = MISSING_TTL_MS
    await cache.get('nobody')
    expect(loads).toHaveLength(2)
  })

  test('callers who ask for one key at once share one load', async () => {
    const { cache, rows, loads } = makeCache()
    rows.set('rabin', 'row')
    const answers = await Promise.all(Array.from({ length: 50 }, () => cache.get('rabin')))
    expect(new Set(answers)).toEqual(new Set(['row']))
    expect(loads).toHaveLength(1)
  })

  test('a load that fails is told to all who wait for it and is not kept', async () => {
    const { cache, rows, state } = makeCache()
    rows.set('rabin', 'row')
    state.failure = new Error('server away')
    const answers = await Promise.allSettled([cache.get('rabin'), cache.get('rabin')])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    state.failure = undefined
    expect(await cache.get('rabin')).toBe('row')
  })

  test('what was being loaded when the key was forgotten is never kept: a new tenant stays visible', async () => {
    const { cache, rows, state } = makeCache()
    const gate = Promise.withResolvers<void>()
    state.gate = gate.promise
    const before = cache.get('rabin')
    rows.set('rabin', 'row')
    cache.forget('rabin')
    const after = cache.get('rabin')
    gate.resolve()
    expect(await before).toBeUndefined()
    expect(await after).toBe('row')
    expect(await cache.get('rabin')).toBe('row')
  })

  test('it never grows past its bounds, drops what was used longest ago, and nonsense pushes no tenant out', async () => {
    const { cache, rows, loads } = makeCache({ foundMax: 2, missingMax: 2 })
    for (const key of ['a', 'b', 'c']) rows.set(key, key)
    await cache.get('a')
    await cache.get('b')
    for (let index = 0; index < 100; index++) await cache.get(`nonsense-${index}`)
    await cache.get('a')
    await cache.get('c')
    loads.length = 0
    await cache.get('a')
    await cache.get('c')
    expect(loads).toEqual([])
    await cache.get('b')
    expect(loads).toEqual(['b'])
  })

  test('all that is kept, missing or being loaded can be forgotten at once', async () => {
    const { cache, rows, loads } = makeCache()
    rows.set('rabin', 'old')
    await cache.get('rabin')
    await cache.get('nobody')
    const late = cache.get('zaitoon')
    cache.forgetAll()
    await late
    rows.set('rabin', 'new')
    rows.set('nobody', 'somebody')
    expect(await Promise.all(['rabin', 'nobody', 'zaitoon'].map((key) => cache.get(key)))).toEqual([
      'new',
      'somebody',
      undefined,
    ])
    expect(loads).toHaveLength(6)
  })
})
