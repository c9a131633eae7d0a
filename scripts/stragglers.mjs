import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** In the environment of everything that this run starts, and of everything that those start. */
export const RUN_ID = randomUUID()

const STOP_TIMEOUT_MS = 10_000
const POLL_MS = 50

/**
 * Ends processes of this run that outlived their parents: a database server or a browser has a process group
 * of its own, so ending its parent's group misses it. Linux only; elsewhere nothing tells them apart.
 * @returns {Promise<string[]>} what had to be ended
 */
export async function endStragglers() {
  const found = findStragglers()
  const names = found.map((pid) => `${nameOf(pid)} (${pid})`)
  for (const pid of found) signal(pid, 'SIGTERM')
  for (const deadline = Date.now() + STOP_TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    if (findStragglers().length === 0) return names
  }
  for (const pid of findStragglers()) signal(pid, 'SIGKILL')
  return names
}

function findStragglers() {
  return processIds().filter((pid) => pid !== process.pid && isOfThisRun(pid))
}

/** @returns {number[]} */
function processIds() {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return []
  }
}

/** A zombie has no environment any more, so it does not count. @param {number} pid */
function isOfThisRun(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`SARAI_RUN_ID=${RUN_ID}`)
  } catch {
    return false
  }
}

/** @param {number} pid */
function nameOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return 'process'
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch {
    // It has gone by itself meanwhile.
  }
}
