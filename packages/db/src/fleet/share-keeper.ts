import type { Cancel, Clock } from '../pool/clock.ts'
import { HEARTBEAT_MS, KEPT_MS } from './lease-terms.ts'
import { SHARE_MIN } from './share-plan.ts'
import type { ShareAnswer } from './share-table.ts'

/** Heartbeats of many processes do not come together. */
const JITTER = 0.2
/** After being told to shrink: when to look whether the last one has come back, so that others wait no longer than needed. */
const CONFIRM_MS = 100

/** The budget that the share is for. */
export interface LentBudget {
  /** The most that it may hold at this moment: its size, or more if some are still in use. */
  readonly held: number
  resize(max: number): void
}

/** The lease table, as one process sees it. Both may reject; neither may take for ever. */
export interface ShareWire {
  exchange(report: { held: number; wanted: number }): Promise<ShareAnswer>
  giveBack(): Promise<void>
}

export type ShareEvent =
  | { type: 'share-changed'; from: number; to: number; total: number; others: number }
  | { type: 'heartbeat-failed'; error: unknown }
  /** Nothing was heard for KEPT_MS: what is lent to us may soon be lent to others. */
  | { type: 'share-given-up'; from: number; to: number }

export interface ShareKeeperOptions {
  clock: Clock
  wire: ShareWire
  budget: LentBudget
  /** What this process would use if it were alone. */
  wanted: number
  /** What was lent at the start, and when that was asked for. */
  lent: { share: number; askedAt: number }
  /** Must not throw. */
  onEvent(event: ShareEvent): void
}

/**
 * Keeps one process's share of a server: renews it with heartbeats, resizes the budget to what it is lent, shrinks to
 * the floor when it hears nothing, gives back at the end.
 */
export class ShareKeeper {
  readonly #options: ShareKeeperOptions
  #wanted: number
  #share: number
  #cancelBeat: Cancel = () => undefined
  #cancelExpiry: Cancel = () => undefined
  #beating: Promise<void> | undefined
  #isStopped = false
  #isFailing = false

  constructor(options: ShareKeeperOptions) {
    this.#options = options
    this.#wanted = options.wanted
    this.#share = options.lent.share
    this.#keepFrom(options.lent.askedAt)
    this.#beatIn(HEARTBEAT_MS)
  }

  /** While it drains: the next generation may have all but the floor. */
  drain(): void {
    this.#wanted = SHARE_MIN
    this.#beatIn(0)
  }

  /** When the last connection is closed. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cancelBeat()
    this.#cancelExpiry()
    await this.#beating
    // If it cannot be said, it expires.
    await this.#options.wire
      .giveBack()
      .catch((error: unknown) => this.#options.onEvent({ type: 'heartbeat-failed', error }))
  }

  #beatIn(ms: number): void {
    this.#cancelBeat()
    if (this.#isStopped) return
    const { clock } = this.#options
    const jittered = ms * (1 - JITTER * clock.random())
    this.#cancelBeat = clock.after(jittered, () => {
      this.#beating ??= this.#beat().finally(() => (this.#beating = undefined))
    })
  }

  async #beat(): Promise<void> {
    const { clock, wire, budget, onEvent } = this.#options
    const askedAt = clock.now()
    let nextMs = HEARTBEAT_MS
    try {
      const held = budget.held
      const answer = await wire.exchange({ held, wanted: this.#wanted })
      this.#keepFrom(askedAt)
      this.#take(answer)
      this.#isFailing = false
      // Told to shrink: the others wait to hear that it is done.
      if (held > this.#share) nextMs = CONFIRM_MS
    } catch (error) {
      // Once for each outage, not once a second.
      if (!this.#isFailing) onEvent({ type: 'heartbeat-failed', error })
      this.#isFailing = true
    }
    this.#beatIn(nextMs)
  }

  #take({ share, total, others }: ShareAnswer): void {
    const to = Math.max(SHARE_MIN, share)
    const from = this.#share
    if (to === from) return
    this.#resize(to)
    this.#options.onEvent({ type: 'share-changed', from, to, total, others })
  }

  /** Counted from the asking: whenever the answer was written, it was not before. */
  #keepFrom(askedAt: number): void {
    const { clock } = this.#options
    this.#cancelExpiry()
    if (this.#isStopped) return
    this.#cancelExpiry = clock.after(askedAt + KEPT_MS - clock.now(), () => this.#giveUp())
  }

  #giveUp(): void {
    const from = this.#share
    if (from <= SHARE_MIN) return
    this.#resize(SHARE_MIN)
    this.#options.onEvent({ type: 'share-given-up', from, to: SHARE_MIN })
  }

  #resize(to: number): void {
    this.#share = to
    this.#options.budget.resize(to)
  }
}
