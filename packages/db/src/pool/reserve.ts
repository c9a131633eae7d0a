import type { Budget } from './budget.ts'

/**
 * The one permit that is kept back from everybody's use, and those who take turns with it: the killer, and whoever
 * must reach the server even while everything is leased (the heartbeat of the fleet).
 */
export class Reserve {
  readonly #budget: Budget
  readonly #line: (() => void)[] = []

  constructor(budget: Budget) {
    this.#budget = budget
  }

  /** Somebody waits for it: who has it for long should make way. */
  get isWanted(): boolean {
    return this.#line.length > 0
  }

  /** Resolves when it is this caller's turn. First come, first served. */
  take(): Promise<void> {
    if (this.#budget.takeReserved()) return Promise.resolve()
    return new Promise((turn) => this.#line.push(turn))
  }

  give(): void {
    const next = this.#line.shift()
    if (next) next()
    else this.#budget.giveReserved()
  }
}
