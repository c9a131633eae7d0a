import type { Kysely } from 'kysely'
import type { ScopeOptions } from '../database.ts'
import { DatabaseError } from '../errors.ts'
import type { Installation } from '../installation.ts'
import { openKysely } from '../open-kysely.ts'
import type { TenantTables } from './tables.ts'
import type { TenantEntry } from './tenant-directory.ts'
import { enterScope, findOuterScope, type TenantScope } from './tenant-scope.ts'

type Work<T> = (db: Kysely<TenantTables>) => Promise<T>

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
  const handle = outer?.handles.get(tenantKey)
  if (outer && !handle) throw nested(outer)
  const { account } = await find()
  if (options.signal?.aborted) {
    throw new DatabaseError('ABORTED', 'the caller had gone before the scope began', { tenant: tenantKey })
  }
  if (outer?.isOpen && handle) return work(handle)
  const lease = installation.pool.scope(account, options)
  const db = openKysely<TenantTables>(lease.pool, tenantKey)
  try {
    return await enterScope({ installation, handles: new Map([[tenantKey, db]]), isOpen: true }, () =>
      work(db),
    )
  } finally {
    await lease.end()
  }
}

function nested({ handles }: TenantScope): DatabaseError {
  return new DatabaseError('SCOPE_NESTED', 'a scope of one tenant may not open a scope of another', {
    tenant: [...handles.keys()].join(', '),
  })
}
