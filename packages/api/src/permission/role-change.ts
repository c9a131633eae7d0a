import { newId, type TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { changedFields, writeAudit } from '../audit/write-audit.ts'
import { transact } from '../change/transact.ts'
import { countAlone } from '../count-alone.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import { KNOWN_PERMISSIONS, requireOwn } from './access.ts'
import type { Role } from './model.ts'
import { getRole, getRoleForUpdate } from './queries.ts'
import {
  type CreateRoleInput,
  type Permission,
  type RoleIdInput,
  ROLES_MAX,
  type UpdateRoleInput,
} from './schema.ts'
import { refuseTaken } from '../refuse-taken.ts'

const TAKEN = { userMessage: 'There is a role with this name already.' }

type Trx = Transaction<TenantTables>

/** A new role of this tenant. CONFLICT for a name that is taken, and at ROLES_MAX. */
export function createRole(ctx: ScopedContext, input: CreateRoleInput): Promise<Role> {
  requireOwn(ctx.access, input.permissions)
  const id = newId()
  const now = new Date()
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      if ((await countAlone(trx, 'roles')) >= ROLES_MAX) {
        throw new DomainError('CONFLICT', `A workspace has at most ${ROLES_MAX} roles. Remove one first.`)
      }
      await trx
        .insertInto('roles')
        .values({ id, name: input.name, created_at: now, updated_at: now })
        .execute()
      await replacePermissions(trx, { roleId: id, permissions: input.permissions })
      await writeAudit(trx, ctx, {
        action: 'role.created',
        entity: { id, name: input.name },
        after: { permissions: input.permissions },
      })
      record({ kind: 'role.changed', entityId: id })
      return getRole(trx, { id })
    }),
    TAKEN,
  )
}

/**
 * A role's name, its permissions, or both. The names of built-in roles are fixed, because people and
 * translations know them; the owner role is fixed altogether, so that somebody can always set things right.
 */
export function updateRole(ctx: ScopedContext, { id, name, permissions }: UpdateRoleInput): Promise<Role> {
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      const role = await getRoleForUpdate(trx, { id })
      requireOwn(ctx.access, [...role.permissions, ...(permissions ?? [])])
      if (role.builtIn === 'owner')
        throw new DomainError('CONFLICT', 'The owner role may do everything, always.')
      if (role.builtIn !== null && name !== undefined && name !== role.name) {
        throw new DomainError(
          'CONFLICT',
          'The name of a built-in role is fixed. Make a role of your own instead.',
        )
      }
      await trx
        .updateTable('roles')
        .set({
          name: name ?? role.name,
          updated_at: new Date(),
          ...(permissions && { known_permissions: KNOWN_PERMISSIONS }),
        })
        .where('id', '=', id)
        .execute()
      if (permissions) await replacePermissions(trx, { roleId: id, permissions })
      const after = await getRole(trx, { id })
      await writeAudit(trx, ctx, {
        action: 'role.updated',
        entity: { id, name: role.name },
        ...changedFields(summary(role), summary(after)),
      })
      record({ kind: 'role.changed', entityId: id })
      return after
    }),
    TAKEN,
  )
}

/** CONFLICT with `details: { memberCount }` while members have it; built-in roles stay. */
export function removeRole(ctx: ScopedContext, { id }: RoleIdInput): Promise<{ id: string }> {
  return transact(ctx, async (trx, record) => {
    const role = await getRoleForUpdate(trx, { id })
    requireOwn(ctx.access, role.permissions)
    if (role.builtIn !== null) throw new DomainError('CONFLICT', 'A built-in role cannot be removed.')
    if (role.memberCount > 0) {
      throw new DomainError('CONFLICT', 'Members have this role. Give them another first.', {
        details: { memberCount: role.memberCount },
      })
    }
    await replaceRoleOfFormerMembers(trx, { roleId: id })
    await trx.deleteFrom('roles').where('id', '=', id).execute()
    await writeAudit(trx, ctx, {
      action: 'role.removed',
      entity: { id, name: role.name },
      before: summary(role),
    })
    record({ kind: 'role.changed', entityId: id })
    return { id }
  })
}

function summary({ name, permissions }: Role): Pick<Role, 'name' | 'permissions'> {
  return { name, permissions }
}

/** Whoever left keeps a row for their name, and a row needs a role: one that cannot be removed and may do least. */
async function replaceRoleOfFormerMembers(trx: Trx, { roleId }: { roleId: string }): Promise<void> {
  const viewer = trx.selectFrom('roles').select('id').where('built_in', '=', 'viewer')
  await trx
    .updateTable('members')
    .set({ role_id: viewer })
    .where('role_id', '=', roleId)
    .where('removed_at', 'is not', null)
    .execute()
}

async function replacePermissions(
  trx: Trx,
  { roleId, permissions }: { roleId: string; permissions: readonly Permission[] },
): Promise<void> {
  await trx.deleteFrom('role_permissions').where('role_id', '=', roleId).execute()
  const rows = [...new Set(permissions)].map((permission) => ({ role_id: roleId, permission }))
  if (rows.length > 0) await trx.insertInto('role_permissions').values(rows).execute()
}
