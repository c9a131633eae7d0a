import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { writeAudit } from '../audit/write-audit.ts'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import { requireOwn } from './access.ts'
import { insertMembership } from './add-member.ts'
import { lockRoles } from './lock-roles.ts'
import type { Member } from './model.ts'
import { getMember, getRole } from './queries.ts'
import type { RemoveMemberInput, SetMemberRoleInput } from './schema.ts'

type Trx = Transaction<TenantTables>

/** Another role, from the member's next request on. The last owner stays one. */
export function setMemberRole(ctx: ScopedContext, { userId, roleId }: SetMemberRoleInput): Promise<Member> {
  return transact(ctx, async (trx, record) => {
    await lockRoles(trx)
    const member = await getMember(trx, { userId })
    const role = await getRole(trx, { id: roleId })
    const before = await getRole(trx, { id: member.role.id })
    requireOwn(ctx.access, [...before.permissions, ...role.permissions])
    if (role.builtIn !== 'owner') await refuseLastOwner(trx, member)
    await trx.updateTable('members').set({ role_id: roleId }).where('user_id', '=', userId).execute()
    await writeAudit(trx, ctx, {
      action: 'member.role-changed',
      entity: { id: userId, name: member.name },
      before: { role: before.name },
      after: { role: role.name },
    })
    record({ kind: 'role.changed', entityId: userId })
    return getMember(trx, { userId })
  })
}

/**
 * Ends a membership: first the row in the control plane, so that access ends before anything else can fail,
 * then the tenant's, which keeps the name for what they wrote. Stopped in between, it can be done again. No
 * connection is held while the other is asked for, so the last owner is checked again at the end, under the
 * lock, and let in again if two owners removed each other at once.
 */
export async function removeMember(
  ctx: ScopedContext,
  { userId }: RemoveMemberInput,
): Promise<{ userId: string }> {
  await transact(ctx, (trx) => checkRemoval(trx, ctx, userId))
  await deleteMembership(ctx, userId)
  try {
    await transact(ctx, async (trx, record) => {
      const member = await checkRemoval(trx, ctx, userId)
      await writeAudit(trx, ctx, {
        action: 'member.removed',
        entity: { id: userId, name: member.name },
        before: { role: member.role.name, email: member.email },
      })
      await trx.updateTable('members').set({ removed_at: new Date() }).where('user_id', '=', userId).execute()
      record({ kind: 'role.changed', entityId: userId })
    })
  } catch (error) {
    const isStillMember = error instanceof DomainError && error.code !== 'NOT_FOUND'
    if (isStillMember) await insertMembership(ctx.database, { tenantId: ctx.tenant.id, userId })
    throw error
  }
  return { userId }
}

async function checkRemoval(trx: Trx, ctx: ScopedContext, userId: string): Promise<Member> {
  await lockRoles(trx)
  const member = await getMember(trx, { userId })
  const role = await getRole(trx, { id: member.role.id })
  requireOwn(ctx.access, role.permissions)
  await refuseLastOwner(trx, member)
  return member
}

async function refuseLastOwner(trx: Trx, member: Member): Promise<void> {
  if (member.role.builtIn !== 'owner') return
  const owners = await trx
    .selectFrom('members')
    .select('user_id')
    .where('role_id', '=', member.role.id)
    .where('removed_at', 'is', null)
    .execute()
  if (owners.length > 1) return
  throw new DomainError('CONFLICT', 'This is the last owner. Make somebody else an owner first.')
}

function deleteMembership({ database, tenant }: ScopedContext, userId: string): Promise<void> {
  return database.changeControl(async (trx, announce) => {
    await trx
      .deleteFrom('memberships')
      .where('tenant_id', '=', tenant.id)
      .where('user_id', '=', userId)
      .execute()
    announce({ kind: 'membership.changed', tenantId: tenant.id, userId })
  })
}
