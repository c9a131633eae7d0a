import { existsSync, readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

export const NO_TESTS = Object.freeze({ passed: 0, failed: 0, skipped: 0 })

/**
 * What a runner's JSON report says. A run that failed counts at least one failure, also when it broke before
 * it could count: no report, a file that does not load, an error outside a test.
 * @param {string} path
 * @param {number} exitCode
 * @returns {Count}
 */
export function readReport(path, exitCode) {
  const count = existsSync(path) ? countTests(JSON.parse(readFileSync(path, 'utf8'))) : NO_TESTS
  return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

/**
 * Vitest reports `numPassedTests` and so on, Playwright `stats`.
 * @param {Record<string, number> & { stats?: Record<string, number> }} report
 * @returns {Count}
 */
function countTests({ stats, ...vitest }) {
  if (!stats) {
    const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = vitest
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
  }
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = stats
  return { passed: expected + flaky, failed: unexpected, skipped }
}

/**
 * @param {readonly Count[]} counts
 * @returns {Count}
 */
export function sum(counts) {
  return counts.reduce(
    (total, count) => ({
      passed: total.passed + count.passed,
      failed: total.failed + count.failed,
      skipped: total.skipped + count.skipped,
    }),
    NO_TESTS,
  )
}
