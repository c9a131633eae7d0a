import { expect, test } from 'vitest'
import { Breakers, PAUSE_FIRST_MS, PAUSE_MAX_MS, REFUSALS_TO_OPEN } from './breakers.ts'
import { VirtualClock } from './fake-server.ts'

const CAUSE = new Error('Access denied')

function makeBreakers() {
  const clock = new VirtualClock()
  clock.chance = 0
  const breakers = new Breakers(clock)
  const refuse = (times: number) => {
    for (let time = 0; time < times; time++) breakers.refused('a', CAUSE)
  }
  return { clock, breakers, refuse }
}

test('opens after a few refusals in a row, for its account alone, and says why and for how long', () => {
  const { breakers, refuse } = makeBreakers()
  refuse(REFUSALS_TO_OPEN - 1)
  expect(breakers.look('a', true)).toBeUndefined()
  refuse(1)
  expect(breakers.look('a', false)).toEqual({ cause: CAUSE, forMs: PAUSE_FIRST_MS })
  expect(breakers.look('b', true)).toBeUndefined()
})

test('half-open, lets one try and tells the others', async () => {
  const { clock, breakers, refuse } = makeBreakers()
  refuse(REFUSALS_TO_OPEN)
  await clock.advance(PAUSE_FIRST_MS)
  expect(breakers.look('a', false)).toBeUndefined()
  expect(breakers.look('a', true)).toEqual({ cause: CAUSE, forMs: 0 })
})

test('a probe that fails doubles the pause, up to a bound; one that succeeds closes it', () => {
  const { breakers, refuse } = makeBreakers()
  refuse(REFUSALS_TO_OPEN + 1)
  expect(breakers.look('a', false)?.forMs).toBe(2 * PAUSE_FIRST_MS)
  refuse(100)
  expect(breakers.look('a', false)?.forMs).toBe(PAUSE_MAX_MS)
  breakers.forget('a')
  expect(breakers.look('a', true)).toBeUndefined()
})

test('remembers a thousand broken accounts, not more', () => {
  const { breakers, refuse } = makeBreakers()
  refuse(REFUSALS_TO_OPEN)
  for (let other = 0; other < 1_000; other++) breakers.refused(`other ${other}`, CAUSE)
  expect(breakers.look('a', true)).toBeUndefined()
})
