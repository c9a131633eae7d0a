import { newId, type TenantTables } from '@sarai/db'
import type { Kysely, Transaction } from 'kysely'
import { writeAudit } from '../audit/write-audit.ts'
import { hashToken, makeTenantToken } from '../auth/token.ts'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import { writeInvitationMail } from '../mail/mail-text.ts'
import type { ScopedContext } from '../trpc.ts'
import { requireOwn } from './access.ts'
import type { Invitation, SentInvitation } from './model.ts'
import { getRole } from './queries.ts'
import {
  INVITATION_MAX_AGE_DAYS,
  INVITATIONS_OPEN_MAX,
  type InvitationIdInput,
  type InviteMemberInput,
  type ResendInvitationInput,
} from './schema.ts'

const DAY_MS = 24 * 60 * 60_000

type Trx = Transaction<TenantTables>

/**
 * A link that lets somebody in with a role; an open one for the same address ends. Sent by mail if there is a mail
 * server, after the transaction; else given back, to be passed on by hand. CONFLICT for somebody who is here already.
 */
export async function inviteMember(ctx: ScopedContext, input: InviteMemberInput): Promise<SentInvitation> {
  const { email, roleId, locale } = input
  const { token, stored } = makeLink(ctx)
  const id = newId()
  const invitation = await transact(ctx, async (trx, record) => {
    const role = await getRole(trx, { id: roleId })
    requireOwn(ctx.access, role.permissions)
    await refuseMember(trx, email)
    await revokeOpen(trx, email)
    await refuseTooMany(trx)
    const row = { id, email, role_id: roleId, invited_by: ctx.user.id, created_at: new Date(), ...stored }
    await trx.insertInto('invitations').values(row).execute()
    await writeAudit(trx, ctx, {
      action: 'member.invited',
      entity: { id, name: email },
      after: { role: role.name },
    })
    record({ kind: 'role.changed', entityId: id })
    return getOpenInvitation(trx, { id })
  })
  return deliver(ctx, { invitation, token, locale })
}

/** Another link for another seven days; the one before ends. NOT_FOUND for one that is not open any more. */
export async function resendInvitation(
  ctx: ScopedContext,
  { id, locale }: ResendInvitationInput,
): Promise<SentInvitation> {
  const { token, stored } = makeLink(ctx)
  const invitation = await transact(ctx, async (trx, record) => {
    const found = await getOpenInvitation(trx, { id })
    requireOwn(ctx.access, (await getRole(trx, { id: found.role.id })).permissions)
    // From now on it is the caller who answers for it.
    const changes = { ...stored, invited_by: ctx.user.id }
    await trx.updateTable('invitations').set(changes).where('id', '=', id).execute()
    await writeAudit(trx, ctx, { action: 'invitation.resent', entity: { id, name: found.email } })
    record({ kind: 'role.changed', entityId: id })
    return getOpenInvitation(trx, { id })
  })
  return deliver(ctx, { invitation, token, locale })
}

/** The link ends at once. NOT_FOUND for one that is not open any more. */
export function revokeInvitation(ctx: ScopedContext, { id }: InvitationIdInput): Promise<{ id: string }> {
  return transact(ctx, async (trx, record) => {
    const found = await getOpenInvitation(trx, { id })
    requireOwn(ctx.access, (await getRole(trx, { id: found.role.id })).permissions)
    await trx.updateTable('invitations').set({ revoked_at: new Date() }).where('id', '=', id).execute()
    await writeAudit(trx, ctx, { action: 'invitation.revoked', entity: { id, name: found.email } })
    record({ kind: 'role.changed', entityId: id })
    return { id }
  })
}

/** Those that nobody has accepted or revoked, the newest first; one that is too old can be sent again. */
export async function listInvitations(db: Kysely<TenantTables>): Promise<{ items: Invitation[] }> {
  const rows = await selectOpen(db).orderBy('invitations.id', 'desc').limit(INVITATIONS_OPEN_MAX).execute()
  return { items: rows.map(toInvitation) }
}

async function getOpenInvitation(trx: Trx, { id }: { id: string }): Promise<Invitation> {
  const row = await selectOpen(trx).where('invitations.id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new DomainError('NOT_FOUND', 'This invitation is not open any more.')
  return toInvitation(row)
}

function selectOpen(db: Kysely<TenantTables>) {
  return db
    .selectFrom('invitations')
    .innerJoin('roles', 'roles.id', 'invitations.role_id')
    .leftJoin('members', 'members.user_id', 'invitations.invited_by')
    .where('invitations.accepted_at', 'is', null)
    .where('invitations.revoked_at', 'is', null)
    .select([
      'invitations.id',
      'invitations.email',
      'invitations.created_at',
      'invitations.expires_at',
      'roles.id as role_id',
      'roles.name as role_name',
      'roles.built_in',
      'members.name as inviter',
    ])
}

function toInvitation(
  row: Awaited<ReturnType<ReturnType<typeof selectOpen>['executeTakeFirstOrThrow']>>,
): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: { id: row.role_id, name: row.role_name, builtIn: row.built_in },
    invitedBy: row.inviter,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    isTooOld: row.expires_at <= new Date(),
  }
}

function makeLink({ tenant, mail }: ScopedContext) {
  const token = makeTenantToken(tenant.id)
  const expires_at = new Date(Date.now() + INVITATION_MAX_AGE_DAYS * DAY_MS)
  return { token, stored: { token_hash: hashToken(token), expires_at, is_mailed: mail ? 1 : 0 } }
}

/** After the commit: a mail server that does not answer holds no lock. What it did not take is passed on by hand. */
async function deliver(
  ctx: ScopedContext,
  { invitation, token, locale }: { invitation: Invitation; token: string; locale: 'en' | 'ur' },
): Promise<SentInvitation> {
  // Behind the #, which browsers send to nobody: no log and no proxy sees it.
  const link = `${ctx.baseUrl}/welcome#${token}`
  if (!ctx.mail) return { invitation, delivery: 'by-hand', link }
  const text = writeInvitationMail({
    locale,
    link,
    workspace: ctx.tenant.name,
    inviter: ctx.user.name,
    days: INVITATION_MAX_AGE_DAYS,
  })
  if (await ctx.mail.send(invitation.email, text)) return { invitation, delivery: 'sent', link: null }
  // Shown now, so that whoever accepts it has not proved that the address is theirs.
  await ctx.db.updateTable('invitations').set({ is_mailed: 0 }).where('id', '=', invitation.id).execute()
  return { invitation, delivery: 'failed', link }
}

async function refuseMember(trx: Trx, email: string): Promise<void> {
  const member = await trx
    .selectFrom('members')
    .select('user_id')
    .where('email', '=', email)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!member) return
  throw new DomainError('CONFLICT', 'Somebody with this address is a member already.', {
    details: { field: 'email', userId: member.user_id },
  })
}

function revokeOpen(trx: Trx, email: string) {
  return trx
    .updateTable('invitations')
    .set({ revoked_at: new Date() })
    .where('email', '=', email)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
}

async function refuseTooMany(trx: Trx): Promise<void> {
  const { count } = await trx
    .selectFrom('invitations')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (count < INVITATIONS_OPEN_MAX) return
  throw new DomainError('CONFLICT', `At most ${INVITATIONS_OPEN_MAX} invitations are open. Revoke one first.`)
}
