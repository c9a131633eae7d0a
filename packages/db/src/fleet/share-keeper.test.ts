import { expect, test } from 'vitest'
import { VirtualClock } from '../pool/fake-server.ts'
import { KEPT_MS } from './lease-terms.ts'
import { ShareKeeper } from './share-keeper.ts'
import { SHARE_MIN } from './share-plan.ts'

const LATE_MS = 3_000

test('a share is kept from when it was asked for, however late the answer came', async () => {
  const clock = new VirtualClock()
  const budget = { max: 9, held: 9, resize: (max: number) => void (budget.max = max) }
  const asked: number[] = []
  const keeper = new ShareKeeper({
    clock,
    budget,
    wanted: 9,
    lent: { share: 9, askedAt: clock.now() },
    onEvent: () => undefined,
    wire: {
      // The first is answered late, the others never.
      exchange: () => {
        asked.push(clock.now())
        return new Promise((resolve) => {
          if (asked.length === 1) clock.after(LATE_MS, () => resolve({ share: 9, total: 9, others: 0 }))
        })
      },
      giveBack: () => Promise.resolve(),
    },
  })
  while (asked.length === 0) await clock.advance(10)
  await clock.advance(KEPT_MS - 20)
  expect(budget.max).toBe(9)
  await clock.advance(40)
  expect(budget.max).toBe(SHARE_MIN)
  expect(keeper).toBeDefined()
})
