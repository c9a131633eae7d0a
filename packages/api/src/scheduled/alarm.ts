import type { MasterTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'

/** Wakes some process for the tenant at that time, or before it, whether or not anybody is there. */
export async function setAlarm(master: Kysely<MasterTables>, tenantId: string, dueAt: Date): Promise<void> {
  await sql`
    INSERT INTO tenant_alarms (tenant_id, due_at) VALUES (${tenantId}, ${dueAt})
    ON DUPLICATE KEY UPDATE due_at = LEAST(due_at, VALUES(due_at))
  `.execute(master)
}
