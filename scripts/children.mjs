import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { RUN_ID } from './stragglers.mjs'

/** npm passes on the Ctrl-C that the terminal has already sent, so one press can arrive twice. */
const SAME_PRESS_MS = 700
const PARENT_POLL_MS = 500
const OUTPUT_KEPT_CHARS = 64_000

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ code: number, output: string }} Ended */
/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {'show' | 'pass' | 'keep' | 'both'} [output] `show` (default): it has our terminal; `pass`: it writes to us
 *   and we to the terminal, which may close; `keep`: nothing is shown; `both`: shown and kept
 * @property {boolean} [tied] opens a channel by which the child sees this process die
 */

/** @type {Set<ChildProcess>} */
const running = new Set()
let interruptedAt = 0

export function wasInterrupted() {
  return interruptedAt > 0
}

/** Ctrl-C, `kill` and a closed terminal go to the children once; a second Ctrl-C or `kill` kills them. */
export function watchInterrupts() {
  process.on('SIGINT', () => press('SIGINT'))
  process.on('SIGTERM', () => press('SIGTERM'))
  process.on('SIGHUP', hangUp)
  // A closed terminal, or `npm start | head`: stop in order all the same, only unseen.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', hangUp)
  watchNpm(process.ppid)
}

/** @param {'SIGINT' | 'SIGTERM'} signal */
function press(signal) {
  if (interruptedAt === 0) return stop(signal)
  if (Date.now() - interruptedAt > SAME_PRESS_MS) for (const child of running) killGroup(child)
}

/** Nobody is there to see it, and nobody presses twice. */
function hangUp() {
  if (interruptedAt === 0) stop('SIGTERM')
}

/** @param {'SIGINT' | 'SIGTERM'} signal */
function stop(signal) {
  interruptedAt = Date.now()
  if (running.size === 0) process.exit(exitCodeOf(signal))
  console.error('\nStopping … (once more kills)')
  for (const child of running) child.kill(signal)
}

/**
 * npm dies of a closed terminal without passing it on, and of `kill -9` anyway: without it nobody can press Ctrl-C.
 * @param {number} parent
 */
function watchNpm(parent) {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    hangUp()
  }, PARENT_POLL_MS)
  timer.unref()
}

/** When one of several children has ended and the others make no sense without it. */
export function stopChildren() {
  for (const child of running) child.kill('SIGTERM')
}

/**
 * Runs a program to its end. It gets a process group of its own, so that a Ctrl-C reaches it through us and
 * only once, and so that what stays behind in the group can be ended.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ended>}
 */
export function run(program, args, options = {}) {
  const out = (options.output ?? 'show') === 'show' ? 'inherit' : 'pipe'
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...(options.env ?? process.env), SARAI_RUN_ID: RUN_ID },
    detached: true,
    stdio: ['ignore', out, out, ...(options.tied ? [/** @type {const} */ ('ipc')] : [])],
  })
  running.add(child)
  const text = readOutput(child, options.output ?? 'show')
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      running.delete(child)
      reject(error)
    })
    child.once('exit', () => killGroup(child))
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve({ code: code ?? exitCodeOf(signal), output: text() })
    })
  })
}

/** As a shell reports it. @param {NodeJS.Signals | null} signal */
function exitCodeOf(signal) {
  return signal === null ? 1 : 128 + constants.signals[signal]
}

/** @param {ChildProcess} child */
function killGroup(child) {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Nobody is left in the group, which is what we want.
  }
}

/**
 * @param {ChildProcess} child
 * @param {'show' | 'pass' | 'keep' | 'both'} mode
 */
function readOutput(child, mode) {
  let text = ''
  for (const [from, to] of /** @type {const} */ ([
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])) {
    from?.setEncoding('utf8')
    from?.on('data', (chunk) => {
      if (mode !== 'pass') text = (text + chunk).slice(-OUTPUT_KEPT_CHARS)
      if (mode !== 'keep') to.write(chunk)
    })
  }
  return () => text
}
