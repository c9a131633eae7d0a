import { expect, test } from 'vitest'
import { Budget } from './budget.ts'
import { VirtualClock } from './fake-server.ts'
import { Reserve } from './reserve.ts'

test('the reserved permit is with one at a time, and goes to those who wait in order', async () => {
  const budget = new Budget(2, new VirtualClock())
  const reserve = new Reserve(budget)
  const turns: string[] = []
  await reserve.take()
  expect(reserve.isWanted).toBe(false)
  const second = reserve.take().then(() => turns.push('second'))
  const third = reserve.take().then(() => turns.push('third'))
  expect([budget.inUse, reserve.isWanted]).toEqual([1, true])
  reserve.give()
  await second
  expect(turns).toEqual(['second'])
  reserve.give()
  await third
  reserve.give()
  expect(budget.inUse).toBe(0)
})
