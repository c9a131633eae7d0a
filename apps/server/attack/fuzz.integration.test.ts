import { BATCH_CALLS_MAX } from '@sarai/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fuzz, listFuzzed, openFuzz } from './fuzz.ts'
import { WHOLE_BODIES } from './hostile-input.ts'

/** `npm run fuzz` sends more, and from other seeds. */
const SEED = 20_261_125
const RUNS = 8
/** Bodies are read before anybody looks whose they are: a tenant's procedure and an operator's stand for all. */
const WITH_WHOLE_BODIES = ['customer.create', 'operator.tenant.suspend']

let fuzz: Fuzz

beforeAll(async () => {
  fuzz = await openFuzz()
})

afterAll(() => fuzz[Symbol.asyncDispose]())

test.each(listFuzzed())(
  'whatever $path is sent, it answers with what a caller may be told',
  async (procedure) => {
    await fuzz.attack(procedure, { seed: SEED, runs: RUNS })
    expect(fuzz.takeFaults()).toEqual([])
  },
)

test.each(listFuzzed().filter(({ path }) => WITH_WHOLE_BODIES.includes(path)))(
  'no body makes $path fail, however deep or long',
  async (procedure) => {
    for (const json of WHOLE_BODIES) await fuzz.send(procedure, json)
    expect(fuzz.takeFaults()).toEqual([])
  },
)

test('a batch of a thousand is refused as a whole, by every procedure', async () => {
  expect(BATCH_CALLS_MAX).toBeLessThan(1_000)
  for (const procedure of listFuzzed()) {
    const { status, body } = await fuzz.batch(procedure, 1_000)
    expect([400, 414], body).toContain(status)
  }
  expect(fuzz.takeFaults()).toEqual([])
})
