import type { VirtualClock } from '../pool/fake-server.ts'
import { EXPIRES_MS, FORGOTTEN_AFTER_MS, renew } from './lease-terms.ts'
import { ShareKeeper, type LentBudget, type ShareWire } from './share-keeper.ts'
import { planShare, SHARE_MIN, type ShareRow } from './share-plan.ts'
import type { ShareAnswer } from './share-table.ts'

const TIMEOUT_MS = 2_000

interface Line extends Omit<ShareRow, 'isExpired'> {
  expiresAt: number
}

/** For tests: the lease table without a server, by the same rules, in virtual time. */
export class VirtualTable {
  readonly lines = new Map<string, Line>()
  readonly clock: VirtualClock
  readonly total: number

  constructor(clock: VirtualClock, total: number) {
    this.clock = clock
    this.total = total
  }

  exchange(processId: string, report: { held: number; wanted: number }): ShareAnswer {
    const rows = renew(this.#rows(), { ...report, processId })
    const own = rows.find((row) => row.processId === processId)
    const share = planShare(rows, processId, this.total)
    const expiresAt = this.clock.now() + EXPIRES_MS
    this.lines.set(processId, {
      processId,
      share,
      held: own?.held ?? 0,
      wanted: report.wanted,
      expiresAt,
    })
    const others = rows.filter((row) => row !== own && !row.isExpired).length
    return { share, total: this.total, others }
  }

  #rows(): ShareRow[] {
    const now = this.clock.now()
    for (const { processId, expiresAt } of this.lines.values()) {
      if (expiresAt + FORGOTTEN_AFTER_MS < now) this.lines.delete(processId)
    }
    return [...this.lines.values()].map(({ expiresAt, ...line }) => ({
      ...line,
      isExpired: expiresAt <= now,
    }))
  }
}

/** For tests: one process, whose connections are a number. */
export class VirtualProcess implements LentBudget, ShareWire {
  readonly id: string
  max = 0
  inUse = 0
  isCutOff = false
  isDead = false
  /** How long a message takes to the table, and the answer back. */
  latencyMs = 1
  keeper: ShareKeeper | undefined
  readonly #table: VirtualTable

  constructor(table: VirtualTable, id: string) {
    this.#table = table
    this.id = id
  }

  get held(): number {
    return Math.max(this.max, this.inUse)
  }

  /** What the server has of it. */
  get weight(): number {
    return this.isDead ? 0 : this.held
  }

  resize(max: number): void {
    this.max = max
  }

  /** The first heartbeats of a start, before there is anything to keep. */
  async start(wanted: number): Promise<void> {
    const { clock } = this.#table
    while (!this.isDead) {
      const askedAt = clock.now()
      const { share } = await this.exchange({ held: 0, wanted }).catch(() => ({ share: 0 }))
      // Nobody starts on a share that is about to run out.
      if (this.isDead || share < SHARE_MIN) {
        await this.#wait(500)
        continue
      }
      this.max = share
      this.keeper = new ShareKeeper({
        clock,
        wire: this,
        budget: this,
        wanted,
        lent: { share, askedAt },
        onEvent: () => undefined,
      })
      return
    }
  }

  async exchange(report: { held: number; wanted: number }): Promise<ShareAnswer> {
    await this.#cross()
    const answer = this.#table.exchange(this.id, report)
    await this.#cross()
    return answer
  }

  async giveBack(): Promise<void> {
    await this.#cross()
    this.#table.lines.delete(this.id)
  }

  /** As `kill -9`: nothing of it runs on, and the server closes what it had. */
  die(): void {
    this.isDead = true
  }

  async #cross(): Promise<void> {
    await this.#wait(this.latencyMs)
    if (this.isDead) await new Promise(() => undefined)
    if (!this.isCutOff) return
    await this.#wait(TIMEOUT_MS)
    throw new Error('no answer')
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#table.clock.after(ms, resolve))
  }
}
