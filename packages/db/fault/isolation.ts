import { sql } from 'kysely'
import { DatabaseError, type DatabaseErrorCode } from '../src/errors.ts'
import type { Account } from '../src/pool/types.ts'
import type { ServerAddress } from '../src/server/address.ts'
import { type FaultDb, type FaultPool, openFaultPool } from './fault-pool.ts'
import { FaultProxy } from './fault-proxy.ts'
import { type FaultName, InjectedFaults, seededRandom } from './injected-faults.ts'
import { findWrongNotes } from './notes.ts'
import { eventually, Onlooker } from './onlooker.ts'
import { chooseOperation } from './operations.ts'
import { createTenants } from './tenants.ts'

export interface IsolationPlan {
  operations: number
  /** After so long it ends, whatever has been done. */
  boundMs: number
  tenants: number
  callers: number
  connectionsMax: number
  /** How much more often than usual things go wrong. */
  faultFactor: number
  seed: number
  onProgress?: (summary: IsolationSummary) => void
}

export interface IsolationSummary {
  operations: number
  results: number
  refused: Record<string, number>
  faults: Partial<Record<FaultName, number>>
  /** What must be empty: the first few of each kind, in words. */
  foreignRows: string[]
  wrongUser: string[]
  leftBehind: string[]
  untypedErrors: string[]
  wrongNotes: string[]
  handoffs: number
  threadsMost: number
  permitsAfterwards: number
  seconds: number
}

const CALL_MS = 10_000
const ABORT_WITHIN_MS = 10
const PROGRESS_EVERY = 5_000
/** The server's word for "this is not yours". */
const DENIED: ReadonlySet<unknown> = new Set([1044, 1142])

/** Random operations of many tenants over few connections, while everything goes wrong that can. */
export async function runIsolation(server: ServerAddress, plan: IsolationPlan): Promise<IsolationSummary> {
  const accounts = await createTenants(server, plan.tenants)
  await using onlooker = await Onlooker.open(server)
  await onlooker.forgetThreadsMost()
  await using proxy = await FaultProxy.open(server)
  await using real = openFaultPool(proxy.endpoint, {
    connectionsMax: plan.connectionsMax,
    acquireTimeoutMs: 5_000,
    leaseMaxMs: 8_000,
    onEvent: () => undefined,
  })
  const run = new IsolationRun(plan, { accounts, onlooker, real, proxy })
  await run.operate()
  await eventually(() => real.pool.stats().waiting === 0 && real.pool.stats().leased === 0)
  await real.pool.close()
  run.summary.permitsAfterwards = real.pool.stats().budget.inUse
  await eventually(async () => (await onlooker.threadsOf(accounts)).length === 0)
  run.summary.wrongNotes = await findWrongNotes(onlooker, accounts)
  return run.summary
}

interface World {
  accounts: readonly Account[]
  onlooker: Onlooker
  real: FaultPool
  proxy: FaultProxy
}

class IsolationRun {
  readonly summary: IsolationSummary
  readonly #plan: IsolationPlan
  readonly #world: World
  readonly #random: () => number
  readonly #faults: InjectedFaults
  readonly #refused = new Map<DatabaseErrorCode, number>()
  readonly #started = performance.now()

  constructor(plan: IsolationPlan, world: World) {
    this.#plan = plan
    this.#world = world
    this.#random = seededRandom(plan.seed)
    this.#faults = new InjectedFaults(plan.faultFactor, this.#random)
    this.summary = emptySummary()
    world.proxy.makeJudge = () => this.#faults.makeJudge()
  }

  async operate(): Promise<void> {
    let begun = 0
    const isOver = () => begun >= this.#plan.operations || this.#seconds * 1_000 >= this.#plan.boundMs
    const caller = async () => {
      while (!isOver()) {
        begun += 1
        await this.#operation(`op ${begun}`)
        if (++this.summary.operations % PROGRESS_EVERY === 0) await this.#progress()
      }
    }
    await Promise.all(Array.from({ length: this.#plan.callers }, caller))
    await this.#progress()
  }

  async #operation(op: string): Promise<void> {
    const own = this.#anyAccount()
    const other = this.#anyAccount(own)
    const account = this.#faults.spoil(own, other)
    if (this.#faults.happens('connection: killed on the server')) await this.#killAny()
    const work = chooseOperation(this.#random)
    const look = (db: FaultDb) => this.#look(db, own)
    const sawForeign = (rows: unknown[]) => this.#found('foreignRows', { own: own.user, rows })
    try {
      await this.#world.real.use(account, (db) => work({ db, account: own, other, op, look, sawForeign }), {
        signal: this.#patience(),
      })
      this.summary.results += 1
    } catch (error) {
      this.#judge(error)
    }
  }

  /** Nobody waits for ever, and some leave at once. */
  #patience(): AbortSignal {
    const leavesSoon = this.#faults.happens('caller: leaves')
    return AbortSignal.timeout(leavesSoon ? Math.floor(this.#random() * ABORT_WITHIN_MS) : CALL_MS)
  }

  /** Who am I, where am I, what do I see, and did somebody leave something here? */
  async #look(db: FaultDb, own: Account): Promise<void> {
    const { rows } = await sql<{
      user: string
      db: string
      token: string
      mark: string | null
      open: number
    }>`
      select substring_index(current_user(), '@', 1) as user, database() as db, token, @mark as mark,
        @@in_transaction as open from canary`.execute(db)
    const seen = { own: own.user, rows }
    if (rows.length !== 1 || rows[0]?.token !== own.database) this.#found('foreignRows', seen)
    if (rows[0]?.user !== own.user || rows[0].db !== own.database) this.#found('wrongUser', seen)
    const isInOwnTransaction = db.isTransaction
    if (rows[0]?.mark !== null || (!isInOwnTransaction && Number(rows[0].open) !== 0))
      this.#found('leftBehind', seen)
  }

  #judge(error: unknown): void {
    if (error instanceof DatabaseError) {
      this.#refused.set(error.code, (this.#refused.get(error.code) ?? 0) + 1)
    } else if (error instanceof Error && 'errno' in error && DENIED.has(error.errno))
      this.summary.results += 1
    else this.#found('untypedErrors', error)
  }

  #found(what: 'foreignRows' | 'wrongUser' | 'leftBehind' | 'untypedErrors', seen: unknown): void {
    this.summary[what].push(seen instanceof Error ? String(seen) : JSON.stringify(seen))
  }

  async #killAny(): Promise<void> {
    const threads = await this.#world.onlooker.threadsOf(this.#world.accounts)
    const victim = threads[Math.floor(this.#random() * threads.length)]
    if (victim) await this.#world.onlooker.kill(victim.id)
  }

  /** Some tenants come often, most seldom: both reuse and handoff. */
  #anyAccount(but?: Account): Account {
    const { accounts } = this.#world
    const account = accounts[Math.floor(this.#random() ** 3 * accounts.length)]
    if (!account) throw new Error('no tenants')
    return account === but ? this.#anyAccount(but) : account
  }

  get #seconds(): number {
    return (performance.now() - this.#started) / 1_000
  }

  async #progress(): Promise<void> {
    const { summary } = this
    summary.refused = Object.fromEntries(this.#refused)
    summary.faults = Object.fromEntries(this.#faults.counts)
    summary.handoffs = this.#world.real.pool.stats().counters.handoffs
    summary.seconds = Math.round(this.#seconds)
    summary.threadsMost = await this.#world.onlooker.threadsMost()
    this.#plan.onProgress?.(summary)
  }
}

function emptySummary(): IsolationSummary {
  return {
    operations: 0,
    results: 0,
    refused: {},
    faults: {},
    foreignRows: [],
    wrongUser: [],
    leftBehind: [],
    untypedErrors: [],
    wrongNotes: [],
    handoffs: 0,
    threadsMost: 0,
    permitsAfterwards: 0,
    seconds: 0,
  }
}
