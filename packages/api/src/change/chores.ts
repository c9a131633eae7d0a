import type { Database, TenantRecord } from '@sarai/db'
import type { TransactContext } from './transact.ts'

/** Something a tenant needs now and then, done in the background while somebody reads its changes. */
export interface Chore {
  /** How it is named in explanations of who holds connections. */
  label: string
  everyMs: number
  /** May run in several processes at once. */
  run(ctx: TransactContext & { tenant: Tenant }): Promise<unknown>
}

type Tenant = Pick<TenantRecord, 'id' | 'tenantKey'>

interface ChoresOptions {
  database: Pick<Database, 'withTenant'>
  log: { warn(fields: object, message: string): void }
  changes: TransactContext['changes']
  chores: readonly Chore[]
  signal: AbortSignal
}

/** Gives a function that starts what is due for a tenant and waits for none of it. A failure is tried again next time. */
export function makeChoreRunner({ chores, ...options }: ChoresOptions): (tenant: Tenant) => void {
  const startedAt = new Map(chores.map((chore) => [chore, new Map<string, number>()]))
  return (tenant) => {
    const now = Date.now()
    for (const [chore, byTenant] of startedAt) {
      if (now - (byTenant.get(tenant.id) ?? 0) < chore.everyMs) continue
      byTenant.set(tenant.id, now)
      startChore(chore, { ...options, tenant })
    }
  }
}

function startChore(
  chore: Chore,
  { database, log, changes, signal, tenant }: Omit<ChoresOptions, 'chores'> & { tenant: Tenant },
): void {
  const scope = { signal, label: chore.label, class: 'background' } as const
  database
    .withTenant(tenant.tenantKey, (db) => chore.run({ db, tenant, changes }), scope)
    .catch((error: unknown) => {
      log.warn({ err: error, tenant: tenant.tenantKey, path: chore.label }, 'a chore could not be done')
    })
}
