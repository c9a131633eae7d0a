import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wasInterrupted } from './children.mjs'
import { elapsed, heading, step, Stop } from './say.mjs'
import { endStragglers } from './stragglers.mjs'
import { sum } from './test-results.mjs'
import { STAGES, testEnvironment } from './test-stages.mjs'

/** @typedef {import('./test-results.mjs').Count} Count */
/** @typedef {import('./test-stages.mjs').Stage} Stage */

/**
 * Every stage, or those that are named, until one fails. The last line is what CI reads.
 * @param {string[]} names
 */
export async function command(names) {
  const stages = choose(names)
  const folder = mkdtempSync(join(tmpdir(), 'sarai-run-'))
  const counts = []
  try {
    for (const stage of stages) {
      const count = await runStage(stage, folder)
      if (wasInterrupted()) return 130
      counts.push(count)
      if (count.failed > 0) break
    }
  } finally {
    await endStragglers()
    rmSync(folder, { recursive: true, force: true })
  }
  return report(sum(counts))
}

/** @param {string[]} names */
function choose(names) {
  const unknown = names.find((name) => !STAGES.some((stage) => stage.name === name))
  if (unknown !== undefined) {
    throw new Stop(
      `There is no test stage "${unknown}".`,
      `Stages: ${STAGES.map(({ name }) => name).join(', ')}.`,
    )
  }
  return names.length === 0 ? STAGES : STAGES.filter((stage) => names.includes(stage.name))
}

/**
 * @param {Stage} stage
 * @param {string} folder
 */
async function runStage(stage, folder) {
  heading(stage.title)
  const startedAt = Date.now()
  const count = await attempt(stage, folder)
  const left = await endStragglers()
  if (left.length > 0) step(`Left running by this stage, ended now: ${left.join(', ')}`)
  if (count.failed === 0) step(`${stage.name} holds (${elapsed(startedAt)})`)
  else if (!wasInterrupted())
    step(`${stage.name} failed (${elapsed(startedAt)}). Mend it, then only this stage: ${stage.again}`)
  return count
}

/**
 * A stage that cannot even begin (no browser, no build) is a failure like another, and is counted.
 * @param {Stage} stage
 * @param {string} folder
 * @returns {Promise<Count>}
 */
async function attempt(stage, folder) {
  try {
    return await stage.run(testEnvironment(folder))
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    console.error(`\n${error.message}\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

/** @param {Count} total */
function report({ passed, failed, skipped }) {
  if (skipped > 0) step(`${skipped} skipped`)
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}
