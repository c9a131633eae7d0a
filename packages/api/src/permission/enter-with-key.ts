import type { TenantRecord, TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { hashToken, readTenantIdOfKey } from '../auth/token.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { TENANT_RECORD_COLUMNS } from '../tenant-record.ts'
import { type Access, permissionsOf } from './access.ts'
import { readPermissions } from './api-key.ts'
import { NEVER_BY_KEY } from './schema.ts'

/** When a key was last used is written so rarely: a call is a read. */
export const API_KEY_SEEN_EVERY_MS = 5 * 60_000

export interface KeyEntrance {
  tenant: TenantRecord
  key: { id: string; name: string }
  access: Access
}

interface Call {
  path: string
  signal: AbortSignal | undefined
}

/**
 * Lets a program in by its key, read afresh for each request, so that a revoked one is worth nothing with the next. A
 * key names its tenant by an id that cannot be guessed: one that was made up, or made for another tenant, gets the same
 * answer after the same one statement whether the tenant in the path exists or not.
 *
 * @throws DomainError UNAUTHENTICATED for every key that opens nothing here, whatever the reason; RATE_LIMITED
 */
export async function enterWithKey(ctx: Context, secret: string, call: Call): Promise<KeyEntrance> {
  const { apiKeyRefusals } = ctx.auth
  apiKeyRefusals.check(ctx.client.address)
  const tenant = await findTenant(ctx, secret)
  const found =
    tenant &&
    (await ctx.database.withTenant(tenant.tenantKey, (db) => findKey(db, secret), {
      signal: call.signal,
      label: call.path,
    }))
  if (tenant && found) return { tenant, ...found }
  apiKeyRefusals.spend(ctx.client.address)
  throw new DomainError('UNAUTHENTICATED', 'This API key does not work here: it is unknown, over or revoked.')
}

async function findTenant(ctx: Context, secret: string): Promise<TenantRecord | undefined> {
  const id = readTenantIdOfKey(secret)
  if (id === undefined || ctx.requestedTenantKey === null) return undefined
  return ctx.database.master
    .selectFrom('tenants')
    .where('id', '=', id)
    .where('tenant_key', '=', ctx.requestedTenantKey)
    .select(TENANT_RECORD_COLUMNS)
    .executeTakeFirst()
}

/** One statement: the key, whoever made it as they are now, and what their role may do. */
async function findKey(
  db: Kysely<TenantTables>,
  secret: string,
): Promise<Omit<KeyEntrance, 'tenant'> | undefined> {
  const now = new Date()
  const rows = await db
    .selectFrom('api_keys')
    .innerJoin('members', 'members.user_id', 'api_keys.created_by')
    .innerJoin('roles', 'roles.id', 'members.role_id')
    .leftJoin('role_permissions', 'role_permissions.role_id', 'roles.id')
    .where('api_keys.token_hash', '=', hashToken(secret))
    .where('api_keys.revoked_at', 'is', null)
    .where((eb) => eb.or([eb('api_keys.expires_at', 'is', null), eb('api_keys.expires_at', '>', now)]))
    .where('members.removed_at', 'is', null)
    .select(['api_keys.id', 'api_keys.name', 'api_keys.permissions', 'api_keys.last_used_at'])
    .select(['roles.built_in', 'roles.known_permissions', 'role_permissions.permission'])
    .execute()
  const [row] = rows
  if (!row) return undefined
  const { id, name, last_used_at: lastUsedAt } = row
  if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= API_KEY_SEEN_EVERY_MS) {
    await db.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', id).execute()
  }
  const ofMaker = permissionsOf(row, rows)
  const permissions = readPermissions(row.permissions).filter(
    (permission) => ofMaker.includes(permission) && !NEVER_BY_KEY.includes(permission),
  )
  return {
    key: { id, name },
    access: { role: { id, name, builtIn: null }, permissions: new Set(permissions) },
  }
}
