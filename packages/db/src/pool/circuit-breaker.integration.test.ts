import { expect, inject, test } from 'vitest'
import { adminQuery } from '../testing.ts'
import { REFUSALS_TO_OPEN } from './breakers.ts'
import { createAccounts, openRealPool, whoAmI } from './real-pool.ts'

const ROUNDS = 30
const server = { admin: inject('saraiServer') }

test.each([
  ['a changed password', (user: string) => `set password for ${user}@'%' = password('another')`],
  ['rights that were taken away', (user: string) => `revoke all privileges, grant option from ${user}@'%'`],
  ['a dropped database', (user: string) => `drop database ${user}`],
])('%s: a few logins, then none, and the neighbour is served throughout', async (_, breakIt) => {
  const [broken, well] = await createAccounts(server, 2)
  if (!broken || !well) throw new Error('no accounts')
  await adminQuery(server.admin, breakIt(broken.user))
  await using real = openRealPool(server)
  for (let round = 0; round < ROUNDS; round++) {
    await expect(real.use(broken, whoAmI)).rejects.toMatchObject({ code: 'TENANT_UNREACHABLE' })
    expect(await real.use(well, whoAmI)).toMatchObject({ account: well.user })
  }
  const tries = real.events.filter(({ type }) => type === 'open-failed' || type === 'handoff-failed')
  expect(tries.length).toBeGreaterThanOrEqual(REFUSALS_TO_OPEN)
  // Some probes more on a machine that is very busy, never one login for each call.
  expect(tries.length).toBeLessThan(ROUNDS / 2)
  expect(real.events).toContainEqual(
    expect.objectContaining({ type: 'breaker-opened', tenant: broken.label }),
  )
})
