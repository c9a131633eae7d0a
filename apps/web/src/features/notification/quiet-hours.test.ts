import { expect, test } from 'vitest'
import { isQuiet } from './quiet-hours.ts'

const at = (time: string) => new Date(`2026-11-26T${time}:00`)

test.each([
  {
    from: '22:00',
    to: '07:00',
    quiet: ['22:00', '23:59', '00:00', '06:59'],
    loud: ['07:00', '21:59', '12:00'],
  },
  { from: '12:00', to: '13:30', quiet: ['12:00', '13:29'], loud: ['11:59', '13:30', '00:00'] },
  { from: '09:00', to: '09:00', quiet: ['09:00', '08:59', '20:00'], loud: [] },
])('from $from to $to', ({ from, to, quiet, loud }) => {
  const quietAt = (time: string) => isQuiet({ isOn: true, from, to }, at(time))
  expect(quiet.filter((time) => !quietAt(time))).toEqual([])
  expect(loud.filter(quietAt)).toEqual([])
  expect(isQuiet({ isOn: false, from, to }, at(from))).toBe(false)
})
