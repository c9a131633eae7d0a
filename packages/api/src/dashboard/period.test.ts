import { describe, expect, test } from 'vitest'
import { datesOf, lastDays } from './period.ts'

const now = new Date('2026-03-01T09:30:00.000Z')

describe('the last days', () => {
  test('begin at midnight UTC and include today', () => {
    expect(lastDays(3, now)).toMatchObject({ from: new Date('2026-02-27T00:00:00.000Z'), to: now })
  })

  test('are compared with as many days before, up to the same time of day', () => {
    expect(lastDays(3, now).before).toEqual({
      from: new Date('2026-02-24T00:00:00.000Z'),
      to: new Date('2026-02-26T09:30:00.000Z'),
    })
  })

  test('have a date each, oldest first, over the end of a month', () => {
    expect(datesOf(lastDays(3, now))).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'])
  })

  test('are 30 unless told otherwise', () => {
    expect(datesOf(lastDays(undefined, now))).toHaveLength(30)
  })
})
