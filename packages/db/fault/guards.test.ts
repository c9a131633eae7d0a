import { expect, test } from 'vitest'
import { accountOf, getConnection, makeVirtualPool, watch } from '../src/pool/virtual-pool.ts'

test('a password that cannot be had breaks its tenant alone: TENANT_UNREACHABLE at once, and others are served', async () => {
  const { clock, pool } = makeVirtualPool()
  const broken = {
    ...accountOf('a'),
    password: () => {
      throw new Error('the secret cannot be unsealed')
    },
  }
  const refused = watch(getConnection(pool.scope(broken)))
  await clock.advance(1)
  expect(refused.error).toMatchObject({ code: 'TENANT_UNREACHABLE', tenant: 'a' })
  const other = watch(getConnection(pool.scope(accountOf('b'))))
  await clock.advance(5)
  expect(other.value).toBeDefined()
})
