import type { BuiltInRole, TenantTables } from '@sarai/db'
import type { Kysely, Selectable } from 'kysely'
import { DomainError } from '../errors.ts'
import { permissionsOf } from './access.ts'
import type { Member, Role } from './model.ts'

type Db = Kysely<TenantTables>
type RoleRow = Selectable<TenantTables['roles']>

/** Every role: the built-in ones from owner to viewer, then the tenant's own by name. Three statements. */
export async function listRoles(db: Db): Promise<{ items: Role[] }> {
  const rows = await db
    .selectFrom('roles')
    .selectAll()
    .orderBy((eb) => eb('built_in', 'is', null))
    .orderBy('built_in')
    .orderBy('name')
    .execute()
  return { items: await withPermissions(db, rows) }
}

/** One role. NOT_FOUND if this tenant has none with the id. */
export async function getRole(db: Db, { id }: { id: string }): Promise<Role> {
  const row = await db.selectFrom('roles').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw unknownRole()
  const [role] = await withPermissions(db, [row])
  if (!role) throw unknownRole()
  return role
}

/** The same, and nobody changes it, gives it to a member or takes it away before the transaction ends. */
export async function getRoleForUpdate(trx: Db, { id }: { id: string }): Promise<Role> {
  const row = await trx.selectFrom('roles').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw unknownRole()
  return getRole(trx, { id })
}

function unknownRole(): DomainError {
  return new DomainError('NOT_FOUND', 'This role cannot be found.')
}

async function withPermissions(db: Db, rows: RoleRow[]): Promise<Role[]> {
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return []
  const permissions = await db
    .selectFrom('role_permissions')
    .selectAll()
    .where('role_id', 'in', ids)
    .execute()
  const members = await db
    .selectFrom('members')
    .select(({ fn }) => ['role_id', fn.countAll<number>().as('count')])
    .where('role_id', 'in', ids)
    .where('removed_at', 'is', null)
    .groupBy('role_id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    builtIn: row.built_in,
    permissions: [
      ...permissionsOf(
        row,
        permissions.filter(({ role_id }) => role_id === row.id),
      ),
    ],
    memberCount: members.find(({ role_id }) => role_id === row.id)?.count ?? 0,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }))
}

/** Everybody who may enter, by name. */
export async function listMembers(db: Db): Promise<{ items: Member[] }> {
  const rows = await selectMembers(db).orderBy('members.name').orderBy('members.user_id').execute()
  return { items: rows.map(toMember) }
}

/** NOT_FOUND for somebody who is no member, or no longer. */
export async function getMember(db: Db, { userId }: { userId: string }): Promise<Member> {
  const row = await selectMembers(db).where('members.user_id', '=', userId).executeTakeFirst()
  if (!row) throw new DomainError('NOT_FOUND', 'This member cannot be found.')
  return toMember(row)
}

function selectMembers(db: Db) {
  return db
    .selectFrom('members')
    .innerJoin('roles', 'roles.id', 'members.role_id')
    .where('members.removed_at', 'is', null)
    .select([
      'members.user_id',
      'members.name',
      'members.email',
      'members.joined_at',
      'roles.id as role_id',
      'roles.name as role_name',
      'roles.built_in',
    ])
}

interface MemberRow {
  user_id: string
  name: string
  email: string
  joined_at: Date
  role_id: string
  role_name: string
  built_in: BuiltInRole | null
}

function toMember(row: MemberRow): Member {
  return {
    userId: row.user_id,
    name: row.name,
    email: row.email,
    role: { id: row.role_id, name: row.role_name, builtIn: row.built_in },
    joinedAt: row.joined_at.toISOString(),
  }
}
