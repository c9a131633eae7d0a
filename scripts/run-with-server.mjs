import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './children.mjs'
import { ensureMariadbProgram } from './ensure-mariadb.mjs'
import { BIN, ROOT } from './paths.mjs'
import { endStragglers } from './stragglers.mjs'
import { testEnvironment } from './test-stages.mjs'

/**
 * A program of ours that starts servers of its own. Nothing of them is left, also when it was interrupted.
 * @param {string} file
 * @param {readonly string[]} args
 */
export async function runWithServer(file, args) {
  await ensureMariadbProgram()
  const folder = mkdtempSync(join(tmpdir(), 'sarai-run-'))
  try {
    const { code } = await run(join(BIN, 'node'), [file, ...args], {
      cwd: ROOT,
      env: testEnvironment(folder),
    })
    return code
  } finally {
    await endStragglers()
    rmSync(folder, { recursive: true, force: true })
  }
}
