import { newId, type TenantTables } from '@sarai/db'
import { type Kysely, sql, type Transaction } from 'kysely'
import { writeAudit } from '../audit/write-audit.ts'
import { hashToken, makeApiKey } from '../auth/token.ts'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import { requireOwn } from './access.ts'
import type { ApiKey } from './model.ts'
import { API_KEYS_MAX, type ApiKeyIdInput, type CreateApiKeyInput, Permission } from './schema.ts'

const DAY_MS = 24 * 60 * 60_000

type Db = Kysely<TenantTables>

/** The keys that nobody has revoked, the newest first. */
export async function listApiKeys(db: Db): Promise<{ items: ApiKey[] }> {
  const rows = await selectKeys(db).orderBy('api_keys.id', 'desc').limit(API_KEYS_MAX).execute()
  return { items: rows.map(toApiKey) }
}

/**
 * A key with permissions that its maker has. The secret is in this answer and nowhere else; 256 random bits cannot be
 * guessed from their SHA-256, so it needs no slow hash. CONFLICT at API_KEYS_MAX.
 */
export async function createApiKey(
  ctx: ScopedContext,
  { name, permissions, endsAfterDays }: CreateApiKeyInput,
): Promise<{ id: string; key: ApiKey; secret: string }> {
  requireOwn(ctx.access, permissions)
  const { secret, hint } = makeApiKey(ctx.tenant.id)
  const id = newId()
  const now = new Date()
  const chosen = [...new Set(permissions)]
  const expires_at = endsAfterDays === undefined ? null : new Date(now.getTime() + endsAfterDays * DAY_MS)
  const key = await transact(ctx, async (trx, record) => {
    await refuseTooMany(trx)
    const stored = { token_hash: hashToken(secret), hint, permissions: chosen.join(' ') }
    await trx
      .insertInto('api_keys')
      .values({ id, name, ...stored, created_by: ctx.user.id, created_at: now, expires_at })
      .execute()
    const after = { permissions: chosen, endsAt: expires_at?.toISOString() ?? null }
    await writeAudit(trx, ctx, { action: 'api-key.created', entity: { id, name }, after })
    record({ kind: 'role.changed', entityId: id })
    return getApiKey(trx, { id })
  })
  return { id, key, secret }
}

/** It opens nothing from the next call on, in every process. NOT_FOUND for one that is revoked already. */
export function revokeApiKey(ctx: ScopedContext, { id }: ApiKeyIdInput): Promise<{ id: string }> {
  return transact(ctx, async (trx, record) => {
    const key = await getApiKey(trx, { id })
    requireOwn(ctx.access, key.permissions)
    await trx.updateTable('api_keys').set({ revoked_at: new Date() }).where('id', '=', id).execute()
    const before = { permissions: key.permissions }
    await writeAudit(trx, ctx, { action: 'api-key.revoked', entity: { id, name: key.name }, before })
    record({ kind: 'role.changed', entityId: id })
    return { id }
  })
}

async function getApiKey(trx: Db, { id }: { id: string }): Promise<ApiKey> {
  const row = await selectKeys(trx).where('api_keys.id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new DomainError('NOT_FOUND', 'There is no such key, or it has been revoked.')
  return toApiKey(row)
}

function selectKeys(db: Db) {
  return db
    .selectFrom('api_keys')
    .leftJoin('members', (join) =>
      join.onRef('members.user_id', '=', 'api_keys.created_by').on('members.removed_at', 'is', null),
    )
    .where('api_keys.revoked_at', 'is', null)
    .select(['api_keys.id', 'api_keys.name', 'api_keys.hint', 'api_keys.permissions'])
    .select(['api_keys.created_at', 'api_keys.expires_at', 'api_keys.last_used_at', 'members.name as maker'])
}

function toApiKey(
  row: Awaited<ReturnType<ReturnType<typeof selectKeys>['executeTakeFirstOrThrow']>>,
): ApiKey {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    permissions: readPermissions(row.permissions),
    createdBy: row.maker,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    isOver: row.maker === null || (row.expires_at !== null && row.expires_at <= new Date()),
  }
}

/** What no version knows any more counts for nothing. */
export function readPermissions(text: string): Permission[] {
  return text.split(' ').flatMap((name) => Permission.safeParse(name).data ?? [])
}

async function refuseTooMany(trx: Transaction<TenantTables>): Promise<void> {
  // The counter's row serialises makers, so that two at once cannot both be the last one.
  await trx.selectFrom('change_counter').select('id').forUpdate().execute()
  const { count } = await trx
    .selectFrom('api_keys')
    .select(sql<number>`COUNT(*)`.as('count'))
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (count < API_KEYS_MAX) return
  throw new DomainError('CONFLICT', `A workspace has at most ${API_KEYS_MAX} API keys. Revoke one first.`)
}
