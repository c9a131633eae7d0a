import { newId } from '@sarai/db'
import { expect, test } from 'vitest'
import { type Act, ACTS_MAX, Acts, isText, listContradictions, SNOOZE_MINUTES_MAX } from './schema.ts'

const id = newId()
const read = (acts: unknown) => Acts.safeParse(acts).success

test('acts that contradict or repeat one another are refused, and it is known which', () => {
  const acts: Act[] = [
    { kind: 'addLabel', labelId: id },
    { kind: 'setStatus', status: 'resolved' },
    { kind: 'removeLabel', labelId: id },
    { kind: 'addLabel', labelId: newId() },
    { kind: 'take' },
    { kind: 'snooze', minutes: 60 },
    { kind: 'assign', assigneeId: null },
    { kind: 'reply', body: 'Thank you, {{customer.name}}' },
    { kind: 'note', body: 'done' },
  ]
  expect(listContradictions(acts)).toEqual([2, 5, 6, 8])
  expect(read(acts)).toBe(false)
  expect(read(acts.filter((_, at) => ![2, 5, 6, 8].includes(at)))).toBe(true)
  expect(acts.filter(isText)).toHaveLength(2)
})

test('no act at all, one too many, a snooze beyond the year and a place that nobody fills in are refused', () => {
  const label = () => ({ kind: 'addLabel', labelId: newId() })
  expect(read([])).toBe(false)
  expect(read(Array.from({ length: ACTS_MAX }, label))).toBe(true)
  expect(read(Array.from({ length: ACTS_MAX + 1 }, label))).toBe(false)
  expect(read([{ kind: 'snooze', minutes: SNOOZE_MINUTES_MAX }])).toBe(true)
  expect(read([{ kind: 'snooze', minutes: SNOOZE_MINUTES_MAX + 1 }])).toBe(false)
  expect(read([{ kind: 'reply', body: 'Dear {{customer.age}}' }])).toBe(false)
})
