import { DatabaseError } from '../errors.ts'
import type { Cancel } from './clock.ts'
import type { Closer } from './closer.ts'
import type { PoolContext } from './context.ts'
import type { Holder, Lease } from './lease.ts'

const TICK_MIN_MS = 10
const TICK_MAX_MS = 1_000
const TICKS_PER_BOUND = 4

/**
 * One timer for the whole pool, and none while it holds nothing: reports and takes back leases held too long,
 * closes connections that rest too long or have lived long enough.
 */
export class Housekeeper {
  readonly leases = new Set<Lease>()
  readonly #context: PoolContext
  readonly #closer: Closer
  readonly #tickMs: number
  #cancel: Cancel | undefined

  constructor(context: PoolContext, closer: Closer) {
    this.#context = context
    this.#closer = closer
    const { idleMs, leaseWarnMs, leaseMaxMs } = context.options
    const shortest = Math.min(idleMs, leaseWarnMs, leaseMaxMs) / TICKS_PER_BOUND
    this.#tickMs = Math.min(TICK_MAX_MS, Math.max(TICK_MIN_MS, shortest))
  }

  /** Called whenever something was taken; cheap while the timer runs. */
  wake(): void {
    this.#cancel ??= this.#context.clock.after(this.#tickMs, () => this.#tick())
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #tick(): void {
    this.#cancel = undefined
    const now = this.#context.clock.now()
    for (const lease of this.leases) this.#watch(lease, now - lease.takenAt)
    this.#closeOld(now)
    if (this.#context.members.size > 0) this.wake()
  }

  #watch(lease: Lease, heldMs: number): void {
    const { options, counters, emit } = this.#context
    const report = () => ({ ...named(lease), heldMs, stack: lease.holder.opened.stack ?? '' })
    if (heldMs >= options.leaseMaxMs) {
      counters.reclaimed += 1
      emit({ type: 'lease-reclaimed', ...report() })
      lease.end((holder) => reclaimed(holder, heldMs))
    } else if (heldMs >= options.leaseWarnMs && !lease.wasReported) {
      lease.wasReported = true
      emit({ type: 'lease-long', ...report() })
    }
  }

  #closeOld(now: number): void {
    const { idle, options } = this.#context
    for (const member of idle.list()) {
      const isOld = now - member.idleSince >= options.idleMs || now >= member.expiresAt
      if (isOld && idle.remove(member)) this.#closer.retire(member)
    }
  }
}

function named(lease: Lease): { tenant: string; label: string } {
  return { tenant: lease.holder.tenant, label: lease.holder.label }
}

function reclaimed({ tenant, label }: Holder, heldMs: number): DatabaseError {
  const message = `${label} held a connection for ${Math.round(heldMs)} ms; it was taken back`
  return new DatabaseError('LEASE_RECLAIMED', message, { tenant })
}
