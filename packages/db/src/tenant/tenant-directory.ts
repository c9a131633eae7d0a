import type { Kysely } from 'kysely'
import type { TenantRecord } from '../database.ts'
import { DatabaseError } from '../errors.ts'
import type { Installation } from '../installation.ts'
import type { Keyring } from '../master/secret.ts'
import type { MasterTables, TenantRow, TenantStatus } from '../master/tables.ts'
import type { Account } from '../pool/types.ts'
import { learnKeyOf } from '../secret/keys.ts'
import { LookupCache } from './lookup-cache.ts'
import type { TenantSchema } from './migrations.ts'

export const TENANT_KEY_PATTERN = /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/
export const FOUND_TTL_MS = 30_000
/** How long a tenant that another process makes may stay hidden here. */
export const MISSING_TTL_MS = 5_000
export const FOUND_MAX = 10_000
export const MISSING_MAX = 1_000

/** A tenant and how to log in to its database. */
export interface TenantEntry {
  record: TenantRecord
  account: Account
}

/** Which tenant a key stands for, cached. */
export interface TenantDirectory {
  /** Undefined for a key that no tenant has; a malformed one is not even asked for. */
  find(requestedKey: string): Promise<TenantEntry | undefined>
  /** @throws DatabaseError TENANT_UNKNOWN */
  get(requestedKey: string): Promise<TenantEntry>
  /** @throws DatabaseError TENANT_UNKNOWN, or why the tenant is closed */
  getOpen(requestedKey: string): Promise<TenantEntry>
  /** After every change of a tenant's row. */
  forget(tenantKey: string): void
  /** When it is not known which rows have changed. */
  forgetAll(): void
}

export function makeTenantDirectory(
  master: Kysely<MasterTables>,
  ground: Pick<Installation, 'keyring' | 'schema'>,
): TenantDirectory {
  const cache = new LookupCache<TenantEntry>({
    load: async (key) => {
      const row = await master
        .selectFrom('tenants')
        .selectAll()
        .where('tenant_key', '=', key)
        .executeTakeFirst()
      if (!row) return undefined
      await learnKeyOf(master, ground.keyring, row.account_secret)
      return toEntry(row, ground)
    },
    foundTtlMs: FOUND_TTL_MS,
    missingTtlMs: MISSING_TTL_MS,
    foundMax: FOUND_MAX,
    missingMax: MISSING_MAX,
  })
  const find = async (key: string) => (TENANT_KEY_PATTERN.test(key) ? cache.get(key) : undefined)
  const get = async (key: string) =>
    (await find(key)) ?? refuse('TENANT_UNKNOWN', 'no tenant has this key', key)
  return {
    find,
    get,
    async getOpen(key) {
      const entry = await get(key)
      const { status } = entry.record
      return status === 'active' ? entry : refuse(CLOSED_AS[status], `the tenant is ${status}`, key)
    },
    forget: (key) => cache.forget(key),
    forgetAll: () => cache.forgetAll(),
  }
}

const CLOSED_AS = {
  provisioning: 'TENANT_PROVISIONING',
  migrating: 'TENANT_MIGRATING',
  suspended: 'TENANT_SUSPENDED',
  archived: 'TENANT_ARCHIVED',
} as const satisfies Record<Exclude<TenantStatus, 'active'>, string>

function refuse(
  code: 'TENANT_UNKNOWN' | (typeof CLOSED_AS)[keyof typeof CLOSED_AS],
  why: string,
  key: string,
): never {
  throw new DatabaseError(code, why, { tenant: key })
}

export function toEntry(
  row: TenantRow,
  { keyring, schema }: Pick<Installation, 'keyring' | 'schema'>,
): TenantEntry {
  return {
    record: {
      id: row.id,
      tenantKey: row.tenant_key,
      name: row.name,
      status: row.status === 'active' && !isServed(row, schema) ? 'migrating' : row.status,
      schemaVersion: row.schema_version,
      createdAt: row.created_at,
    },
    account: {
      id: row.id,
      label: row.tenant_key,
      user: row.account_name,
      version: row.account_version,
      database: row.database_name,
      // Opened for each login and kept nowhere: a heap dump shows few passwords.
      password: () => openSecret(row, keyring),
    },
  }
}

/** Neither too old for this code nor, if a newer one has taken something away, too new. */
function isServed(row: TenantRow, { servedFrom, version }: TenantSchema): boolean {
  return row.schema_version >= servedFrom && row.schema_floor <= version
}

function openSecret(row: TenantRow, keyring: Keyring): string {
  try {
    return keyring.unseal(row.account_secret, row.id)
  } catch (cause) {
    throw new DatabaseError('TENANT_UNREACHABLE', 'the password of the tenant cannot be unsealed', {
      tenant: row.tenant_key,
      cause,
    })
  }
}
