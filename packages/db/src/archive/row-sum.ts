import { createHash } from 'node:crypto'

const SIZE = 1n << 256n

/** Of many lines, the same in whatever order they come: ids that became others stand elsewhere in a table. */
export class RowSum {
  #sum = 0n

  add(line: string): void {
    const hash = createHash('sha256').update(line).digest('hex')
    this.#sum = (this.#sum + BigInt(`0x${hash}`)) % SIZE
  }

  equals(other: RowSum): boolean {
    return this.#sum === other.#sum
  }
}
