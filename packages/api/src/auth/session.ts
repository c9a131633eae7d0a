import type { MasterTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { type AuditContext, writeInstallationAudit } from '../audit/write-audit.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'

/** More than anybody has devices; the newest are shown. */
const SESSIONS_LISTED_MAX = 100

export interface OwnSession {
  id: string
  isCurrent: boolean
  /** As the browser calls itself; null if it did not. */
  userAgent: string | null
  address: string | null
  createdAt: string
  /** To within a day. */
  seenAt: string
}

export type AccountContext = AuditContext & {
  database: Pick<Context['database'], 'master' | 'changeControl'>
  sessionId: string
}

/** Where a person is signed in, this device first. */
export async function listSessions(
  master: Kysely<MasterTables>,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<{ items: OwnSession[] }> {
  const rows = await master
    .selectFrom('sessions')
    .where('user_id', '=', userId)
    .where('expires_at', '>', new Date())
    .select(['id', 'user_agent', 'ip_address', 'created_at', 'updated_at'])
    .orderBy((eb) => eb('id', '=', sessionId), 'desc')
    .orderBy('updated_at', 'desc')
    .limit(SESSIONS_LISTED_MAX)
    .execute()
  const items = rows.map((row) => ({
    id: row.id,
    isCurrent: row.id === sessionId,
    userAgent: row.user_agent,
    address: row.ip_address,
    createdAt: row.created_at.toISOString(),
    seenAt: row.updated_at.toISOString(),
  }))
  return { items }
}

/** Ends one of the caller's own sessions: its next request is refused. NOT_FOUND for anybody else's. */
export async function revokeSession(ctx: AccountContext, { id }: { id: string }): Promise<{ id: string }> {
  await ctx.database.changeControl(async (trx, announce) => {
    const { numDeletedRows } = await trx
      .deleteFrom('sessions')
      .where('id', '=', id)
      .where('user_id', '=', ctx.user.id)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw new DomainError('NOT_FOUND', 'This session has ended already.')
    await auditRevoked(trx, ctx, { sessions: 1 })
    announce({ kind: 'session.revoked', sessionId: id, userId: ctx.user.id })
  })
  return { id }
}

/** Ends every session of the caller but the one that asks. */
export function revokeOtherSessions(ctx: AccountContext): Promise<{ count: number }> {
  return ctx.database.changeControl(async (trx, announce) => {
    const count = await deleteOtherSessions(trx, ctx)
    announce({ kind: 'person.changed', userId: ctx.user.id })
    if (count > 0) await auditRevoked(trx, ctx, { sessions: count })
    return { count }
  })
}

export async function deleteOtherSessions(
  trx: Kysely<MasterTables>,
  { user, sessionId }: Pick<AccountContext, 'user' | 'sessionId'>,
): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('sessions')
    .where('user_id', '=', user.id)
    .where('id', '!=', sessionId)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

function auditRevoked(
  trx: Kysely<MasterTables>,
  ctx: AccountContext,
  after: { sessions: number },
): Promise<void> {
  return writeInstallationAudit(trx, ctx, { action: 'user.session-revoked', entity: ctx.user, after })
}
