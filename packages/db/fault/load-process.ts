// One process of several on the same server: tests start it with fork(), tell it what to do, and end it as they like.
import type { Account } from '../src/pool/types.ts'
import { Calls } from './calls.ts'
import { openFaultPool } from './fault-pool.ts'
import type { LoadOrder, LoadReport } from './load-messages.ts'

const PROGRESS_MS = 50

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
  const progress = setInterval(() => tell(calls, false), PROGRESS_MS)
  process.once('message', () => void finish())

  async function finish(): Promise<void> {
    await load.stop()
    await real.pool.close()
    clearInterval(progress)
    tell(calls, true)
    process.disconnect()
  }
}

function tell(calls: Calls, isFinal: boolean): void {
  const report: LoadReport = {
    isFinal,
    results: calls.results,
    refused: Object.fromEntries(calls.refused),
    wrong: calls.wrong.map(String),
    latestMs: calls.latestMs,
  }
  process.send?.(report)
}
