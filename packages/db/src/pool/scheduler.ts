import type { TenantPool } from './tenant-pool.ts'
import { TURN_MS } from './turn-length.ts'

/** A freed connection may serve its own tenant's waiters first, unless somebody else has waited longer than this. */
export const OWN_TENANT_FIRST_MS = 5
/** What one tenant may hold of the budget while others wait. */
export const CONTENDED_SHARE = 0.4
export interface SchedulerView {
  now: number
  waiting: Iterable<TenantPool>
  hasFreePermit: boolean
  hasIdle: boolean
  tenantConnectionsMax: number
  connectionsMax: number
}

/** Give the tenant its own idle connection, open one for it, or hand it the longest idle one of another. */
export interface Decision {
  action: 'lease' | 'open' | 'handoff'
  tenant: TenantPool
}

/** Who is served next, and how. Pure: it reads, the dispatcher acts and asks again. */
export function decide(view: SchedulerView): Decision | undefined {
  const contest = survey(view)
  const own = ownTurn(view, contest)
  if (own) return { action: 'lease', tenant: own }
  const tenant = contest.neediest
  if (!tenant) return undefined
  if (tenant.idle.length > 0) return { action: 'lease', tenant }
  if (view.hasFreePermit) return { action: 'open', tenant }
  return view.hasIdle ? { action: 'handoff', tenant } : undefined
}

export interface Turn {
  tenant: TenantPool
  since: number
  turnMs: number
  now: number
  waiting: ReadonlySet<TenantPool>
  tenantConnectionsMax: number
  connectionsMax: number
}

/**
 * Whether a connection that came free stays with its own tenant. After its turn it stays until somebody is worse off: to
 * hand it to a tenant that holds as many would only turn the inequality round, and back at the next turn.
 */
export function mayStay(turn: Turn): boolean {
  const { tenant, since, now, waiting } = turn
  if (tenant.held >= turn.tenantConnectionsMax) return false
  const othersWait = waiting.size > (waiting.has(tenant) ? 1 : 0)
  if (!othersWait) return true
  const share = contendedShare(turn.connectionsMax)
  if (tenant.held >= share) return false
  if (now - since <= turn.turnMs) return true
  for (const other of waiting) if (other !== tenant && isWorseOff(other, { tenant, now, share })) return false
  return true
}

interface Comparison {
  /** What it holds without the connection in question. */
  tenant: TenantPool
  now: number
  share: number
}

/** Whether it helps to take the connection from its tenant: afterwards the two would be less unequal, or have taken turns. */
function isWorseOff(other: TenantPool, { tenant, now, share }: Comparison): boolean {
  if (!other.isInNeed) return false
  if (other.account.isShared && other.held < share) return true
  const turnlessMs = now - other.turnlessSince
  if (other.held === 0) return turnlessMs > OWN_TENANT_FIRST_MS
  return other.held < tenant.held || (other.held === tenant.held && turnlessMs > TURN_MS)
}

function contendedShare(connectionsMax: number): number {
  return Math.max(1, Math.floor(connectionsMax * CONTENDED_SHARE))
}

interface Contest {
  /** Holds least, of those the one that was not served for longest. */
  neediest: TenantPool | undefined
  /** The tenant with the longest wait, and the longest wait of anybody else. */
  oldest: TenantPool | undefined
  secondSince: number
  share: number
}

function survey(view: SchedulerView): Contest {
  const rivals: TenantPool[] = []
  for (const tenant of view.waiting) {
    if (tenant.unmet > 0 && tenant.held < view.tenantConnectionsMax) rivals.push(tenant)
  }
  const share = contendedShare(view.connectionsMax)
  const contest: Contest = { neediest: undefined, oldest: undefined, secondSince: Infinity, share }
  // If everybody who waits has a full share already, a connection is better used than left over.
  const belowShare = rivals.length > 1 ? rivals.filter((tenant) => tenant.held < share) : []
  for (const tenant of belowShare.length > 0 ? belowShare : rivals) {
    noteWait(contest, tenant)
    if (!tenant.isInNeed) continue
    if (!contest.neediest || isNeedier(tenant, contest.neediest, share)) contest.neediest = tenant
  }
  return contest
}

/**
 * An account that serves every tenant comes first up to the share: treated as one tenant among many it would be the
 * one that holds most, and everybody's requests would wait behind it.
 */
function isNeedier(tenant: TenantPool, than: TenantPool, share: number): boolean {
  if (than.account.isShared && than.held < share) return false
  if (tenant.account.isShared && tenant.held < share) return true
  if (tenant.held !== than.held) return tenant.held < than.held
  // Not by the oldest waiter: a long queue would stand before every short one.
  if (tenant.turnlessSince !== than.turnlessSince) return tenant.turnlessSince < than.turnlessSince
  return waitingSince(tenant) < waitingSince(than)
}

function noteWait(contest: Contest, tenant: TenantPool): void {
  const since = waitingSince(tenant)
  if (!contest.oldest || since < waitingSince(contest.oldest)) {
    if (contest.oldest) contest.secondSince = waitingSince(contest.oldest)
    contest.oldest = tenant
  } else if (since < contest.secondSince) contest.secondSince = since
}

/** A tenant with an idle connection of its own, as long as that keeps nobody else waiting. */
function ownTurn(view: SchedulerView, contest: Contest): TenantPool | undefined {
  for (const tenant of view.waiting) {
    if (tenant.idle.length === 0 || tenant.waiters.size <= tenant.checking) continue
    if (tenant.held >= view.tenantConnectionsMax) continue
    const othersSince = contest.oldest === tenant ? contest.secondSince : sinceOrNever(contest.oldest)
    if (othersSince === Infinity) return tenant
    if (tenant.held < contest.share && view.now - othersSince <= OWN_TENANT_FIRST_MS) return tenant
  }
  return undefined
}

function sinceOrNever(tenant: TenantPool | undefined): number {
  return tenant ? waitingSince(tenant) : Infinity
}

function waitingSince(tenant: TenantPool): number {
  return tenant.firstWaiter?.since ?? Infinity
}
