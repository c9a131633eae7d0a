import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readReport, sum } from './test-results.mjs'

const folder = mkdtempSync(join(tmpdir(), 'sarai-results-'))
afterAll(() => rmSync(folder, { recursive: true }))

function reportOf(content: object): string {
  const path = join(folder, 'report.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

test("Vitest's tests are counted", () => {
  const path = reportOf({ numPassedTests: 5, numFailedTests: 2, numPendingTests: 1, numTodoTests: 0 })
  expect(readReport(path, 1)).toEqual({ passed: 5, failed: 2, skipped: 1 })
})

test("Playwright's tests are counted, a flaky one as passed", () => {
  const path = reportOf({ stats: { expected: 3, flaky: 1, unexpected: 2, skipped: 4 } })
  expect(readReport(path, 1)).toEqual({ passed: 4, failed: 2, skipped: 4 })
})

test('a run that fails before its first test counts as one failure', () => {
  expect(readReport(join(folder, 'nothing.json'), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('a run that fails outside of its tests counts as one failure', () => {
  const path = reportOf({ numPassedTests: 5, numFailedTests: 0 })
  expect(readReport(path, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 })
})

test('the stages are added up', () => {
  const one = { passed: 1, failed: 2, skipped: 3 }
  expect(sum([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 })
})
