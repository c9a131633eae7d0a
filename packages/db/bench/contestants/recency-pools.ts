import { createPool, type Pool } from 'mysql2'
import { loginOf, type BenchTenant } from '../bench-server.ts'
import type { Contestant, Setting } from './contestant.ts'
import { endPool, queryPool } from './one-pool.ts'

interface Entry {
  user: string
  pool: Pool
}

/**
 * What peers do: pools in a cache with a limit, evicted by recency alone. A caller whose tenant has none at rest closes
 * the least recently used one and opens its own, whoever else waits for the same tenant; callers are served in the order in which they came.
 * Pools are of one connection, since nobody knows how many tenants will come; they are closed and awaited,
 * never while they are used, so that the budget is kept as well as it can be.
 */
export function enterRecencyPools({ server, budget, statement }: Setting): Contestant {
  const pools = new RecencyPools(budget, (tenant) =>
    createPool({ ...loginOf(server, tenant), connectionLimit: 1 }),
  )
  return {
    async ask(tenant) {
      const entry = await pools.take(tenant)
      try {
        await queryPool(entry.pool, statement)
      } finally {
        pools.giveBack(entry)
      }
    },
    handoffs: 0,
    [Symbol.asyncDispose]: () => pools.close(),
  }
}

class RecencyPools {
  readonly #poolsMax: number
  readonly #open: (tenant: BenchTenant) => Pool
  /** Least recently used first. */
  readonly #resting: Entry[] = []
  /** First come, first served. */
  readonly #waiting: (() => void)[] = []
  #count = 0

  constructor(poolsMax: number, open: (tenant: BenchTenant) => Pool) {
    this.#poolsMax = poolsMax
    this.#open = open
  }

  async take(tenant: BenchTenant): Promise<Entry> {
    if (this.#resting.length === 0 && this.#count === this.#poolsMax) await this.#turn()
    const own = this.#resting.findLastIndex(({ user }) => user === tenant.user)
    if (own >= 0) return this.#resting.splice(own, 1)[0] ?? this.#make(tenant)
    if (this.#count < this.#poolsMax) {
      this.#count += 1
      return this.#make(tenant)
    }
    const evicted = this.#resting.shift()
    if (!evicted) return this.take(tenant)
    await endPool(evicted.pool)
    return this.#make(tenant)
  }

  giveBack(entry: Entry): void {
    this.#resting.push(entry)
    this.#waiting.shift()?.()
  }

  async close(): Promise<void> {
    await Promise.all(this.#resting.map(({ pool }) => endPool(pool)))
  }

  #make(tenant: BenchTenant): Entry {
    return { user: tenant.user, pool: this.#open(tenant) }
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}
