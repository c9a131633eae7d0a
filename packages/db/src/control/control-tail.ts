import type { Kysely } from 'kysely'
import type { DatabaseEvent } from '../installation.ts'
import type { MasterTables } from '../master/tables.ts'
import type { ControlChange, ControlListener, ControlNotice } from './control-change.ts'
import { pruneControlChanges, readControlChangesAfter, readLastControlSeq } from './read-control-changes.ts'

/** How long a change that another process committed may take to be heard, at most; usually half of it. */
export const CONTROL_POLL_MS = 400
/** Processes that started together do not ask together. */
const JITTER = 0.2
const PAGE_MAX = 200
const PRUNE_EVERY_MS = 3_600_000

export interface ControlTailOptions {
  /** Under a label of its own, for explanations of who holds connections. */
  master: Kysely<MasterTables>
  /** The last number when nothing was remembered yet: whatever comes after it is told. */
  afterSeq: number
  /** Milliseconds; default CONTROL_POLL_MS. */
  pollMs?: number | undefined
  log(event: DatabaseEvent): void
}

/**
 * What is changed in the control plane, as one process hears it: its own changes at once, those of others by one
 * poll of a primary key. A poll that fails is one that comes later: nothing is missed, because the position stays.
 */
export class ControlTail {
  readonly #options: ControlTailOptions
  readonly #listeners = new Set<ControlListener>()
  /** Numbers above the position that this process committed itself, and told already. */
  readonly #toldEarly = new Set<number>()
  #position: number
  #missedAt: number | undefined
  #prunedAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #isStopped = false
  #isFailing = false

  constructor(options: ControlTailOptions) {
    this.#options = options
    this.#position = options.afterSeq
    this.#pollLater()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  /** Returns what ends it. */
  listen(listener: ControlListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** What this process has committed, without waiting for the poll, which may have been faster all the same. */
  tellOwn(lastSeq: number, changes: readonly ControlChange[]): void {
    const firstSeq = lastSeq - changes.length + 1
    for (const [index, change] of changes.entries()) {
      if (firstSeq + index <= this.#position) continue
      this.#toldEarly.add(firstSeq + index)
      this.#tell(change, 'here')
    }
  }

  #pollLater(): void {
    if (this.#isStopped) return
    const waitMs = (this.#options.pollMs ?? CONTROL_POLL_MS) * (1 - JITTER * Math.random())
    this.#timer = setTimeout(() => void this.#poll(), waitMs).unref()
  }

  async #poll(): Promise<void> {
    try {
      await this.#catchUp()
      await this.#prune()
      this.#isFailing = false
    } catch (error) {
      // Once for each outage, not twice a second.
      if (!this.#isFailing && !this.#isStopped)
        this.#warn('changes of the control plane cannot be read', error)
      this.#isFailing = true
    }
    this.#pollLater()
  }

  async #catchUp(): Promise<void> {
    const { master } = this.#options
    const lastSeq = await readLastControlSeq(master)
    // A control plane restored from a backup is earlier than we were.
    if (lastSeq < this.#position) return this.#startAgainAt(lastSeq)
    while (this.#position < lastSeq) {
      const page = await readControlChangesAfter(master, { afterSeq: this.#position, limit: PAGE_MAX })
      if (page.length === 0) return this.#miss(lastSeq)
      for (const { seq, change } of page) {
        this.#position = seq
        if (!this.#toldEarly.delete(seq)) this.#tell(change, 'elsewhere')
      }
    }
  }

  /** The next one has yet to show itself; or, if it still has not at the next poll, it is not kept any more. */
  #miss(lastSeq: number): void {
    if (this.#missedAt === this.#position) return this.#startAgainAt(lastSeq)
    this.#missedAt = this.#position
  }

  #startAgainAt(seq: number): void {
    this.#position = seq
    this.#toldEarly.clear()
    this.#tell({ kind: 'everything.changed' }, 'elsewhere')
  }

  async #prune(): Promise<void> {
    const now = performance.now()
    if (now - this.#prunedAt < PRUNE_EVERY_MS) return
    this.#prunedAt = now
    await pruneControlChanges(this.#options.master)
  }

  #tell(notice: ControlNotice, from: 'here' | 'elsewhere'): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(notice, from)
      } catch (error) {
        this.#warn('a listener to changes of the control plane failed', error)
      }
    }
  }

  #warn(message: string, error: unknown): void {
    this.#options.log({ level: 'warn', message, fields: { err: error } })
  }
}
