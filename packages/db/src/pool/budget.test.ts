import { expect, test } from 'vitest'
import { Budget } from './budget.ts'
import { VirtualClock } from './fake-server.ts'

test('one permit is kept back, so that a statement can be killed while everything is leased', () => {
  const budget = new Budget(3, new VirtualClock())
  expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false])
  expect(budget.takeReserved()).toBe(true)
  expect(budget.takeReserved()).toBe(false)
  expect(budget.inUse).toBe(3)
})

test('a smaller size opens nothing until what exceeds it has gone; the reserved permit stays there', () => {
  const budget = new Budget(6, new VirtualClock())
  for (let taken = 0; taken < 5; taken++) budget.take()
  budget.resize(3)
  expect(budget).toMatchObject({ max: 3, held: 6, excess: 3, hasFree: false })
  expect(budget.takeReserved()).toBe(true)
  for (let given = 0; given < 3; given++) budget.give()
  expect(budget).toMatchObject({ held: 3, excess: 0, hasFree: false, inUse: 3 })
  budget.give()
  expect(budget.take()).toBe(true)
})

test('after the server refused, what we hold is all we get, for a while', async () => {
  const clock = new VirtualClock()
  const budget = new Budget(10, clock)
  budget.take()
  budget.shrink(500)
  expect([budget.limit, budget.take()]).toEqual([2, false])
  await clock.advance(500)
  expect([budget.limit, budget.take()]).toEqual([10, true])
})

test('a permit that nobody took cannot be given back', () => {
  expect(() => new Budget(2, new VirtualClock()).give()).toThrow(/nobody had/)
})

test.each([0, 1, 2.5, Number.NaN])('a budget of %d is refused', (max) => {
  expect(() => new Budget(max, new VirtualClock())).toThrow(RangeError)
})
