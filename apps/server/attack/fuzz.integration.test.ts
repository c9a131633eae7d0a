import { BATCH_CALLS_MAX } from '@sarai/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fuzz, openFuzz } from './fuzz.ts'
import { WHOLE_BODIES } from './hostile-input.ts'
import { listAttacked } from './rows.ts'

/** `npm run fuzz` sends more, and from other seeds. */
const SEED = 20_261_125
const RUNS = 15

let fuzz: Fuzz

beforeAll(async () => {
  fuzz = await openFuzz()
})

afterAll(() => fuzz[Symbol.asyncDispose]())

test.each(listAttacked())(
  'whatever $path is sent, it answers with what a caller may be told',
  async (procedure) => {
    await fuzz.attack(procedure, { seed: SEED, runs: RUNS })
    expect(fuzz.takeFaults()).toEqual([])
  },
)

test.each(listAttacked().filter(({ type }) => type === 'mutation'))(
  'no body makes $path fail, however deep or long',
  async (procedure) => {
    for (const json of WHOLE_BODIES) await fuzz.send(procedure, json)
    expect(fuzz.takeFaults()).toEqual([])
  },
)

test('a batch of a thousand is refused as a whole, by every procedure', async () => {
  expect(BATCH_CALLS_MAX).toBeLessThan(1_000)
  for (const procedure of listAttacked()) {
    const { status, body } = await fuzz.batch(procedure, 1_000)
    expect([400, 414], body).toContain(status)
  }
  expect(fuzz.takeFaults()).toEqual([])
})
