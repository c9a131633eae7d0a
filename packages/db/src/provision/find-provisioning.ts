import { type Kysely, sql } from 'kysely'
import type { MasterTables } from '../master/tables.ts'
import { readDetails } from './claim.ts'
import type { Provisioning } from './types.ts'

/** See Database.findProvisioning. */
export async function findProvisioning(
  master: Kysely<MasterTables>,
  tenantKey: string,
): Promise<Provisioning | undefined> {
  const row = await master
    .selectFrom('tenants')
    .innerJoin('provisionings', 'provisionings.tenant_id', 'tenants.id')
    .where('tenant_key', '=', tenantKey)
    .select(['tenant_id', 'name', 'direction', 'details', 'attempts', 'started_at', 'ended_at'])
    .select(sql<number>`claim IS NOT NULL AND claimed_until > UTC_TIMESTAMP(3)`.as('is_claimed'))
    .executeTakeFirst()
  if (!row) return undefined
  const steps = await master
    .selectFrom('provisioning_steps')
    .where('tenant_id', '=', row.tenant_id)
    .select(['name', 'state', 'error', 'started_at as startedAt', 'ended_at as endedAt'])
    .orderBy('ordinal')
    .execute()
  return {
    tenantKey,
    name: row.name,
    direction: row.direction,
    details: readDetails(row.details),
    isRunning: row.is_claimed === 1,
    attempts: row.attempts,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    steps,
  }
}
