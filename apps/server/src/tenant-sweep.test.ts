import type { Files } from '@sarai/api'
import type { Database, MeasureReport, SweepReport } from '@sarai/db'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLog } from './request-log.ts'
import { startMeasuring, startTenantSweep } from './tenant-sweep.ts'

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

test('tenants are measured again and again, also after a failure, and a measurement under way is the last once it is ended', async () => {
  const measureTenants = vi
    .fn<() => Promise<MeasureReport>>()
    .mockRejectedValueOnce(new Error('no database'))
    .mockResolvedValue({ measured: 1, failed: [] })
  const stop = startMeasuring({ measureTenants }, createLog('silent'))
  await vi.advanceTimersByTimeAsync(20_000 + 300_000)
  expect(measureTenants).toHaveBeenCalledTimes(2)
  const slow = Promise.withResolvers<MeasureReport>()
  measureTenants.mockReturnValueOnce(slow.promise)
  await vi.advanceTimersByTimeAsync(300_000)
  stop()
  slow.resolve({ measured: 0, failed: [] })
  await vi.advanceTimersByTimeAsync(2 * 300_000)
  expect(measureTenants).toHaveBeenCalledTimes(3)
})
