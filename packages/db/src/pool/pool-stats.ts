import type { PoolContext } from './context.ts'
import type { Lease } from './lease.ts'
import type { Member } from './member.ts'
import { PERMIT_ACCOUNT } from './permit-desk.ts'
import type { TenantPool } from './tenant-pool.ts'
import type { Endpoint, LeaseStats, PoolStats, TenantStats } from './types.ts'

/** A snapshot goes with every refusal: it must stay small when many are refused. */
export const LEASES_LISTED_MAX = 50

/** Who holds what, at this moment. */
export function takeStats(context: PoolContext, leases: Iterable<Lease>): PoolStats {
  const { budget, tenants, clock, counters, members } = context
  const now = clock.now()
  return {
    server: serverName(context.options.endpoint),
    budget: { max: budget.max, limit: budget.limit, inUse: budget.inUse },
    connecting: context.connecting,
    turning: countState(members, 'turning'),
    idle: countState(members, 'idle'),
    leased: countState(members, 'leased'),
    closing: countState(members, 'closing') + context.lettingGo,
    permits: tenants.find(PERMIT_ACCOUNT.id)?.leased ?? 0,
    reserved: budget.reserved,
    waiting: tenants.waiters + context.gate.waiting,
    counters: { ...counters },
    tenants: [...tenants.all()].map((tenant) => tenantStats(tenant, { members, now })),
    leases: longestHeld(leases, now),
  }
}

function serverName(endpoint: Endpoint): string {
  return endpoint.socketPath ?? `${endpoint.host}:${endpoint.port}`
}

function countState(members: Iterable<Member>, state: Member['state']): number {
  let count = 0
  for (const member of members) if (member.state === state) count += 1
  return count
}

/** Only tenants that have connections are looked for among them: waiting ones may be thousands. */
function countOwn(members: Iterable<Member>, tenant: TenantPool, state: Member['state']): number {
  let count = 0
  if (tenant.members === 0) return count
  for (const member of members) if (member.tenant === tenant && member.state === state) count += 1
  return count
}

function tenantStats(
  tenant: TenantPool,
  { members, now }: { members: Iterable<Member>; now: number },
): TenantStats {
  const { account, leased, preparing, opening, idle, waiters, parked } = tenant
  const first = tenant.firstWaiter ?? [...parked][0]
  return {
    accountId: account.id,
    tenant: account.label,
    leased,
    preparing,
    opening,
    turning: countOwn(members, tenant, 'turning'),
    idle: idle.length,
    closing: countOwn(members, tenant, 'closing'),
    waiting: waiters.size + parked.size,
    longestWaitMs: first ? now - first.since : 0,
    firstWaiterLabel: first?.label ?? null,
  }
}

/** Leases are kept in the order they were taken: the first were held longest. */
function longestHeld(leases: Iterable<Lease>, now: number): LeaseStats[] {
  const listed: LeaseStats[] = []
  for (const lease of leases) {
    if (listed.length === LEASES_LISTED_MAX) break
    const { tenant, label, class: leaseClass } = lease.holder
    listed.push({
      tenant,
      label,
      class: leaseClass,
      heldMs: now - lease.takenAt,
      isInTransaction: lease.isInTransaction,
    })
  }
  return listed
}
