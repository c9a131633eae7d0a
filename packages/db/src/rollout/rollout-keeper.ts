import { setTimeout as sleep } from 'node:timers/promises'
import type { Installation } from '../installation.ts'
import { migrateFleet } from './migrate-fleet.ts'
import type { MigrateTenantsOptions, MigrationReport } from './types.ts'

/** The rollouts that this process has in its hands. */
export interface RolloutKeeper {
  migrate(options?: MigrateTenantsOptions): Promise<MigrationReport>
  /** They begin nothing more; resolves when what they have begun is through and recorded, or after `graceMs`. */
  close(graceMs: number): Promise<void>
}

export function keepRollouts(installation: Installation): RolloutKeeper {
  const closing = new AbortController()
  const running = new Set<Promise<unknown>>()
  return {
    async migrate(options = {}) {
      const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal
      const rollout = migrateFleet(installation, { ...options, signal })
      running.add(rollout)
      return rollout.finally(() => running.delete(rollout))
    },
    async close(graceMs) {
      closing.abort()
      if (running.size === 0) return
      const late = new AbortController()
      const waited = sleep(graceMs, undefined, { signal: late.signal }).catch(() => undefined)
      await Promise.race([Promise.allSettled(running), waited])
      late.abort()
    },
  }
}
