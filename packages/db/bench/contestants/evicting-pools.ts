import { createPool, type Pool } from 'mysql2'
import { loginOf, type BenchTenant } from '../bench-server.ts'
import type { Contestant, Setting } from './contestant.ts'
import { endPool, queryPool } from './one-pool.ts'

interface Entry {
  pool: Pool
  users: number
}

/**
 * What peers do, done well: a pool for each tenant, no more of them than the budget has connections for. A tenant
 * without a pool waits its turn, then the least recently used one that nobody uses is closed, which is awaited, so
 * that the server is never asked for more than the budget. All who wait for one tenant share its new pool. The pools
 * are as large as the number of tenants allows, which an application cannot know so well.
 */
export function enterEvictingPools({ server, tenants, budget, statement }: Setting): Contestant {
  const poolSize = Math.max(1, Math.floor(budget / tenants.length))
  const pools = new EvictingPools(Math.floor(budget / poolSize), (tenant) =>
    createPool({ ...loginOf(server, tenant), connectionLimit: poolSize }),
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

class EvictingPools {
  readonly #poolsMax: number
  readonly #open: (tenant: BenchTenant) => Pool
  /** Least recently used first. */
  readonly #entries = new Map<string, Entry>()
  /** Tenants without a pool, first come first, each with all who wait for it. */
  readonly #waiting = new Map<string, { tenant: BenchTenant; resolve: ((entry: Entry) => void)[] }>()
  #closing = 0

  constructor(poolsMax: number, open: (tenant: BenchTenant) => Pool) {
    this.#poolsMax = poolsMax
    this.#open = open
  }

  take(tenant: BenchTenant): Promise<Entry> {
    const entry = this.#entries.get(tenant.user)
    if (entry) return Promise.resolve(this.#use(tenant, entry))
    return new Promise((resolve) => {
      const queue = this.#waiting.get(tenant.user)
      if (queue) queue.resolve.push(resolve)
      else this.#waiting.set(tenant.user, { tenant, resolve: [resolve] })
      this.#serve()
    })
  }

  giveBack(entry: Entry): void {
    entry.users -= 1
    if (entry.users === 0) this.#serve()
  }

  async close(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ pool }) => endPool(pool)))
  }

  #use(tenant: BenchTenant, entry: Entry): Entry {
    entry.users += 1
    this.#entries.delete(tenant.user)
    this.#entries.set(tenant.user, entry)
    return entry
  }

  #serve(): void {
    while (this.#waiting.size > 0 && this.#entries.size + this.#closing < this.#poolsMax) this.#openNext()
    for (let wanted = this.#waiting.size - this.#closing; wanted > 0; wanted--) if (!this.#evict()) return
  }

  #openNext(): void {
    const [next] = this.#waiting.values()
    if (!next) return
    const entry = { pool: this.#open(next.tenant), users: 0 }
    this.#waiting.delete(next.tenant.user)
    for (const resolve of next.resolve) resolve(this.#use(next.tenant, entry))
  }

  #evict(): boolean {
    for (const [user, { pool, users }] of this.#entries) {
      if (users > 0) continue
      this.#entries.delete(user)
      this.#closing += 1
      void endPool(pool).finally(() => {
        this.#closing -= 1
        this.#serve()
      })
      return true
    }
    return false
  }
}
