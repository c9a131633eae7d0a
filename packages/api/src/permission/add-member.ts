import type { BuiltInRole, Database, TenantRecord, TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { DomainError } from '../errors.ts'

/** People of one tenant, whoever left not counted. */
export const MEMBERS_MAX = 500

export interface AddMemberInput {
  tenant: Pick<TenantRecord, 'id' | 'tenantKey'>
  userId: string
  role: BuiltInRole
}

/**
 * Lets a person of the installation into a tenant with one of its built-in roles. Somebody who had left is let
 * in again; a member only gets the role. First the tenant's row, then the master's, so that nobody who may
 * enter is without a role.
 *
 * @throws DomainError NOT_FOUND for an unknown user or a tenant without its roles, CONFLICT at MEMBERS_MAX
 */
export async function addMember(
  database: Pick<Database, 'master' | 'withTenant'>,
  input: AddMemberInput,
): Promise<void> {
  const { tenant, userId, role } = input
  const user = await database.master
    .selectFrom('users')
    .select(['id', 'name', 'email'])
    .where('id', '=', userId)
    .executeTakeFirst()
  if (!user) throw new DomainError('NOT_FOUND', 'There is no such user.')
  await database.withTenant(tenant.tenantKey, (db) =>
    db.transaction().execute(async (trx) => {
      const { id } = await trx
        .selectFrom('roles')
        .select('id')
        .where('built_in', '=', role)
        .forUpdate()
        .executeTakeFirstOrThrow(() => new DomainError('NOT_FOUND', 'This workspace has no such role.'))
      await putMember(trx, { user, roleId: id })
    }),
  )
  await database.master
    .insertInto('memberships')
    .values({ tenant_id: tenant.id, user_id: userId, created_at: new Date() })
    .ignore()
    .execute()
}

/** The tenant's own row, in the caller's transaction. CONFLICT at MEMBERS_MAX. */
export async function putMember(
  trx: Transaction<TenantTables>,
  { user, roleId }: { user: { id: string; name: string; email: string }; roleId: string },
): Promise<void> {
  const others = await trx
    .selectFrom('members')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('removed_at', 'is', null)
    .where('user_id', '!=', user.id)
    .executeTakeFirstOrThrow()
  if (others.count >= MEMBERS_MAX) {
    throw new DomainError('CONFLICT', `A workspace has at most ${MEMBERS_MAX} members. Remove one first.`)
  }
  const { name, email } = user
  await trx
    .insertInto('members')
    .values({ user_id: user.id, role_id: roleId, name, email, joined_at: new Date() })
    .onDuplicateKeyUpdate({ role_id: roleId, name, email, removed_at: null })
    .execute()
}

/** The control plane's row, which opens the door, heard by every process. Twice is the same as once. */
export function insertMembership(
  database: Pick<Database, 'changeControl'>,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<void> {
  return database.changeControl(async (trx, announce) => {
    await trx
      .insertInto('memberships')
      .values({ tenant_id: tenantId, user_id: userId, created_at: new Date() })
      .ignore()
      .execute()
    announce({ kind: 'membership.changed', tenantId, userId })
  })
}
