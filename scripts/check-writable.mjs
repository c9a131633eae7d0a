import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stop } from './say.mjs'

/**
 * By writing: permissions alone do not tell of a read-only mount, nor of root.
 * @param {string} folder made if it is not there
 */
export function checkWritable(folder) {
  const probe = join(folder, `.sarai-write-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new Stop(
      `Cannot write to the folder ${folder} (${reason}).`,
      'Make it writable for your user, or copy the project to a folder that is, and run the command again.',
    )
  }
}
