import { expect, test } from 'vitest'
import { EVICT_BOUND_MS } from './server-pool.ts'
import { accountOf, getConnection, makeVirtualPool, run, watch } from './virtual-pool.ts'

async function openBusy(options: Parameters<typeof makeVirtualPool>[0] = {}) {
  const world = makeVirtualPool({ leaseMaxMs: 600_000, leaseWarnMs: 600_000, ...options })
  const lease = watch(getConnection(world.pool.scope(accountOf('a'))))
  await world.clock.advance(10)
  if (!lease.value) throw new Error('no connection')
  watch(run(lease.value, 'work 500000'))
  return world
}

test('used to wait for ever: a server that does not let go is reported to whoever evicts, and may be asked again', async () => {
  const { clock, pool, fake } = await openBusy()
  fake.isDeafToKill = true
  const evicted = watch(pool.evict('a'))
  await clock.advance(EVICT_BOUND_MS)
  expect(evicted.isSettled).toBe(false)
  await clock.advance(2_000)
  expect(evicted.error).toMatchObject({ code: 'SERVER_UNAVAILABLE', tenant: 'a', stats: { closing: 1 } })
  expect(pool.stats().budget.inUse).toBeGreaterThanOrEqual(1)
  fake.isDeafToKill = false
  const again = watch(pool.evict('a'))
  await clock.advance(3_000)
  expect([again.isSettled, again.error]).toEqual([true, undefined])
  expect(pool.stats()).toMatchObject({ budget: { inUse: 0 }, tenants: [] })
})

test('used to hang: a listener that throws does not keep a thread from being ended, nor its permit', async () => {
  const warnings: unknown[] = []
  const note = (warning: unknown) => warnings.push(warning)
  process.on('warning', note)
  const { clock, pool, fake } = await openBusy({
    onEvent: (event) => {
      if (event.type === 'kill-failed') throw new Error('a broken listener')
    },
  })
  fake.down = Object.assign(new Error('unreachable'), { code: 'EHOSTUNREACH' })
  const evicted = watch(pool.evict('a'))
  await clock.advance(5_000)
  fake.down = undefined
  await clock.advance(5_000)
  expect(evicted).toMatchObject({ isSettled: true })
  expect(pool.stats().budget.inUse).toBe(0)
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', note)
  expect(warnings).toContainEqual(expect.objectContaining({ message: 'a broken listener' }))
})
