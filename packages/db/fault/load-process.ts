// One process of several on the same server: tests start it with fork(), tell it what to do, and end it as they like.
import type { Account } from '../src/pool/types.ts'
import { Calls } from './calls.ts'
import { type FaultPool, openFaultPool } from './fault-pool.ts'
import type { LoadOrder, LoadReport } from './load-messages.ts'

const PROGRESS_MS = 50
/** Work that runs may end; what would run on is ended. */
const DRAIN_GRACE_MS = 1_000

process.once('message', (order: LoadOrder) => void serve(order))

async function serve({
  endpoint,
  tenants,
  connectionsMax,
  callers,
  acquireTimeoutMs,
}: LoadOrder): Promise<void> {
  const accounts = tenants.map(({ password, ...account }): Account => ({
    ...account,
    password: () => password,
  }))
  const real = openFaultPool(endpoint, { connectionsMax, acquireTimeoutMs })
  const calls = new Calls(real, accounts)
  const load = calls.start(callers)
  const progress = setInterval(() => tell(real, { calls, isFinal: false }), PROGRESS_MS)
  process.once('message', () => void finish())
  process.once('SIGTERM', () => void drain())

  async function finish(): Promise<void> {
    await load.stop()
    await real.pool.close()
    leave()
  }

  /** As the server does: whoever asks from now on is refused, and nobody is cut off who may still end. */
  async function drain(): Promise<void> {
    await real.pool.close({ graceMs: DRAIN_GRACE_MS })
    await load.stop()
    leave()
  }

  function leave(): void {
    clearInterval(progress)
    tell(real, { calls, isFinal: true })
    process.disconnect()
  }
}

function tell({ pool }: FaultPool, { calls, isFinal }: { calls: Calls; isFinal: boolean }): void {
  const report: LoadReport = {
    isFinal,
    results: calls.results,
    refused: Object.fromEntries(calls.refused),
    wrong: calls.wrong.map(String),
    latestMs: calls.latestMs,
    permits: pool.stats().budget.inUse,
  }
  process.send?.(report)
}
