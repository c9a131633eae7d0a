import type { TenantPool } from './tenant-pool.ts'
import type { LeaseClass } from './types.ts'
import type { Waiter } from './waiter.ts'

/** Of the connections that work can use: kept free of background work and migrations, once there are three. */
const INTERACTIVE_SHARE = 1 / 4
const INTERACTIVE_FLOOR_FROM = 3
/** Background work competes like everybody for so much, at least one, whoever else waits. Migrations for one. */
const BACKGROUND_SHARE = 1 / 8
const MIGRATION_FLOOR = 1

type LowerClass = Exclude<LeaseClass, 'interactive'>
const LOWER: readonly LowerClass[] = ['background', 'migration']

/** What the gate has to know of the rest, at this moment. */
export interface GateView {
  /** Connections that work can use: the reserved one not counted. */
  connectionsMax: number
  /** Something could be served at once. */
  hasSpare: boolean
}

/** What each class may have of `connectionsMax`, and what the lower ones must leave to people. */
export function floorsOf(connectionsMax: number): Record<LeaseClass, number> {
  const isEnough = connectionsMax >= INTERACTIVE_FLOOR_FROM
  return {
    interactive: isEnough ? Math.max(1, Math.floor(connectionsMax * INTERACTIVE_SHARE)) : 0,
    background: Math.max(1, Math.floor(connectionsMax * BACKGROUND_SHARE)),
    migration: MIGRATION_FLOOR,
  }
}

/**
 * People before background work before migrations. Whoever works for people enters the queue at once; the others stand
 * outside until it is their turn, so that the queue itself need not know of classes: up to its floor a class enters
 * whatever happens, beyond it only while nobody before it waits and something is to spare.
 */
export class ClassGate {
  /** In the queue or holding a connection. */
  readonly #inside: Record<LeaseClass, number> = { interactive: 0, background: 0, migration: 0 }
  readonly #queued: Record<LeaseClass, number> = { interactive: 0, background: 0, migration: 0 }
  readonly #outside = new Set<TenantPool>()
  #last: LeaseClass | undefined
  #waiting = 0

  /** Waiters who stand outside. */
  get waiting(): number {
    return this.#waiting
  }

  /** Whether a newcomer may enter now: nobody of its class stands outside, and there is room for it. */
  admits(leaseClass: LeaseClass, view: GateView): boolean {
    if (leaseClass === 'interactive') return true
    return this.#firstOutside(leaseClass) === undefined && this.#mayEnter(leaseClass, view)
  }

  park(waiter: Waiter): void {
    waiter.tenant.parked.add(waiter)
    this.#outside.add(waiter.tenant)
    this.#waiting += 1
  }

  /** True if the waiter stood outside. */
  unpark(waiter: Waiter): boolean {
    const { tenant } = waiter
    if (!tenant.parked.delete(waiter)) return false
    this.#waiting -= 1
    if (tenant.parked.size === 0) this.#outside.delete(tenant)
    return true
  }

  /** Whose turn it is to enter, already taken out; undefined if nobody may. */
  next(view: GateView): Waiter | undefined {
    if (this.#waiting === 0) return undefined
    const may = LOWER.filter((leaseClass) => this.#mayEnter(leaseClass, view))
    const belowFloor = may.filter((leaseClass) => this.#isBelowFloor(leaseClass, view))
    // In turns, so that neither starves the other where there is only one connection.
    const inTurn = belowFloor.toSorted((a, b) => Number(a === this.#last) - Number(b === this.#last))
    const [first] = [...inTurn, ...may].flatMap((leaseClass) => this.#firstOutside(leaseClass) ?? [])
    if (first) this.#letIn(first)
    return first
  }

  entered(leaseClass: LeaseClass): void {
    this.#inside[leaseClass] += 1
    this.#queued[leaseClass] += 1
  }

  /** Out of the queue: with a connection, or with none. */
  leftQueue(leaseClass: LeaseClass): void {
    this.#inside[leaseClass] -= 1
    this.#queued[leaseClass] -= 1
  }

  leased(leaseClass: LeaseClass): void {
    this.#inside[leaseClass] += 1
  }

  returned(leaseClass: LeaseClass): void {
    this.#inside[leaseClass] -= 1
  }

  /** Its tenant goes to the end of the line: a long queue of one must not stand before a short one of another. */
  #letIn(waiter: Waiter): void {
    this.#last = waiter.class
    this.unpark(waiter)
    if (this.#outside.delete(waiter.tenant)) this.#outside.add(waiter.tenant)
  }

  #mayEnter(leaseClass: LowerClass, view: GateView): boolean {
    const floors = floorsOf(view.connectionsMax)
    const { background, migration } = this.#inside
    if (background + migration >= view.connectionsMax - floors.interactive) return false
    if (this.#isBelowFloor(leaseClass, view)) return true
    if (!view.hasSpare || this.#queued.interactive > 0) return false
    return leaseClass === 'background' || this.#queued.background === 0
  }

  #isBelowFloor(leaseClass: LowerClass, { connectionsMax }: GateView): boolean {
    return this.#inside[leaseClass] < floorsOf(connectionsMax)[leaseClass]
  }

  /** Of the tenant that holds least; between equals, of the one that was let in longest ago. */
  #firstOutside(leaseClass: LowerClass): Waiter | undefined {
    let best: Waiter | undefined
    for (const tenant of this.#outside) {
      const first = firstOf(tenant, leaseClass)
      if (first && (!best || holding(first) < holding(best))) best = first
    }
    return best
  }
}

function firstOf(tenant: TenantPool, leaseClass: LowerClass): Waiter | undefined {
  for (const waiter of tenant.parked) if (waiter.class === leaseClass) return waiter
  return undefined
}

function holding({ tenant }: Waiter): number {
  return tenant.held + tenant.waiters.size
}
