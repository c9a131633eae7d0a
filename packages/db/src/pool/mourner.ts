import { COUNTED_AFTER_CLOSE_MS, UNSEEN_MS } from './budget.ts'
import { pause, within } from './clock.ts'
import { HIDDEN_MS } from './closer.ts'
import type { PoolContext } from './context.ts'
import type { Link } from './driver.ts'
import { loginOf } from './login.ts'
import type { PermitDesk } from './permit-desk.ts'
import { isNobodyListening } from './server-error.ts'
import type { Account } from './types.ts'

const STEP_TIMEOUT_MS = 2_000
const PAUSE_MS = 5
/** A thread that takes longer to end after a KILL is waited for no more: the killer is wanted. */
const WAIT_MAX_MS = 2_000
/** For a permit to go and look with. */
const PERMIT_TIMEOUT_MS = 500
/** The killer's own connection. */
export interface KillerLink {
  link: Link
  /** As which the server may know it, in the order in which to look: more than one while it changes. */
  accounts: Account[]
  openedAt: number
}

/**
 * Looks after the killer's own connection when that is lost: the reserved permit is still taken by its thread, so the
 * next one must not be opened over it. Whoever goes and looks takes a permit of the others for that moment.
 */
export class Mourner {
  readonly #context: PoolContext
  readonly #permits: PermitDesk

  constructor(context: PoolContext, permits: PermitDesk) {
    this.#context = context
    this.#permits = permits
  }

  /** Resolves when the server has let go of it. */
  async seeGone(lost: KillerLink): Promise<void> {
    const isGone = await this.#goAndLook(lost).catch(isNobodyListening)
    await pause(this.#context.clock, isGone ? COUNTED_AFTER_CLOSE_MS : UNSEEN_MS)
  }

  /** False if it could not be seen: no permit in time, as everything is held or lost, or nobody was let in. */
  async #goAndLook(lost: KillerLink): Promise<boolean> {
    const giveBack = await this.#permits.take('(killer)', { acquireTimeoutMs: PERMIT_TIMEOUT_MS })
    try {
      return await this.#look(lost)
    } finally {
      giveBack()
    }
  }

  async #look(lost: KillerLink): Promise<boolean> {
    const { clock, driver } = this.#context
    const [first, ...others] = lost.accounts
    if (!first) return false
    if (others.length > 0) await pause(clock, HIDDEN_MS)
    const link = await driver.open(loginOf(first), () => undefined)
    try {
      let isGone = await this.#awaitEnd(lost, link)
      for (const account of others) {
        await within(clock, { what: 'a handoff', ms: STEP_TIMEOUT_MS }, link.handoff(loginOf(account)))
        isGone = (await this.#awaitEnd(lost, link)) && isGone
      }
      await within(clock, { what: 'logging out', ms: STEP_TIMEOUT_MS }, this.#end(link))
      await pause(clock, COUNTED_AFTER_CLOSE_MS)
      return isGone
    } catch (error) {
      link.destroy()
      // Its own thread may be there still: its permit is kept as long as the other's.
      await pause(clock, UNSEEN_MS)
      throw error
    }
  }

  async #awaitEnd({ link: { threadId }, openedAt }: KillerLink, link: Link): Promise<boolean> {
    const { clock } = this.#context
    const dueAt = clock.now() + WAIT_MAX_MS
    const isThere = () =>
      within(
        clock,
        { what: 'looking for a thread', ms: STEP_TIMEOUT_MS },
        link.hasThread(threadId, clock.now() - openedAt),
      )
    while (await isThere()) {
      if (clock.now() >= dueAt) return false
      await within(clock, { what: 'a kill', ms: STEP_TIMEOUT_MS }, link.kill(threadId))
      await pause(clock, PAUSE_MS)
    }
    return true
  }

  async #end(link: Link): Promise<void> {
    if (!link.isOpen) throw new Error('closed already, and not by us')
    await link.end()
  }
}
