import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.ts'

export interface StartLock {
  readonly release: () => void
}

/**
 * One process at a time for a data folder. Undefined if a living process has it; what a dead one left
 * behind is taken over. Linking a finished file makes both the claim and its content appear at once.
 */
export function takeStartLock(folder: string): StartLock | undefined {
  const path = join(folder, 'start.lock')
  const own = writeClaim(folder)
  try {
    if (!tryLink(own.path, path)) {
      if (!removeStaleClaim(path, folder) || !tryLink(own.path, path)) return undefined
    }
  } finally {
    rmSync(own.path, { force: true })
  }
  return {
    release() {
      if (readText(path) === own.text) rmSync(path, { force: true })
    },
  }
}

function writeClaim(folder: string): { path: string; text: string } {
  const identity = identifyProcess(process.pid)
  const path = join(folder, `start.lock.${randomUUID()}`)
  const text = JSON.stringify({ ...identity, claim: randomUUID() })
  writeFileSync(path, text, { mode: 0o600 })
  return { path, text }
}

/** Renaming first: of two processes that find the same stale claim, only one gets it to remove. */
function removeStaleClaim(path: string, folder: string): boolean {
  const text = readText(path)
  if (text === undefined) return true
  const owner = parseIdentity(text)
  if (owner && isRunning(owner)) return false
  const aside = join(folder, `start.lock.${randomUUID()}`)
  try {
    renameSync(path, aside)
  } catch {
    return true
  }
  const isStale = readText(aside) === text
  if (!isStale) tryLink(aside, path)
  rmSync(aside, { force: true })
  return isStale
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Undefined for a file that a crash of the machine left empty or cut. */
export function parseIdentity(text: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('startedAt' in value))
      return undefined
    const { pid, startedAt } = value
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : undefined
  } catch {
    return undefined
  }
}
