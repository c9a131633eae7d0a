import { expect, test } from 'vitest'
import { toCsvLine } from './csv.ts'

test('a cell with a comma, a quote or a line break stays one cell', () => {
  expect(toCsvLine(['a,b', 'say "yes"', 'two\nlines', null, 3])).toBe(
    '"a,b","say ""yes""","two\nlines",,3\r\n',
  )
})

test.each(['=1+1', '+923001234567', '-cmd', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1', '＠x', '|calc'])(
  'what a spreadsheet would run as a formula is text: %j',
  (text) => {
    expect(toCsvLine([text]).replaceAll('"', '')).toBe(`'${text}\r\n`)
  },
)

test.each(['-5', '-5.25', 'a=b', '2026-11-26T08:00:00.000Z', 'علی'])('%s is written as it is', (text) => {
  expect(toCsvLine([text])).toBe(`${text}\r\n`)
})
