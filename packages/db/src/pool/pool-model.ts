import type { Scheduler } from 'fast-check'
import type { MysqlPoolConnection } from 'kysely'
import type { LeaseClass, PoolOptions, PoolScope } from './types.ts'
import { accountOf, getConnection, makeVirtualPool } from './virtual-pool.ts'

export const TENANTS = ['a', 'b', 'c', 'd', 'e']
export const CONNECTIONS_MAX = 4
export const ACQUIRE_TIMEOUT_MS = 200
/** Longer than any outage, kill, lease and eviction of the model takes. */
const HEALED_AFTER_MS = 40_000
const COARSE_MS = 50
const RESET_SEEN_AFTER_MS = 60

export type Step =
  | {
      do: 'acquire'
      tenant: number
      class: LeaseClass
      abortAfterMs: number | undefined
      work: string
      holdMs: number
      /** Asks the same scope again while it holds the connection. */
      isNested: boolean
    }
  | { do: 'cut'; which: number }
  | { do: 'evict'; tenant: number }
  | { do: 'together'; tenant: number; holdMs: number }
  | { do: 'permit'; holdMs: number }
  | { do: 'reserve'; holdMs: number }
  | { do: 'resize'; to: number }
  | { do: 'refuse'; tenant: number; forMs: number }
  | { do: 'restart' | 'partition' | 'full' | 'silence' | 'deaf' | 'slow'; forMs: number }

const OUTAGES = {
  restart: { code: 'ECONNREFUSED' },
  partition: { code: 'EHOSTUNREACH' },
  full: { errno: 1040 },
}

/** For tests: the pool against everything that can happen to it, in virtual time, with answers in any order. */
export class PoolModel {
  readonly world: ReturnType<typeof makeVirtualPool>
  readonly violations: string[] = []
  readonly #scheduler: Scheduler
  /** Thread ids in somebody's hands. */
  readonly #using = new Set<number>()
  #size = CONNECTIONS_MAX
  /** By work that opens nothing here. */
  #permitsHeld = 0
  /** Asked and not yet settled and given back. */
  open = 0

  constructor(scheduler: Scheduler, options: Partial<PoolOptions> = {}) {
    this.#scheduler = scheduler
    this.world = makeVirtualPool(
      {
        connectionsMax: CONNECTIONS_MAX,
        tenantConnectionsMax: 3,
        acquireTimeoutMs: ACQUIRE_TIMEOUT_MS,
        leaseWarnMs: 300,
        leaseMaxMs: 600,
        ...options,
      },
      { connectMs: 3 },
    )
    this.world.fake.interleave = () => scheduler.schedule(Promise.resolve())
  }

  take(step: Step): void {
    const { pool } = this.world
    if (step.do === 'acquire') this.#acquire(step)
    else if (step.do === 'cut') this.#cut(step.which)
    else if (step.do === 'evict') this.#settles(pool.evict(nameOf(step.tenant)))
    else if (step.do === 'together') this.#settles(this.#holdTwo(step.tenant, step.holdMs))
    else if (step.do === 'permit')
      this.#settles(pool.withPermit('admin', () => this.#holdPermit(step.holdMs)))
    else if (step.do === 'reserve') this.#settles(pool.withReserve(() => this.#hold(step.holdMs)))
    else if (step.do === 'resize') pool.resize((this.#size = step.to))
    else if (step.do === 'refuse') this.#refuse(step)
    else this.#disturb(step)
    this.check()
  }

  /** Every millisecond: what came due is answered in the scheduler's order, and everything must hold. */
  async pass(ms: number, everyMs = 1): Promise<void> {
    for (let passed = 0; passed < ms; passed += everyMs) {
      await this.world.clock.advance(everyMs)
      await this.#answer()
    }
  }

  /** All that was broken is well again, and long enough. */
  async heal(): Promise<void> {
    const { fake, pool } = this.world
    pool.resize((this.#size = CONNECTIONS_MAX))
    await this.pass(HEALED_AFTER_MS, COARSE_MS)
    fake.refusedUsers.clear()
    this.check()
  }

  /** As if nothing had been. */
  async serveEverybody(): Promise<string[]> {
    const served: string[] = []
    for (const name of TENANTS) {
      this.world.pool.scope(accountOf(name)).pool.getConnection((error, connection) => {
        if (error) return
        served.push(name)
        connection.release()
      })
      await this.pass(ACQUIRE_TIMEOUT_MS)
    }
    return served
  }

  async close(): Promise<void> {
    const closed = this.world.pool.close()
    await this.pass(20_000, COARSE_MS)
    await closed
  }

  /** The server is never asked for more than there are permits, and every permit is accounted for. */
  check(): void {
    const { pool, fake } = this.world
    const stats = pool.stats()
    const { connecting, turning, idle, leased, closing, permits, reserved, budget } = stats
    const out = connecting + turning + idle + leased + closing + permits + reserved
    this.must(budget.inUse === out, `${budget.inUse} permits out, ${out} accounted for`)
    this.must(budget.inUse <= pool.held && budget.max === this.#size, 'the budget')
    this.must(fake.sessions.size <= budget.inUse - this.#permitsHeld, 'a permit for each session')
  }

  /** Noted, not thrown: these run inside the callbacks of the pool. */
  must(isSo: boolean, what: string): void {
    if (!isSo) this.violations.push(what)
  }

  async #answer(): Promise<void> {
    const { clock } = this.world
    await clock.advance(0)
    this.check()
    while (this.#scheduler.count() > 0) {
      await this.#scheduler.waitNext(1)
      await clock.advance(0)
      this.check()
    }
  }

  #acquire(step: Extract<Step, { do: 'acquire' }>): void {
    const { clock, pool } = this.world
    const abort = new AbortController()
    if (step.abortAfterMs !== undefined) clock.after(step.abortAfterMs, () => abort.abort())
    const name = nameOf(step.tenant)
    const scope = pool.scope(accountOf(name), { signal: abort.signal, class: step.class })
    this.#ask(scope, (connection) => this.#use(connection, { ...step, name, scope }))
  }

  #ask(scope: PoolScope, use: (connection: MysqlPoolConnection) => void): void {
    const { clock } = this.world
    const askedAt = clock.now()
    let isSettled = false
    this.open += 1
    scope.pool.getConnection((error, connection) => {
      this.must(!isSettled, 'settled once')
      isSettled = true
      this.must(clock.now() - askedAt <= ACQUIRE_TIMEOUT_MS, 'settled by its deadline')
      if (error) this.open -= 1
      else use(connection)
    })
  }

  #use(
    connection: MysqlPoolConnection,
    step: { work: string; holdMs: number; name: string; scope: PoolScope; isNested: boolean },
  ): void {
    const { clock, fake } = this.world
    this.must(!this.#using.has(connection.threadId), 'one user at a time')
    this.#using.add(connection.threadId)
    const link = [...fake.sessions].find((session) => session.threadId === connection.threadId)
    this.must(link === undefined || link.user === step.name, 'own identity')
    this.must(link === undefined || (!link.isInTransaction && !link.isChanged), 'a clean session')
    const giveBack = () => {
      connection.release()
      this.open -= 1
    }
    connection.query(step.work, [], () => {
      // From here on an abort may have given it to somebody else.
      this.#using.delete(connection.threadId)
      if (step.isNested) this.#nest(step.scope, giveBack)
      else clock.after(step.holdMs, giveBack)
    })
  }

  /** Keeps what it has until the second was had or refused: its own deadline must end that. */
  #nest(scope: PoolScope, giveBack: () => void): void {
    let isDone = false
    const done = () => {
      if (!isDone) giveBack()
      isDone = true
    }
    this.open += 1
    scope.pool.getConnection((error, connection) => {
      this.open -= 1
      if (!error) connection.release()
      done()
    })
  }

  /** Every other time the server finds out a little later than we do. */
  #cut(which: number): void {
    const { fake } = this.world
    const links = [...fake.sessions]
    const link = links[which % Math.max(1, links.length)]
    if (link && which % 2 === 0) fake.cut(link)
    else if (link) fake.reset(link, RESET_SEEN_AFTER_MS)
  }

  /** Two tenants' connections for one piece of work, asked for as withTenants does. */
  async #holdTwo(tenant: number, holdMs: number): Promise<void> {
    const { pool } = this.world
    const endTurn = await pool.takeTogetherTurn({ timeoutMs: ACQUIRE_TIMEOUT_MS })
    const names = [nameOf(tenant), nameOf(tenant + 1)].toSorted()
    const scopes = names.map((name) => pool.scope(accountOf(name)))
    try {
      for (const [at, scope] of scopes.entries()) this.#lookAt(await getConnection(scope), names[at])
      endTurn()
      await this.#hold(holdMs)
    } finally {
      endTurn()
      for (const scope of scopes) await scope.end()
    }
  }

  #lookAt({ threadId }: MysqlPoolConnection, name: string | undefined): void {
    const link = [...this.world.fake.sessions].find((session) => session.threadId === threadId)
    this.must(!this.#using.has(threadId), 'one user at a time')
    this.must(link === undefined || link.user === name, 'own identity')
  }

  async #holdPermit(ms: number): Promise<void> {
    this.#permitsHeld += 1
    await this.#hold(ms)
    this.#permitsHeld -= 1
  }

  #hold(ms: number): Promise<void> {
    return new Promise((resolve) => this.world.clock.after(ms, resolve))
  }

  #refuse({ tenant, forMs }: { tenant: number; forMs: number }): void {
    const { fake, clock } = this.world
    fake.refusedUsers.add(nameOf(tenant))
    clock.after(forMs, () => fake.refusedUsers.delete(nameOf(tenant)))
  }

  #disturb({ do: what, forMs }: Extract<Step, { forMs: number; do: string }>): void {
    const { fake, clock } = this.world
    if (what === 'silence' || what === 'deaf' || what === 'slow') {
      const set = (isOn: boolean) => {
        if (what === 'silence') fake.isSilent = isOn
        else if (what === 'deaf') fake.isDeafToKill = isOn
        else fake.connectMs = isOn ? ACQUIRE_TIMEOUT_MS + 50 : 3
      }
      set(true)
      clock.after(forMs, () => set(false))
    } else if (what !== 'refuse') {
      fake.down = Object.assign(new Error(what), OUTAGES[what])
      // A server that went down has no sessions; one that cannot be reached keeps them.
      if (what === 'restart') for (const link of [...fake.sessions]) fake.cut(link)
      clock.after(forMs, () => (fake.down = undefined))
    }
  }

  #settles(work: Promise<unknown>): void {
    this.open += 1
    const done = () => (this.open -= 1)
    work.then(done, done)
  }
}

export function nameOf(tenant: number): string {
  return TENANTS[tenant % TENANTS.length] ?? 'a'
}
