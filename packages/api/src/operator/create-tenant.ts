import type { Database } from '@sarai/db'
import { randomBytes } from 'node:crypto'
import { USER_NAME_LENGTH_MAX } from '../auth/schema.ts'
import { createUser } from '../auth/user.ts'
import { addMember } from '../permission/add-member.ts'
import { installBuiltInRoles } from '../permission/install-built-in-roles.ts'
import { type Tenant, toTenant } from '../tenant/model.ts'
import type { CreateTenantInput } from '../tenant/schema.ts'

const INITIAL_PASSWORD_BYTES = 15

export interface CreatedTenant extends Tenant {
  owner: {
    userId: string
    email: string
    /** For an owner who had no account yet: said once, kept nowhere. */
    initialPassword: string | null
  }
}

/**
 * A tenant that can be worked in: database, built-in roles, an owner. If a step fails, what the steps before
 * made is taken away again, so that the same input can be tried once more.
 *
 * @throws DatabaseError TENANT_EXISTS for a key that is taken
 */
export async function createTenant(database: Database, input: CreateTenantInput): Promise<CreatedTenant> {
  const { tenantKey, name, ownerEmail } = input
  const tenant = await database.createTenant({ tenantKey, name })
  try {
    await database.withTenant(tenantKey, (db) => installBuiltInRoles(db), { label: 'operator.tenant.create' })
    const owner = await findOrCreateOwner(database, ownerEmail)
    await addOwner(database, { tenant, owner })
    return { ...toTenant(tenant), owner }
  } catch (error) {
    await database.dropTenant(tenantKey)
    throw error
  }
}

async function findOrCreateOwner(database: Database, ownerEmail: string): Promise<CreatedTenant['owner']> {
  const user = await database.master
    .selectFrom('users')
    .select(['id as userId', 'email'])
    .where('email', '=', ownerEmail.toLowerCase())
    .executeTakeFirst()
  if (user) return { ...user, initialPassword: null }
  const initialPassword = randomBytes(INITIAL_PASSWORD_BYTES).toString('base64url')
  const created = await createUser(database.master, {
    name: ownerEmail.slice(0, Math.min(ownerEmail.indexOf('@'), USER_NAME_LENGTH_MAX)),
    email: ownerEmail,
    password: initialPassword,
  })
  return { userId: created.id, email: created.email, initialPassword }
}

async function addOwner(
  database: Database,
  { tenant, owner }: { tenant: { id: string; tenantKey: string }; owner: CreatedTenant['owner'] },
): Promise<void> {
  try {
    await addMember(database, { tenant, userId: owner.userId, role: 'owner' })
  } catch (error) {
    const isNew = owner.initialPassword !== null
    if (isNew) await database.master.deleteFrom('users').where('id', '=', owner.userId).execute()
    throw error
  }
}
