import type { Database, SweepReport } from '@sarai/db'
import type { Files } from '@sarai/api'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLog } from './request-log.ts'
import { startTenantSweep } from './tenant-sweep.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('archived tenants are swept hour by hour, also after a sweep that failed, until it is stopped', async () => {
  const report: SweepReport = { deleted: [], failed: [] }
  const sweepTenants = vi.fn<() => Promise<SweepReport>>().mockResolvedValue(report)
  sweepTenants.mockRejectedValueOnce(new Error('no database'))
  const stop = startTenantSweep({
    database: { sweepTenants, master: {} as Database['master'] },
    store: {} as Files['store'],
    log: createLog('silent'),
  })
  expect(sweepTenants).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sweepTenants).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(2 * 3_600_000)
  expect(sweepTenants).toHaveBeenCalledTimes(3)
  stop()
  await vi.advanceTimersByTimeAsync(3 * 3_600_000)
  expect(sweepTenants).toHaveBeenCalledTimes(3)
})
