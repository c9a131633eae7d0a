import type { MessageBlock } from './message-blocks.ts'

/** A message of one or two lines; counts only until the first block has been measured. */
const ITEM_GUESS_PX = 64

/** How high each block of a thread is: as it was measured while it was drawn, or, if it never was, as the others are. */
export class BlockHeights {
  readonly #known = new Map<string, { px: number; items: number }>()
  /** Of all that are known. */
  #sum = { px: 0, items: 0 }

  measure({ key, items }: MessageBlock, px: number): void {
    const before = this.#known.get(key) ?? { px: 0, items: 0 }
    this.#sum.px += px - before.px
    this.#sum.items += items.length - before.items
    this.#known.set(key, { px, items: items.length })
  }

  /** What came to a block while it was not drawn is as high as the rest of it, until it is. */
  of({ key, items }: MessageBlock): number {
    const { px, items: measured } = this.#known.get(key) ?? this.#sum
    return measured === 0 ? ITEM_GUESS_PX * items.length : (px * items.length) / measured
  }

  /** The width has changed: nothing is as high as it was. */
  forget(): void {
    this.#known.clear()
    this.#sum = { px: 0, items: 0 }
  }
}
