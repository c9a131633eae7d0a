import { randomBytes } from 'node:crypto'
import type { Connection } from 'mysql2/promise'
import { changeControl } from '../control/change-control.ts'
import type { TenantRecord } from '../database.ts'
import { DatabaseError } from '../errors.ts'
import { newId } from '../id.ts'
import { asAdmin, type Installation } from '../installation.ts'
import { migrate } from '../migrate.ts'
import {
  createAccount,
  createDatabase,
  dropAccount,
  dropDatabase,
  type NewAccount,
} from '../server/account.ts'
import { isDuplicateKey } from '../statement-error.ts'
import { claimTenant } from './half-made.ts'
import { TENANT_MIGRATIONS } from './migrations.ts'
import { TENANT_KEY_PATTERN } from './tenant-directory.ts'

export interface NewTenant {
  tenantKey: string
  name: string
}

const PASSWORD_BYTES = 24

interface Plan extends NewTenant {
  id: string
  account: NewAccount
}

/** See Database.createTenant. The row comes first and holds every name, so a crash leaves nothing unknown behind. */
export async function createTenant(installation: Installation, input: NewTenant): Promise<TenantRecord> {
  const plan = planTenant(input)
  await reserveKey(installation, plan)
  try {
    await asAdmin(installation, `create tenant ${plan.tenantKey}`, async (admin) => {
      await claimTenant(admin, installation, { ...plan, database: plan.account.database })
      const schemaVersion = await provisionTenant(admin, installation, plan)
      await activateTenant(admin, installation, { id: plan.id, schemaVersion })
    })
  } catch (error) {
    await undo(installation, plan)
    throw error
  } finally {
    installation.directory.forget(plan.tenantKey)
  }
  await announceTenant(installation, plan)
  const { record } = await installation.directory.get(plan.tenantKey)
  return record
}

/** Names come from the generated id, never from what somebody typed. */
function planTenant({ tenantKey, name }: NewTenant): Plan {
  if (!TENANT_KEY_PATTERN.test(tenantKey))
    throw new TypeError(`a tenant key matches ${TENANT_KEY_PATTERN.source}`)
  const id = newId()
  const hex = id.replaceAll('-', '')
  return {
    id,
    tenantKey,
    name,
    account: {
      // The random half of the id: 32 characters are the most that every server takes.
      user: `sarai_t_${hex.slice(16)}`,
      database: `sarai_t_${hex}`,
      password: randomBytes(PASSWORD_BYTES).toString('base64url'),
    },
  }
}

async function reserveKey({ master, keyring, serverId }: Installation, plan: Plan): Promise<void> {
  const now = new Date()
  try {
    await master
      .insertInto('tenants')
      .values({
        id: plan.id,
        tenant_key: plan.tenantKey,
        name: plan.name,
        status: 'provisioning',
        server_id: serverId,
        database_name: plan.account.database,
        account_name: plan.account.user,
        account_secret: keyring.seal(plan.account.password, plan.id),
        created_at: now,
        updated_at: now,
      })
      .execute()
  } catch (error) {
    if (!isDuplicateKey(error, 'tenants_key')) throw error
    throw new DatabaseError('TENANT_EXISTS', 'another tenant has this key', {
      tenant: plan.tenantKey,
      cause: error,
    })
  }
}

async function provisionTenant(
  admin: Connection,
  { server }: Installation,
  { account }: Plan,
): Promise<number> {
  await createDatabase(admin, account.database)
  await createAccount(admin, account, server)
  return migrate(admin, account.database, TENANT_MIGRATIONS)
}

/** While the claim is held: between the last step and this one nobody may take the tenant for half-made. */
async function activateTenant(
  admin: Connection,
  { controlPlane }: Installation,
  { id, schemaVersion }: { id: string; schemaVersion: number },
): Promise<void> {
  const columns = { status: 'active', schema_version: schemaVersion, updated_at: new Date() }
  await admin.query('UPDATE ??.tenants SET ? WHERE id = ?', [controlPlane, columns, id])
}

/** Other processes may remember that nobody has this key. */
async function announceTenant(installation: Installation, { id, tenantKey }: Plan): Promise<void> {
  await changeControl(installation, async (_trx, announce) =>
    announce({ kind: 'tenant.changed', tenantId: id, tenantKey, status: 'active' }),
  )
}

/** If this fails too, the row stays with the names of what is left, for dropTenant. */
async function undo(installation: Installation, plan: Plan): Promise<void> {
  try {
    await asAdmin(installation, `undo tenant ${plan.tenantKey}`, async (admin) => {
      await dropAccount(admin, plan.account.user, installation.server)
      await dropDatabase(admin, plan.account.database)
    })
    await installation.master.deleteFrom('tenants').where('id', '=', plan.id).execute()
  } catch (error) {
    const fields = { tenant: plan.tenantKey, err: error }
    installation.log({ level: 'error', message: 'a tenant that could not be made is left half-made', fields })
  }
}
