import type { Installation } from '../installation.ts'
import { dropRetiredAccounts } from '../secret/retired-accounts.ts'
import { refillSpares } from './spares.ts'

export const UPKEEP_EVERY_MS = 30_000

export interface UpkeepOptions {
  /** Tenants made ahead, so that a new one takes milliseconds. 0: none. */
  sparesMax: number
}

/** What has to be done now and then in an installation, by one process after the other. */
export interface Upkeep {
  /** Something has been taken: do not wait for the next turn. */
  wake(): void
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>
}

export function startUpkeep(installation: Installation, { sparesMax }: UpkeepOptions): Upkeep {
  let isStopping = false
  let running: Promise<void> | undefined
  let isAskedAgain = false

  async function run(): Promise<void> {
    try {
      await dropRetiredAccounts(installation)
      await refillSpares(installation, { sparesMax, isStopping: () => isStopping })
    } catch (error) {
      if (isStopping) return
      installation.log({ level: 'warn', message: 'the upkeep of tenants failed', fields: { err: error } })
    }
  }

  function wake(): void {
    if (isStopping) return
    isAskedAgain = running !== undefined
    running ??= run().finally(() => {
      running = undefined
      if (isAskedAgain) wake()
    })
  }

  const timer = setInterval(wake, UPKEEP_EVERY_MS).unref()
  wake()
  return {
    wake,
    async stop() {
      isStopping = true
      clearInterval(timer)
      await running
    },
  }
}
