import { COUNTED_AFTER_CLOSE_MS, UNSEEN_MS } from './budget.ts'
import { pause, within } from './clock.ts'
import type { PoolContext } from './context.ts'
import type { Link } from './driver.ts'
import { loginOf } from './login.ts'
import type { Member } from './member.ts'
import type { KillerLink, Mourner } from './mourner.ts'
import {
  isAccountRefused,
  isAnswer,
  isKillDenied,
  isNobodyListening,
  isTooManyConnections,
} from './server-error.ts'
import type { Account } from './types.ts'

const STEP_TIMEOUT_MS = 2_000
const PAUSE_MIN_MS = 5
const PAUSE_MAX_MS = 1_000

interface Target {
  member: Member
  /** Under which the server may know the thread, in the order in which to look: two after a handoff that failed. */
  accounts: Account[]
  isKilled: boolean
  dueAt: number
  pauseMs: number
  gone: () => void
}

/**
 * Ends server threads whose connection nobody can use any more, and looks until they are gone. Works over the
 * one reserved permit, logged in as the account that the thread belongs to: that needs no privilege.
 */
export class Killer {
  readonly #context: PoolContext
  readonly #mourner: Mourner
  readonly #targets: Target[] = []
  #link: KillerLink | undefined
  #isWorking = false

  constructor(context: PoolContext, mourner: Mourner) {
    this.#context = context
    this.#mourner = mourner
  }

  get isWorking(): boolean {
    return this.#isWorking
  }

  makeGone(member: Member): Promise<void> {
    return new Promise((gone) => {
      const { leaving, tenant } = member
      const accounts = leaving ? eitherOf(leaving.account, tenant.account) : [tenant.account]
      const dueAt = this.#context.clock.now()
      this.#targets.push({ member, accounts, isKilled: false, dueAt, pauseMs: PAUSE_MIN_MS, gone })
      void this.#work()
    })
  }

  /** Nobody waits for it any longer. */
  stop(): void {
    for (const target of this.#targets.splice(0)) target.gone()
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return
    this.#isWorking = true
    await this.#context.reserve.take()
    for (let target = this.#first(); target; target = this.#first()) {
      if (this.#context.reserve.isWanted) await this.#makeWay()
      await pause(this.#context.clock, Math.max(0, target.dueAt - this.#context.clock.now()))
      // Whatever goes wrong with one thread, the next ones are ended, and this one is tried again.
      if (await this.#isGone(target).catch(() => false)) this.#done(target)
      else this.#tryLater(target)
    }
    await this.#logOut()
    this.#isWorking = false
    this.#context.reserve.give()
    this.#context.pump()
    if (this.#targets.length > 0) await this.#work()
  }

  /** A thread may take long to end; whoever waits for the reserved permit needs it for a moment. */
  async #makeWay(): Promise<void> {
    await this.#logOut()
    this.#context.reserve.give()
    await this.#context.reserve.take()
  }

  #first(): Target | undefined {
    let first = this.#targets[0]
    for (const target of this.#targets) if (first && target.dueAt < first.dueAt) first = target
    return first
  }

  #done(target: Target): void {
    const at = this.#targets.indexOf(target)
    if (at >= 0) this.#targets.splice(at, 1)
    target.gone()
  }

  #tryLater(target: Target): void {
    target.dueAt = this.#context.clock.now() + target.pauseMs
    target.pauseMs = Math.min(PAUSE_MAX_MS, target.pauseMs * 2)
  }

  async #isGone(target: Target): Promise<boolean> {
    for (const account of target.accounts) {
      const isGone = await this.#endThread(target, account).catch((error: unknown) =>
        this.#judge(target, error),
      )
      if (!isGone) return false
    }
    return true
  }

  /** True if the server has no such thread of this account. */
  async #endThread(target: Target, account: Account): Promise<boolean> {
    const link = await this.#linkAs(account)
    const { threadId } = target.member.link
    const ageMs = this.#context.clock.now() - target.member.openedAt
    const work = async () => {
      if (!(await link.hasThread(threadId, ageMs))) return true
      if (!target.isKilled) this.#context.counters.kills += 1
      target.isKilled = true
      await link.kill(threadId)
      return !(await link.hasThread(threadId, ageMs))
    }
    return this.#bounded('ending a server thread', work())
  }

  async #linkAs(account: Account): Promise<Link> {
    const current = this.#link
    if (current?.link.isOpen && isOnly(current.accounts, account)) return current.link
    // One that was lost has the reserved permit until the server has let go of it.
    if (current && !current.link.isOpen) await this.#logOut()
    if (current?.link.isOpen) await this.#switch(current, account)
    else this.#link = await this.#logIn(account)
    return this.#current()
  }

  /** Tells as much of the server as any other attempt: callers who wait meanwhile are told why. */
  async #logIn(account: Account): Promise<KillerLink> {
    const { driver, pace, budget, emit } = this.#context
    try {
      const link = await driver.open(loginOf(account), () => undefined)
      pace.succeeded()
      return { link, accounts: [account], openedAt: this.#context.clock.now() }
    } catch (error) {
      // As the server may still count it; see Keeper.
      if (!isTooManyConnections(error) && !isNobodyListening(error))
        await pause(this.#context.clock, isAnswer(error) ? COUNTED_AFTER_CLOSE_MS : UNSEEN_MS)
      if (isAccountRefused(error)) throw error
      const forMs = pace.failed(error)
      if (isTooManyConnections(error)) {
        budget.shrink(forMs)
        emit({ type: 'budget-shrunk', limit: budget.limit, forMs })
      }
      this.#context.clock.after(Math.ceil(forMs) + 1, () => this.#context.pump())
      throw error
    }
  }

  async #switch(current: KillerLink, account: Account): Promise<void> {
    const [previous = account] = current.accounts
    current.accounts = eitherOf(previous, account)
    await this.#bounded('a handoff', current.link.handoff(loginOf(account)))
    current.accounts = [account]
  }

  #current(): Link {
    if (!this.#link) throw new Error('the killer has no connection')
    return this.#link.link
  }

  async #judge(target: Target, error: unknown): Promise<boolean> {
    await this.#logOut()
    if (isNobodyListening(error)) return true
    this.#holdOff(target)
    this.#context.emit({ type: 'kill-failed', tenant: target.member.tenant.account.label, error })
    if (!isAccountRefused(error) && !isKillDenied(error)) return false
    // The account is gone or locked, so nobody can look. The server closes our connection when its thread ends.
    return this.#bounded('the server closing', target.member.link.closed).then(
      () => true,
      () => false,
    )
  }

  /** What one could not reach the others cannot either: they wait together, not one after the other. */
  #holdOff(target: Target): void {
    const dueAt = this.#context.clock.now() + target.pauseMs
    for (const other of this.#targets) other.dueAt = Math.max(other.dueAt, dueAt)
  }

  async #logOut(): Promise<void> {
    const current = this.#link
    this.#link = undefined
    if (!current) return
    const hasLeft = current.link.isOpen && (await this.#leave(current.link))
    if (hasLeft) await pause(this.#context.clock, COUNTED_AFTER_CLOSE_MS)
    else await this.#mourner.seeGone(current)
  }

  #leave(link: Link): Promise<boolean> {
    return this.#bounded('logging out', link.end()).then(
      () => true,
      () => {
        link.destroy()
        return false
      },
    )
  }

  #bounded<T>(what: string, work: Promise<T>): Promise<T> {
    return within(this.#context.clock, { what, ms: STEP_TIMEOUT_MS }, work)
  }
}

/**
 * In a handoff the server takes the thread for the new account's, and for the old one's again if it fails: who looks
 * under each once can miss it under both.
 */
function eitherOf(leaving: Account, coming: Account): Account[] {
  return [leaving, coming, leaving]
}

function isOnly([first, ...others]: Account[], account: Account): boolean {
  return first === account && others.length === 0
}
