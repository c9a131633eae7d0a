import { expect, test } from 'vitest'
import { fromWall, toWall } from './zone-clock.ts'

const wall = (text: string) => new Date(`${text}Z`)

test('nine in the morning is another instant in each zone, also when the clocks were changed in the night', () => {
  expect(fromWall(wall('2026-11-27T09:00'), 'Asia/Karachi').toISOString()).toBe('2026-11-27T04:00:00.000Z')
  expect(fromWall(wall('2026-11-27T09:00'), 'Asia/Kathmandu').toISOString()).toBe('2026-11-27T03:15:00.000Z')
  expect(fromWall(wall('2026-03-29T09:00'), 'Europe/Berlin').toISOString()).toBe('2026-03-29T07:00:00.000Z')
  expect(fromWall(wall('2026-03-28T09:00'), 'Europe/Berlin').toISOString()).toBe('2026-03-28T08:00:00.000Z')
})

test('there and back is where it began', () => {
  for (const zone of ['Asia/Karachi', 'America/St_Johns', 'Pacific/Kiritimati', 'UTC']) {
    const at = new Date('2026-11-27T23:45:00.000Z')
    expect(fromWall(toWall(at, zone), zone)).toEqual(at)
  }
})
