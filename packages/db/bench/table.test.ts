import { expect, test } from 'vitest'
import { makeTable } from './table.ts'

test('columns are as wide as what is in them, numbers to the right', () => {
  const table = makeTable(
    ['row', 'ms'],
    [
      ['ours', '1.5'],
      ['a longer one', '10'],
    ],
  )
  expect(table.split('\n')).toEqual([
    '| row          |  ms |',
    '| ------------ | --: |',
    '| ours         | 1.5 |',
    '| a longer one |  10 |',
  ])
})
