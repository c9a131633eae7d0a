import type { CreateTenantOptions, Database, MasterTables, ResumeReport } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import { type Tenant, toTenant } from '../tenant/model.ts'
import type { CreateTenantInput } from '../tenant/schema.ts'
import { type TenantOwner, tenantSteps } from './tenant-steps.ts'

export interface CreatedTenant extends Tenant {
  owner: TenantOwner
}

/**
 * A tenant that can be worked in: database, built-in roles, an owner. If a step fails, what the steps before made is
 * taken away again; if the process dies, the same input goes on where it was. `onStep` is told of each step.
 *
 * @throws DatabaseError TENANT_EXISTS for a key that is taken
 */
export async function createTenant(
  database: Database,
  input: CreateTenantInput,
  { onStep }: Pick<CreateTenantOptions, 'onStep'> = {},
): Promise<CreatedTenant> {
  const { tenantKey, name } = input
  const ownerEmail = input.ownerEmail.toLowerCase()
  const told: { owner?: TenantOwner } = {}
  const steps = tenantSteps((owner) => (told.owner = owner))
  const record = await database.createTenant({ tenantKey, name, details: { ownerEmail } }, { steps, onStep })
  return { ...toTenant(record), owner: told.owner ?? (await findOwner(database.master, ownerEmail)) }
}

/** Goes on with what a process that was killed left half-made; see Database.resumeTenants. */
export function resumeTenants(database: Database): Promise<ResumeReport> {
  return database.resumeTenants({ steps: tenantSteps() })
}

/** Of a workspace that was taken up again after its owner had been made: their password was told, or is lost. */
async function findOwner(master: Kysely<MasterTables>, ownerEmail: string): Promise<TenantOwner> {
  const { id, email } = await master
    .selectFrom('users')
    .select(['id', 'email'])
    .where('email', '=', ownerEmail)
    .executeTakeFirstOrThrow(() => new DomainError('NOT_FOUND', 'The owner of the workspace has gone.'))
  return { userId: id, email, initialPassword: null }
}
