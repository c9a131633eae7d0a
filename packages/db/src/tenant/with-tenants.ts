import type { Kysely } from 'kysely'
import type { ScopeOptions } from '../database.ts'
import { DatabaseError } from '../errors.ts'
import type { Installation } from '../installation.ts'
import { openKysely } from '../open-kysely.ts'
import type { TenantTables } from './tables.ts'
import type { TenantEntry } from './tenant-directory.ts'
import { enterScope, findOuterScope } from './tenant-scope.ts'

/** Who needs more at once should go through them one by one. */
export const TENANTS_TOGETHER_MAX = 4
const RETRY_AFTER_MS = 1_000

type Handle = Kysely<TenantTables>

export interface TogetherRequest extends ScopeOptions {
  tenantKeys: readonly string[]
}

/** See Database.withTenants. */
export async function withTenants<T>(
  installation: Installation,
  request: TogetherRequest,
  work: (handles: ReadonlyMap<string, Handle>) => Promise<T>,
): Promise<T> {
  const { tenantKeys, ...options } = request
  checkKeys(tenantKeys)
  const outer = findOuterScope(installation)
  if (outer) {
    const message = 'a scope of one tenant may not open a scope of others'
    throw new DatabaseError('SCOPE_NESTED', message, { tenant: [...outer.handles.keys()].join(', ') })
  }
  const entries = await Promise.all(tenantKeys.map((key) => installation.directory.getOpen(key)))
  const gathering = await beginGathering(installation, options, entries)
  try {
    return await gathering.gather((handles) => {
      gathering.end()
      return enterScope({ installation, handles, isOpen: true }, () => work(handles))
    })
  } finally {
    gathering.end()
  }
}

function checkKeys(keys: readonly string[]): void {
  if (keys.length === 0) throw new TypeError('no tenant was named')
  if (new Set(keys).size < keys.length) throw new TypeError('a tenant was named twice')
  if (keys.length > TENANTS_TOGETHER_MAX)
    throw new RangeError(`at most ${TENANTS_TOGETHER_MAX} tenants at once, not ${keys.length}`)
}

interface Gathering {
  gather<T>(work: (handles: ReadonlyMap<string, Handle>) => Promise<T>): Promise<T>
  /** The turn: when all are had, or none can be. */
  end(): void
}

/** One deadline for the turn and for all connections together. */
async function beginGathering(
  { pool }: Installation,
  options: ScopeOptions,
  entries: readonly TenantEntry[],
): Promise<Gathering> {
  if (entries.length > pool.usableMax) throw tooFew(entries)
  const timeoutMs = options.acquireTimeoutMs ?? pool.acquireTimeoutMs
  const dueAt = performance.now() + timeoutMs
  const end = await pool.takeTogetherTurn({ timeoutMs, signal: options.signal })
  const gatherFrom = async <T>(
    [next, ...rest]: readonly TenantEntry[],
    handles: ReadonlyMap<string, Handle>,
    work: (handles: ReadonlyMap<string, Handle>) => Promise<T>,
  ): Promise<T> => {
    if (!next) return work(handles)
    const { tenantKey } = next.record
    const acquireTimeoutMs = Math.max(0, dueAt - performance.now())
    const scope = pool.scope(next.account, { ...options, acquireTimeoutMs })
    try {
      return await openKysely<TenantTables>(scope.pool, tenantKey)
        .connection()
        .execute((handle) => gatherFrom(rest, new Map([...handles, [tenantKey, handle]]), work))
    } finally {
      await scope.end()
    }
  }
  return { end, gather: (work) => gatherFrom(entries.toSorted(byAccountId), new Map(), work) }
}

/** The same order for everybody. */
function byAccountId(a: TenantEntry, b: TenantEntry): number {
  return a.account.id < b.account.id ? -1 : 1
}

/** A fleet may have lent this process little; that changes. */
function tooFew(entries: readonly TenantEntry[]): DatabaseError {
  const message = `this process has fewer connections than the ${entries.length} that were asked for together`
  return new DatabaseError('TENANT_BUSY', message, { retryAfterMs: RETRY_AFTER_MS })
}
