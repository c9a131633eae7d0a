import { expect, test } from 'vitest'
import { makeResultFile, nameResultFile } from './result-file.ts'

test('each row has a line with its outcome and reason, and nothing that a spreadsheet would run', () => {
  const row = { outcome: 'refused', reason: 'email-wrong', customerId: null } as const
  const text = makeResultFile(
    { columns: ['name', '=cmd'] },
    [
      { ...row, rowNumber: 2, cells: ['Amina, "A"', '=1+1'] },
      { ...row, rowNumber: 5, cells: ['علی', '+923001234567'] },
    ],
    { row: 'Row', outcome: 'Result', reason: 'Reason', sayOutcome: () => 'no', sayReason: () => 'why' },
  )
  expect(text).toBe(
    "\uFEFFRow,Result,Reason,name,'=cmd\r\n" +
      '2,no,why,"Amina, ""A""",\'=1+1\r\n' +
      "5,no,why,علی,'+923001234567\r\n",
  )
})

test('the file is called after the one that was imported', () => {
  expect(nameResultFile('people.2026.csv', 'results')).toBe('people.2026 (results).csv')
})
