export interface LookupCacheOptions<V> {
  load(key: string): Promise<V | undefined>
  foundTtlMs: number
  missingTtlMs: number
  /** The least recently used goes first. Missing keys are counted apart: nonsense pushes nobody out. */
  foundMax: number
  missingMax: number
  now?: (() => number) | undefined
}

interface Entry<V> {
  value: V | undefined
  expiresAt: number
}

/**
 * Remembers what a key stands for, for a while; also that it stands for nothing. Callers who ask for one key at
 * once share one load. A load that fails, or that was under way when the key was forgotten, is not kept.
 */
export class LookupCache<V> {
  readonly #options: LookupCacheOptions<V>
  readonly #now: () => number
  readonly #found = new Map<string, Entry<V>>()
  readonly #missing = new Map<string, Entry<V>>()
  readonly #loading = new Map<string, Promise<V | undefined>>()

  constructor(options: LookupCacheOptions<V>) {
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
  }

  async get(key: string): Promise<V | undefined> {
    const kept = this.#read(this.#found, key) ?? this.#read(this.#missing, key)
    if (kept) return kept.value
    return this.#loading.get(key) ?? this.#load(key)
  }

  /** The next get loads afresh, whatever was kept or is being loaded. */
  forget(key: string): void {
    this.#found.delete(key)
    this.#missing.delete(key)
    this.#loading.delete(key)
  }

  forgetAll(): void {
    this.#found.clear()
    this.#missing.clear()
    this.#loading.clear()
  }

  #read(entries: Map<string, Entry<V>>, key: string): Entry<V> | undefined {
    const entry = entries.get(key)
    if (!entry) return undefined
    entries.delete(key)
    if (entry.expiresAt <= this.#now()) return undefined
    entries.set(key, entry)
    return entry
  }

  #load(key: string): Promise<V | undefined> {
    const loading = this.#options.load(key).then(
      (value) => {
        if (this.#loading.get(key) === loading) this.#keep(key, value)
        return value
      },
      (error: unknown) => {
        if (this.#loading.get(key) === loading) this.#loading.delete(key)
        throw error
      },
    )
    this.#loading.set(key, loading)
    return loading
  }

  #keep(key: string, value: V | undefined): void {
    this.#loading.delete(key)
    const { foundTtlMs, missingTtlMs, foundMax, missingMax } = this.#options
    const [entries, ttlMs, max] =
      value === undefined ? [this.#missing, missingTtlMs, missingMax] : [this.#found, foundTtlMs, foundMax]
    entries.set(key, { value, expiresAt: this.#now() + ttlMs })
    const [oldest] = entries.keys()
    if (entries.size > max && oldest !== undefined) entries.delete(oldest)
  }
}
