import { type BuiltInRole, newId, type TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { KNOWN_PERMISSIONS } from './access.ts'
import { BUILT_IN_ROLES } from './schema.ts'

/** Gives a new tenant the roles that every tenant starts with. Roles that are there already stay as they are. */
export async function installBuiltInRoles(db: Kysely<TenantTables>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const present = await trx
      .selectFrom('roles')
      .select('built_in')
      .where('built_in', 'is not', null)
      .forUpdate()
      .execute()
    const missing = builtInRoles().filter((role) => !present.some((row) => row.built_in === role))
    if (missing.length === 0) return
    const now = new Date()
    const roles = missing.map((role) => ({
      id: newId(),
      name: role,
      built_in: role,
      known_permissions: KNOWN_PERMISSIONS,
      created_at: now,
      updated_at: now,
    }))
    await trx.insertInto('roles').values(roles).execute()
    const permissions = roles.flatMap(({ id, built_in }) =>
      BUILT_IN_ROLES[built_in].map((permission) => ({ role_id: id, permission })),
    )
    await trx.insertInto('role_permissions').values(permissions).execute()
  })
}

function builtInRoles(): BuiltInRole[] {
  return ['owner', 'manager', 'agent', 'viewer'] satisfies (keyof typeof BUILT_IN_ROLES)[]
}
