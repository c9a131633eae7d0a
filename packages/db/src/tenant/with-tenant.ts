import { AsyncLocalStorage } from 'node:async_hooks'
import type { Kysely } from 'kysely'
import type { ScopeOptions } from '../database.ts'
import { DatabaseError } from '../errors.ts'
import type { Installation } from '../installation.ts'
import { openKysely } from '../open-kysely.ts'
import type { TenantTables } from './tables.ts'
import type { TenantEntry } from './tenant-directory.ts'

type Work<T> = (db: Kysely<TenantTables>) => Promise<T>

interface Scope {
  installation: Installation
  tenantKey: string
  db: Kysely<TenantTables>
  isOpen: boolean
}

/** Only ever asked "are we inside a scope?". The handle itself is passed explicitly. */
const scopes = new AsyncLocalStorage<Scope>()

export interface ScopeRequest extends ScopeOptions {
  tenantKey: string
}

/** See Database.withTenant. Re-entered for the same tenant, the outer scope's handle, signal and label go on. */
export async function withTenant<T>(
  installation: Installation,
  request: ScopeRequest,
  work: Work<T>,
): Promise<T> {
  const { tenantKey, ...options } = request
  return enter(
    installation,
    { tenantKey, options, find: () => installation.directory.getOpen(tenantKey) },
    work,
  )
}

/** For a tenant that is not open to anybody yet: whoever makes it has its entry and needs to look at no state. */
export async function withTenantEntry<T>(
  installation: Installation,
  { entry, ...options }: { entry: TenantEntry } & ScopeOptions,
  work: Work<T>,
): Promise<T> {
  const { tenantKey } = entry.record
  return enter(installation, { tenantKey, options, find: async () => entry }, work)
}

interface Entrance {
  tenantKey: string
  options: ScopeOptions
  /** @throws DatabaseError why nobody may enter */
  find: () => Promise<TenantEntry>
}

async function enter<T>(
  installation: Installation,
  { tenantKey, options, find }: Entrance,
  work: Work<T>,
): Promise<T> {
  const outer = findOuterScope(installation)
  if (outer && outer.tenantKey !== tenantKey) {
    throw new DatabaseError('SCOPE_NESTED', 'a scope of one tenant may not open a scope of another', {
      tenant: outer.tenantKey,
    })
  }
  const { account } = await find()
  if (options.signal?.aborted) {
    throw new DatabaseError('ABORTED', 'the caller had gone before the scope began', { tenant: tenantKey })
  }
  if (outer?.isOpen) return work(outer.db)
  const lease = installation.pool.scope(account, options)
  const scope: Scope = {
    installation,
    tenantKey,
    db: openKysely(lease.pool, tenantKey),
    isOpen: true,
  }
  try {
    return await scopes.run(scope, () => work(scope.db))
  } finally {
    scope.isOpen = false
    await lease.end()
  }
}

/** What a scope started and did not wait for may run on after its end; by then there is nothing to assert. */
function findOuterScope(installation: Installation): Scope | undefined {
  const scope = scopes.getStore()
  return scope?.isOpen && scope.installation === installation ? scope : undefined
}
