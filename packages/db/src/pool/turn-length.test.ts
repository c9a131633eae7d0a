import { expect, test } from 'vitest'
import { TURN_MS, TurnLength } from './turn-length.ts'

const FEW = { waiting: 2, connectionsMax: 40, acquireTimeoutMs: 3_000 }

function learn(handoffMs: number): TurnLength {
  const turn = new TurnLength()
  for (let handoff = 0; handoff < 100; handoff++) turn.noteHandoff(handoffMs)
  return turn
}

test('a turn has its least length while handoffs are quick, or unknown', () => {
  expect(new TurnLength().ms(FEW)).toBe(TURN_MS)
  expect(learn(1).ms(FEW)).toBe(TURN_MS)
})

test('where handoffs take long, a turn is ten times as long', () => {
  expect(learn(8).ms(FEW)).toBeCloseTo(80, 1)
})

test('one handoff that hung changes little', () => {
  const turn = learn(4)
  turn.noteHandoff(2_000)
  expect(turn.ms(FEW)).toBeLessThan(150)
})

test('with many who wait, a turn is so short that all come to one within a quarter of their deadline', () => {
  const slow = learn(50)
  expect(slow.ms({ ...FEW, waiting: 300 })).toBeCloseTo((3_000 / 4 / 300) * 40, 1)
  expect(slow.ms({ ...FEW, waiting: 5_000 })).toBe(TURN_MS)
})
