import { roundMs } from './wait-histogram.ts'

/** Tenants with an account of their own; when there are more, the half that used least goes into one. */
export const LEDGER_TENANTS_MAX = 512
/** Of them, how many a report names. */
export const LEDGER_LISTED_MAX = 100

/** What a tenant has cost since this process began. */
export interface LedgerRow {
  tenant: string
  /** Connections times the seconds they were held. */
  connectionSeconds: number
  leases: number
  /** Acquires that had to queue, and for how long altogether and at most. */
  waits: number
  waitSeconds: number
  longestWaitMs: number
  refused: number
}

export interface Ledger {
  /** Most connection-seconds first, at most LEDGER_LISTED_MAX. */
  tenants: LedgerRow[]
  /** All others together, and how many were last seen apart. */
  rest: Omit<LedgerRow, 'tenant'>
}

interface Entry {
  heldMs: number
  leases: number
  waits: number
  waitMs: number
  longestWaitMs: number
  refused: number
}

/** Connection-seconds and waits by tenant, in bounded memory: the totals are exact, the small ones are one row. */
export class LedgerBook {
  readonly #entries = new Map<string, Entry>()
  readonly #rest = emptyEntry()
  /** One tenant often comes several times in a row. */
  #lastTenant = ''
  #last: Entry = emptyEntry()

  held(tenant: string, heldMs: number): void {
    const entry = this.#of(tenant)
    entry.heldMs += heldMs
    entry.leases += 1
  }

  waited(tenant: string, waitedMs: number, isRefused: boolean): void {
    const entry = this.#of(tenant)
    entry.waits += 1
    entry.waitMs += waitedMs
    entry.longestWaitMs = Math.max(entry.longestWaitMs, waitedMs)
    if (isRefused) entry.refused += 1
  }

  /** `open`: what is held at this moment and will be booked when it ends. */
  read(open: Iterable<{ tenant: string; heldMs: number }>): Ledger {
    const openMs = new Map<string, number>()
    for (const { tenant, heldMs } of open) {
      this.#of(tenant)
      openMs.set(tenant, (openMs.get(tenant) ?? 0) + heldMs)
    }
    const rows = [...this.#entries].map(([tenant, entry]) => ({
      tenant,
      entry: { ...entry, heldMs: entry.heldMs + (openMs.get(tenant) ?? 0) },
    }))
    rows.sort((one, other) => other.entry.heldMs - one.entry.heldMs)
    const rest = { ...this.#rest }
    for (const { entry } of rows.slice(LEDGER_LISTED_MAX)) fold(rest, entry)
    return {
      tenants: rows.slice(0, LEDGER_LISTED_MAX).map(({ tenant, entry }) => ({ tenant, ...toRow(entry) })),
      rest: toRow(rest),
    }
  }

  get connectionSeconds(): number {
    let heldMs = this.#rest.heldMs
    for (const entry of this.#entries.values()) heldMs += entry.heldMs
    return heldMs / 1000
  }

  #of(tenant: string): Entry {
    if (tenant === this.#lastTenant) return this.#last
    let entry = this.#entries.get(tenant)
    if (!entry) {
      if (this.#entries.size >= LEDGER_TENANTS_MAX) this.#foldSmallest()
      entry = emptyEntry()
      this.#entries.set(tenant, entry)
    }
    this.#lastTenant = tenant
    this.#last = entry
    return entry
  }

  #foldSmallest(): void {
    const bySize = [...this.#entries].toSorted(([, one], [, other]) => one.heldMs - other.heldMs)
    for (const [tenant, entry] of bySize.slice(0, LEDGER_TENANTS_MAX / 2)) {
      fold(this.#rest, entry)
      this.#entries.delete(tenant)
    }
  }
}

function emptyEntry(): Entry {
  return { heldMs: 0, leases: 0, waits: 0, waitMs: 0, longestWaitMs: 0, refused: 0 }
}

function fold(into: Entry, entry: Entry): void {
  into.heldMs += entry.heldMs
  into.leases += entry.leases
  into.waits += entry.waits
  into.waitMs += entry.waitMs
  into.longestWaitMs = Math.max(into.longestWaitMs, entry.longestWaitMs)
  into.refused += entry.refused
}

function toRow({ heldMs, leases, waits, waitMs, longestWaitMs, refused }: Entry): Omit<LedgerRow, 'tenant'> {
  return {
    connectionSeconds: roundMs(heldMs) / 1000,
    leases,
    waits,
    waitSeconds: roundMs(waitMs) / 1000,
    longestWaitMs: roundMs(longestWaitMs),
    refused,
  }
}
