import type { TenantRecord, TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { type AuditContext, writeAudit } from '../audit/write-audit.ts'
import { linkRule } from '../auth/password-change.ts'
import { hashToken, readTenantId } from '../auth/token.ts'
import { createUser } from '../auth/user.ts'
import { transact } from '../change/transact.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { loadAccesses } from './access.ts'
import { insertMembership, putMember } from './add-member.ts'
import { lockRoles } from './lock-roles.ts'
import type { InvitationPreview } from './model.ts'
import { getRole } from './queries.ts'
import type { AcceptInvitationInput, InvitationTokenInput } from './schema.ts'

type Trx = Transaction<TenantTables>
type Person = { id: string; name: string; email: string }

/** What the link says, before anybody accepts it. NOT_FOUND for whatever is not an open invitation. */
export async function readInvitation(
  ctx: Context,
  { token }: InvitationTokenInput,
): Promise<InvitationPreview> {
  const attempt = await ctx.auth.limit.begin([linkRule(ctx)])
  const tenant = await findTenant(ctx, token)
  const invitation = await ctx.database.withTenant(tenant.tenantKey, (db) =>
    db.transaction().execute((trx) => getInvitation(trx, token)),
  )
  await attempt.succeeded()
  const { email, inviter, role } = invitation
  return { workspace: tenant.name, email, invitedBy: inviter, role: role.name }
}

/**
 * Makes an account for the address that was invited, and lets it in. CONFLICT with `details.field: 'email'` if there is
 * an account: its owner signs in and joins. Only a link that went by mail and nowhere else proves the address.
 */
export async function acceptInvitation(
  ctx: Context,
  { token, name, password }: AcceptInvitationInput,
): Promise<{ tenantKey: string; email: string }> {
  const attempt = await ctx.auth.limit.begin([linkRule(ctx)])
  const tenant = await findTenant(ctx, token)
  const { email, isMailed } = await ctx.database.withTenant(tenant.tenantKey, (db) =>
    db.transaction().execute((trx) => getInvitation(trx, token)),
  )
  await attempt.succeeded()
  const user = await createUser(ctx.database.master, { name, email, password, isVerified: isMailed }).catch(
    refuseTaken,
  )
  await enter(ctx, { tenant, token, user })
  return { tenantKey: tenant.tenantKey, email }
}

/** Lets in who is signed in, whatever address they were invited under. CONFLICT for who is a member already. */
export async function joinByInvitation(
  ctx: Context & { user: Person },
  { token }: InvitationTokenInput,
): Promise<{ tenantKey: string }> {
  const attempt = await ctx.auth.limit.begin([linkRule(ctx)])
  const tenant = await findTenant(ctx, token)
  await enter(ctx, { tenant, token, user: ctx.user })
  await attempt.succeeded()
  return { tenantKey: tenant.tenantKey }
}

/** First the tenant's row, then the control plane's. Cut off in between, the same link and the same person go on. */
async function enter(
  ctx: Context,
  { tenant, token, user }: { tenant: TenantRecord; token: string; user: Person },
): Promise<void> {
  await ctx.database.withTenant(tenant.tenantKey, (db) =>
    transact({ db, tenant, changes: ctx.changes }, async (trx, record) => {
      await lockRoles(trx)
      if (await hasAccepted(trx, { token, user })) return
      const invitation = await getInvitation(trx, token)
      await refuseMember(trx, { tenant, user })
      await putMember(trx, { user, roleId: invitation.role.id })
      const accepted = { accepted_at: new Date(), accepted_by: user.id }
      await trx.updateTable('invitations').set(accepted).where('id', '=', invitation.id).execute()
      await writeJoined(trx, { ...ctx, user }, invitation)
      record({ kind: 'role.changed', entityId: user.id })
    }),
  )
  await insertMembership(ctx.database, { tenantId: tenant.id, userId: user.id })
}

function writeJoined(
  trx: Trx,
  ctx: AuditContext,
  { email, role }: { email: string; role: { name: string } },
): Promise<void> {
  const after = { role: role.name, invitedAs: email }
  return writeAudit(trx, ctx, { action: 'member.joined', entity: ctx.user, after })
}

async function findTenant({ database }: Context, token: string): Promise<TenantRecord> {
  const id = readTenantId(token)
  if (id === undefined) throw unknownInvitation()
  const row = await database.master
    .selectFrom('tenants')
    .where('id', '=', id)
    .select('tenant_key')
    .executeTakeFirst()
  if (!row) throw unknownInvitation()
  return database.getTenant(row.tenant_key)
}

/** Open, not too old, and of somebody who may still give that role: who lost the right to invite invites nobody. */
async function getInvitation(trx: Trx, token: string) {
  const row = await trx
    .selectFrom('invitations')
    .leftJoin('members', 'members.user_id', 'invitations.invited_by')
    .where('token_hash', '=', hashToken(token))
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', new Date())
    .select([
      'invitations.id',
      'invitations.email',
      'invitations.role_id',
      'invitations.invited_by',
      'invitations.is_mailed',
      'members.name as inviter',
    ])
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw unknownInvitation()
  const role = await getRole(trx, { id: row.role_id })
  const inviter = (await loadAccesses(trx, [row.invited_by])).get(row.invited_by)
  const mayInvite = inviter?.permissions.has('permission:manage') ?? false
  const mayGive = role.permissions.every((permission) => inviter?.permissions.has(permission))
  if (!mayInvite || !mayGive) throw unknownInvitation()
  return { id: row.id, email: row.email, inviter: row.inviter, isMailed: row.is_mailed === 1, role }
}

async function hasAccepted(trx: Trx, { token, user }: { token: string; user: Person }): Promise<boolean> {
  const row = await trx
    .selectFrom('invitations')
    .innerJoin('members', 'members.user_id', 'invitations.accepted_by')
    .where('token_hash', '=', hashToken(token))
    .where('accepted_by', '=', user.id)
    .where('members.removed_at', 'is', null)
    .select('invitations.id')
    .executeTakeFirst()
  return row !== undefined
}

/** A link for an agent must not make one of an owner who clicks on it. */
async function refuseMember(
  trx: Trx,
  { tenant, user }: { tenant: TenantRecord; user: Person },
): Promise<void> {
  const member = await trx
    .selectFrom('members')
    .where('user_id', '=', user.id)
    .where('removed_at', 'is', null)
    .select('user_id')
    .executeTakeFirst()
  if (!member) return
  throw new DomainError('CONFLICT', 'You are a member of this workspace already.', {
    details: { tenantKey: tenant.tenantKey },
  })
}

function refuseTaken(error: unknown): never {
  if (!(error instanceof DomainError) || error.code !== 'CONFLICT') throw error
  throw new DomainError(
    'CONFLICT',
    'There is an account with this address. Sign in to accept the invitation.',
    {
      details: { field: 'email' },
    },
  )
}

function unknownInvitation(): DomainError {
  return new DomainError(
    'NOT_FOUND',
    'This invitation has been used, revoked, or is too old. Ask for a new one.',
  )
}
