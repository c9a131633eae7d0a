import { expect, test } from 'vitest'
import { readDate, readFieldValue, readNumber, readText } from './read-cell.ts'

test.each([
  ['1234', 1234],
  ['1,234', 1234],
  ['1,234,567.5', 1234567.5],
  ['1.234.567', 1234567],
  ['1.234,5', 1234.5],
  ['3,5', 3.5],
  ['1.5', 1.5],
  ['-12', -12],
  ['۱۲۳۴', 1234],
  ['١٬٢٣٤٫٥', 1234.5],
  ['1 234', 1234],
  ['1e3', 1000],
  ['12 apples', undefined],
  ['1,2,3', undefined],
  ['--1', undefined],
  ['Infinity', undefined],
])('the number %j is %s', (cell, value) => {
  expect(readNumber(cell)).toBe(value)
})

test.each([
  ['2026-03-04', '2026-03-04', '2026-03-04'],
  ['2026/3/4 00:00:00', '2026-03-04', '2026-03-04'],
  ['2026-03-04T10:00', '2026-03-04', '2026-03-04'],
  ['3/4/2026', '2026-04-03', '2026-03-04'],
  ['۳۔۴۔۲۰۲۶', undefined, undefined],
  ['۰۳-۰۴-۲۰۲۶', '2026-04-03', '2026-03-04'],
  ['3/4/26', undefined, undefined],
])('the date %j is %s day first and %s month first', (cell, dayFirst, monthFirst) => {
  expect(readDate(cell, 'day-first')).toBe(dayFirst)
  expect(readDate(cell, 'month-first')).toBe(monthFirst)
})

const choice = { kind: 'choice', options: ['Gold', 'چاندی'] } as const

test.each([
  [{ kind: 'date', options: [] }, '31/02/2026', undefined],
  [{ kind: 'date', options: [] }, '28/02/2026', '2026-02-28'],
  [choice, 'GOLD', 'Gold'],
  [choice, 'چاندي', 'چاندی'],
  [choice, 'Bronze', undefined],
  [{ kind: 'boolean', options: [] }, 'Yes', true],
  [{ kind: 'boolean', options: [] }, 'نہیں', false],
  [{ kind: 'boolean', options: [] }, 'perhaps', undefined],
  [{ kind: 'text', options: [] }, 'anything', 'anything'],
] as const)('a field takes what is of its kind: %j %j', (field, cell, value) => {
  expect(readFieldValue({ ...field, options: [...field.options] }, cell, 'day-first')).toBe(value)
})

test('the apostrophe that keeps a spreadsheet from running a text is no part of it', () => {
  expect(readText("'+92 300 1234567 ")).toBe('+92 300 1234567')
  expect(readText("'Abd al-Rahman")).toBe("'Abd al-Rahman")
  expect(readText(undefined)).toBe('')
})
