/** The newest so many of something. */
export class Ring<Item> {
  readonly #sizeMax: number
  readonly #items: Item[] = []
  #start = 0

  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax
  }

  push(item: Item): void {
    if (this.#items.length < this.#sizeMax) this.#items.push(item)
    else {
      this.#items[this.#start] = item
      this.#start = (this.#start + 1) % this.#sizeMax
    }
  }

  /** Oldest first. */
  list(): Item[] {
    return [...this.#items.slice(this.#start), ...this.#items.slice(0, this.#start)]
  }
}
