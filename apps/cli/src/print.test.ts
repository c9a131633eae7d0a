import { expect, test } from 'vitest'
import { makePrinter } from './print.ts'

function print(isJson: boolean) {
  const written = { out: '', err: '' }
  const printer = makePrinter(
    { isJson },
    { out: (text) => void (written.out += text), err: (text) => void (written.err += text) },
  )
  return { printer, written }
}

const ROWS = [
  { tenantKey: 'rabin', name: 'Rabin', deletedAfter: null },
  { tenantKey: 'zaitoon', name: 'زیتون', deletedAfter: '2026-12-01' },
]

test('people get a table with columns that stand under each other, and no empty words for what is not there', () => {
  const { printer, written } = print(false)
  printer.rows(ROWS, ['tenantKey', 'name', 'deletedAfter'])
  expect(written.out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['tenantKey', 'name', 'deletedAfter'],
    ['rabin', 'Rabin'],
    ['zaitoon', 'زیتون', '2026-12-01'],
    [''],
  ])
})

test('scripts get one JSON value, and what is under way goes to standard error', () => {
  const { printer, written } = print(true)
  printer.progress('Making rabin …')
  printer.rows(ROWS, ['tenantKey'])
  expect(JSON.parse(written.out)).toEqual(ROWS)
  expect(written.err).toBe('Making rabin …\n')
})

test('nothing found is said, and is an empty list for scripts', () => {
  const [people, scripts] = [print(false), print(true)]
  people.printer.rows([], ['tenantKey'])
  scripts.printer.rows([], ['tenantKey'])
  expect(people.written.out).toBe('None.\n')
  expect(JSON.parse(scripts.written.out)).toEqual([])
})
