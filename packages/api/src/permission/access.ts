import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import type { Permission } from './schema.ts'

/** What a member may do, read afresh for each procedure, so that a change of role counts at once. */
export interface Access {
  role: { id: string; name: string; builtIn: string | null }
  permissions: ReadonlySet<Permission>
}

export async function loadAccess(db: Kysely<TenantTables>, userId: string): Promise<Access> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('roles', 'roles.id', 'members.role_id')
    .leftJoin('role_permissions', 'role_permissions.role_id', 'roles.id')
    .where('members.user_id', '=', userId)
    .where('members.removed_at', 'is', null)
    .select(['roles.id', 'roles.name', 'roles.built_in', 'role_permissions.permission'])
    .execute()
  const [first] = rows
  if (!first) throw new DomainError('FORBIDDEN', 'You have no role in this workspace. Ask an owner for one.')
  const permissions = rows.flatMap((row) => (row.permission === null ? [] : [row.permission as Permission]))
  return {
    role: { id: first.id, name: first.name, builtIn: first.built_in },
    permissions: new Set(permissions),
  }
}
