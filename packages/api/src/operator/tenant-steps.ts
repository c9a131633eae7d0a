import { randomBytes } from 'node:crypto'
import type { Database, TenantInTheMaking, TenantStep } from '@sarai/db'
import { USER_NAME_LENGTH_MAX } from '../auth/schema.ts'
import { createUser, setPassword } from '../auth/user.ts'
import { addMember } from '../permission/add-member.ts'
import { installBuiltInRoles } from '../permission/install-built-in-roles.ts'

const INITIAL_PASSWORD_BYTES = 15

export interface TenantOwner {
  userId: string
  email: string
  /** For an owner who had no account yet: said once, kept nowhere. */
  initialPassword: string | null
}

/**
 * What a new workspace needs beside an empty database: the built-in roles and an owner, who is named in the details as
 * `ownerEmail`; one that is made without is given no owner.
 *
 * @param onOwner Told who it is once they can go in.
 */
export function tenantSteps(onOwner?: (owner: TenantOwner) => void): TenantStep[] {
  const made = { here: false }
  return [
    { name: 'roles', run: ({ withTenant }) => withTenant((db) => installBuiltInRoles(db)) },
    {
      name: 'owner',
      run: async (tenant) => {
        const owner = await findOrCreateOwner(tenant)
        if (!owner) return
        made.here = owner.initialPassword !== null
        await addMember(asDatabase(tenant), { tenant: tenant.record, userId: owner.userId, role: 'owner' })
        onOwner?.(owner)
      },
      undo: async (tenant) => {
        const user = await findUser(tenant)
        if (user && (made.here || (await isLeftBehind(tenant, user)))) await removeUser(tenant, user)
      },
    },
  ]
}

/** The handle that members are added with, for the one tenant that is being made. */
function asDatabase({ master, withTenant }: TenantInTheMaking): Pick<Database, 'master' | 'withTenant'> {
  return { master, withTenant: (_tenantKey, work) => withTenant(work) }
}

async function findOrCreateOwner(tenant: TenantInTheMaking): Promise<TenantOwner | undefined> {
  const { ownerEmail } = tenant.details
  if (ownerEmail === undefined) return undefined
  const user = await findUser(tenant)
  const initialPassword = randomBytes(INITIAL_PASSWORD_BYTES).toString('base64url')
  if (user && (await isLeftBehind(tenant, user))) {
    // Cut off before anybody was told the password: another one, which can still be told.
    await setPassword(tenant.master, { userId: user.id, password: initialPassword })
    return { userId: user.id, email: user.email, initialPassword }
  }
  if (user) return { userId: user.id, email: user.email, initialPassword: null }
  const created = await createUser(tenant.master, {
    name: ownerEmail.slice(0, Math.min(ownerEmail.indexOf('@'), USER_NAME_LENGTH_MAX)),
    email: ownerEmail,
    password: initialPassword,
  })
  return { userId: created.id, email: created.email, initialPassword }
}

interface FoundUser {
  id: string
  email: string
  created_at: Date
}

async function findUser({ master, details }: TenantInTheMaking): Promise<FoundUser | undefined> {
  return master
    .selectFrom('users')
    .select(['id', 'email', 'created_at'])
    .where('email', '=', details['ownerEmail']?.toLowerCase() ?? '')
    .executeTakeFirst()
}

/** Made by this step before it was cut off: since the tenant's making began, never signed in, belonging nowhere else. */
async function isLeftBehind(tenant: TenantInTheMaking, user: FoundUser): Promise<boolean> {
  const { master, record, isResumed } = tenant
  if (!isResumed || user.created_at < record.createdAt) return false
  const traces = await Promise.all([
    master.selectFrom('sessions').select('id').where('user_id', '=', user.id).executeTakeFirst(),
    master
      .selectFrom('memberships')
      .select('tenant_id')
      .where('user_id', '=', user.id)
      .where('tenant_id', '!=', record.id)
      .executeTakeFirst(),
    master.selectFrom('operators').select('user_id').where('user_id', '=', user.id).executeTakeFirst(),
  ])
  return traces.every((trace) => trace === undefined)
}

async function removeUser({ master }: TenantInTheMaking, { id }: FoundUser): Promise<void> {
  await master.deleteFrom('users').where('id', '=', id).execute()
}
