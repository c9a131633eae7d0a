import { openPlainPools, type PlainRelease } from '../../src/testing-plain-pools.ts'
import { loginOf } from '../bench-server.ts'
import type { Contestant, Setting } from './contestant.ts'

/** A pool for each tenant, kept for ever: what most applications do. */
export function enterPlainPools({ server, tenants, statement }: Setting, release: PlainRelease): Contestant {
  const logins = new Map(tenants.map((tenant) => [tenant.user, loginOf(server, tenant)]))
  const pools = openPlainPools(logins, release)
  return {
    ask: ({ user }) => pools.query(user, statement),
    handoffs: 0,
    [Symbol.asyncDispose]: () => pools[Symbol.asyncDispose](),
  }
}
