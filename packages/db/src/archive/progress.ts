import { DatabaseError } from '../errors.ts'

/** In this order; an export writes, an import does the others, a clone all of them. `files` comes in both. */
export type ArchiveStep = 'writing' | 'checking' | 'making' | 'filling' | 'files' | 'opening'

/** How far it is. */
export interface ArchiveProgress {
  step: ArchiveStep
  /** The table that it is at; null in a step that goes through none. */
  table: string | null
  /** Rows, of all tables together; in the step `files` files. */
  done: number
  /** null: it is one thing that takes as long as it takes. */
  total: number | null
}

/** Called when a step begins, every few hundred rows, and when a table is through. The first of a step is waited for. */
export type OnArchiveProgress = (progress: ArchiveProgress) => void | Promise<void>

/** Rows between two words about one table. */
const ROWS_BETWEEN = 500

/** Counts what has been done in one step. */
export class StepCounter {
  readonly #tell: OnArchiveProgress | undefined
  readonly #step: ArchiveStep
  readonly #total: number
  #done = 0

  constructor(tell: OnArchiveProgress | undefined, step: ArchiveStep, total: number) {
    this.#tell = tell
    this.#step = step
    this.#total = total
  }

  async begin(): Promise<void> {
    await this.at(null)
  }

  /** One more, of this table. */
  count(table: string | null): void {
    this.#done += 1
    if (this.#done % ROWS_BETWEEN === 0) void this.at(table)
  }

  async at(table: string | null): Promise<void> {
    await this.#tell?.({ step: this.#step, table, done: this.#done, total: this.#total })
  }
}

/** @throws DatabaseError ABORTED once somebody has cancelled it */
export function requireGoing(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled(signal)
}

export function cancelled(signal: AbortSignal): DatabaseError {
  const { reason } = signal
  return reason instanceof DatabaseError
    ? reason
    : new DatabaseError('ABORTED', 'it was cancelled', { cause: reason })
}
