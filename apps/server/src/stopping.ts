import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'

/** What one step of stopping may take before the next one begins anyway. */
export const STOP_STEP_MAX_MS = 15_000
/** mariadbd writes its pages out; killed in the middle it would only have to recover at the next start. */
export const SERVER_STOP_MAX_MS = 65_000

interface Step {
  name: string
  run: () => Promise<unknown>
  maxMs: number
}

/** How this process ends: everything that was started is stopped, last started first. */
export interface Stopping {
  isStopping(): boolean
  /** Runs at the end, before what was added earlier. */
  add(name: string, run: () => Promise<unknown>, maxMs?: number): void
  /** Runs every step once, then leaves with the code. A second call waits for the first. */
  stop(exitCode: number): Promise<never>
}

export function createStopping(log: Logger): Stopping {
  const steps: Step[] = []
  let stopped: Promise<never> | undefined

  async function stopAll(exitCode: number): Promise<never> {
    for (let step = steps.pop(); step; step = steps.pop()) await runStep(step, log)
    process.exit(exitCode)
  }

  const stopping: Stopping = {
    isStopping: () => stopped !== undefined,
    add: (name, run, maxMs = STOP_STEP_MAX_MS) => void steps.push({ name, run, maxMs }),
    stop: (exitCode) => (stopped ??= stopAll(exitCode)),
  }
  return stopping
}

async function runStep({ name, run, maxMs }: Step, log: Logger): Promise<void> {
  const timer = new AbortController()
  const late = sleep(maxMs, 'late', { signal: timer.signal }).catch(() => 'in time')
  try {
    const outcome = await Promise.race([run(), late])
    if (outcome === 'late') log.warn({ step: name, maxMs }, 'a step of stopping took too long and was left')
  } catch (error) {
    log.error({ err: error, step: name }, 'a step of stopping failed')
  } finally {
    timer.abort()
  }
}

/** Ctrl-C and a supervisor's SIGTERM stop in order; a second signal at once. A bug never leaves us half alive. */
export function stopOnSignals(stopping: Stopping, log: Logger): void {
  for (const [signal, exitCode] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(signal, () => {
      // Leaving at once still asks the private server to stop: it is told when this process exits.
      if (stopping.isStopping()) process.exit(exitCode)
      log.info({ signal }, 'stopping')
      void stopping.stop(0)
    })
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error, event }, 'a bug: stopping')
      void stopping.stop(1)
    })
  }
}
