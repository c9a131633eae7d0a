import type { BuiltInRole, TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import { BUILT_IN_ROLES, type Permission, PERMISSIONS } from './schema.ts'

/** What a member may do, read afresh for each request, so that a change of role counts with the next one. */
export interface Access {
  role: { id: string; name: string; builtIn: BuiltInRole | null }
  permissions: ReadonlySet<Permission>
}

/** One statement. FORBIDDEN for somebody who is no member, or no longer. */
export async function loadAccess(db: Kysely<TenantTables>, userId: string): Promise<Access> {
  const access = (await loadAccesses(db, [userId])).get(userId)
  if (!access) throw new DomainError('FORBIDDEN', 'You have no role in this workspace. Ask an owner for one.')
  return access
}

/** The same for many, by user id and in one statement too. Whoever is no member is not in it. */
export async function loadAccesses(
  db: Kysely<TenantTables>,
  userIds: readonly string[],
): Promise<Map<string, Access>> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('roles', 'roles.id', 'members.role_id')
    .leftJoin('role_permissions', 'role_permissions.role_id', 'roles.id')
    .where('members.user_id', 'in', userIds)
    .where('members.removed_at', 'is', null)
    .select([
      'members.user_id',
      'roles.id',
      'roles.name',
      'roles.built_in',
      'roles.known_permissions',
      'role_permissions.permission',
    ])
    .execute()
  const byUser = Map.groupBy(rows, (row) => row.user_id)
  const accesses = new Map<string, Access>()
  for (const role of rows) {
    const { user_id, id, name, built_in } = role
    if (accesses.has(user_id)) continue
    const permissions = new Set(permissionsOf(role, byUser.get(user_id) ?? []))
    accesses.set(user_id, { role: { id, name, builtIn: built_in }, permissions })
  }
  return accesses
}

/**
 * A role's permissions as they count. An owner has every one there is. Another built-in role has what was chosen
 * for it, and of those that came with a later version than the choice, what that version gives it by default.
 * A name that no version knows any more counts for nothing.
 */
export function permissionsOf(
  role: { built_in: BuiltInRole | null; known_permissions: string | null },
  rows: readonly { permission: string | null }[],
): readonly Permission[] {
  const { built_in } = role
  if (built_in === 'owner') return PERMISSIONS
  const given = new Set(rows.map((row) => row.permission))
  const known = new Set(role.known_permissions?.split(' '))
  const byDefault: readonly Permission[] = built_in === null ? [] : BUILT_IN_ROLES[built_in]
  return PERMISSIONS.filter(
    (permission) => given.has(permission) || (!known.has(permission) && byDefault.includes(permission)),
  )
}

/** FORBIDDEN, as a procedure that asks for the permission would answer. */
export function requirePermission(
  access: Access,
  permission: Permission,
  actorKind: 'user' | 'api-key' = 'user',
): void {
  if (access.permissions.has(permission)) return
  const message =
    actorKind === 'api-key'
      ? 'This API key does not allow this.'
      : 'Your role does not allow this. Ask an owner of this workspace.'
  throw new DomainError('FORBIDDEN', message, { details: { permission } })
}

/** For `known_permissions`, when a set is chosen: all that this version offers. */
export const KNOWN_PERMISSIONS = PERMISSIONS.join(' ')

/** Nobody gives, takes or edits what they do not have themselves: managing roles is not a way up. */
export function requireOwn(access: Access, permissions: readonly Permission[]): void {
  const missing = permissions.filter((permission) => !access.permissions.has(permission))
  if (missing.length === 0) return
  throw new DomainError(
    'FORBIDDEN',
    'This role may do more than you may yourself. Ask an owner of this workspace.',
    {
      details: { permissions: missing },
    },
  )
}
