import type { PoolStats, TenantStats } from '../pool/types.ts'

/** Those who hold most, named in an explanation. */
const NAMED_MAX = 3

/**
 * Why somebody waits or was refused: `own` its tenant holds all that one tenant may, or most of what is held;
 * `others` other tenants hold what it wants; `server` the database server lets nobody in; `opening` a connection is
 * being made or turned.
 */
export interface WhyWaiting {
  because: 'own' | 'others' | 'server' | 'opening'
  own: number
  /** Most first. */
  others: { tenant: string; connections: number }[]
}

export interface WaitCircumstances {
  stats: PoolStats
  tenantConnectionsMax: number
  isServerInTrouble: boolean
}

/** Pure: read from one snapshot. */
export function explainWait(
  tenant: string,
  { stats, tenantConnectionsMax, isServerInTrouble }: WaitCircumstances,
): WhyWaiting {
  const own = connectionsOf(stats.tenants.find((other) => other.tenant === tenant))
  const held = stats.tenants
    .filter((other) => other.tenant !== tenant)
    .map((other) => ({ tenant: other.tenant, connections: connectionsOf(other) }))
    .filter(({ connections }) => connections > 0)
    .toSorted((one, another) => another.connections - one.connections)
  const heldByOthers = held.reduce((sum, { connections }) => sum + connections, 0)
  return { because: reason(), own, others: held.slice(0, NAMED_MAX) }

  function reason(): WhyWaiting['because'] {
    if (isServerInTrouble) return 'server'
    if (own >= tenantConnectionsMax || (own > 0 && own >= heldByOthers)) return 'own'
    // One permit is kept back to kill statements with.
    if (stats.budget.inUse < stats.budget.limit - 1 || stats.idle > 0) return 'opening'
    return heldByOthers > 0 ? 'others' : 'opening'
  }
}

function connectionsOf(tenant: TenantStats | undefined): number {
  return tenant ? tenant.leased + tenant.preparing : 0
}
