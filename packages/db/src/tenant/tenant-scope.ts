import { AsyncLocalStorage } from 'node:async_hooks'
import type { Kysely } from 'kysely'
import type { Installation } from '../installation.ts'
import type { TenantTables } from './tables.ts'

/** One piece of work for one tenant, or for several that were asked for together. */
export interface TenantScope {
  installation: Installation
  /** By tenant key. */
  handles: ReadonlyMap<string, Kysely<TenantTables>>
  isOpen: boolean
}

/** Only ever asked "are we inside a scope?". The handle itself is passed explicitly. */
const scopes = new AsyncLocalStorage<TenantScope>()

/** What a scope started and did not wait for may run on after its end; by then there is nothing to assert. */
export function findOuterScope(installation: Installation): TenantScope | undefined {
  const scope = scopes.getStore()
  return scope?.isOpen && scope.installation === installation ? scope : undefined
}

export async function enterScope<T>(scope: TenantScope, work: () => Promise<T>): Promise<T> {
  try {
    return await scopes.run(scope, work)
  } finally {
    scope.isOpen = false
  }
}
