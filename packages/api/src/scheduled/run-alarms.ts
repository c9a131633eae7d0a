import type { Database } from '@sarai/db'
import type { TransactContext } from '../change/transact.ts'
import { findNextDue, sendDue } from './send-scheduled.ts'

/** How long after its time a message is sent at the latest, while the database serves. */
export const ALARM_LOOK_MS = 5_000
/** Tenants that are seen to in one round; the rest with the next. */
export const ALARMS_MAX = 50
/** Whoever takes an alarm has so long; then another process may, or the same again. */
export const ALARM_RETRY_MS = 60_000

export interface AlarmsOptions {
  database: Pick<Database, 'master' | 'withTenant'>
  changes: TransactContext['changes']
  log: { warn(fields: object, message: string): void }
}

interface Alarm {
  id: string
  tenantKey: string
  dueAt: Date
}

/**
 * Sends what is due in every tenant whose alarm rings. It asks the control plane alone while nothing is due. A tenant
 * that is suspended or archived is passed over until it is open again. Says how many tenants it saw to.
 */
export async function runAlarms(options: AlarmsOptions): Promise<number> {
  const { database, log } = options
  const ringing = await database.master
    .selectFrom('tenant_alarms')
    .innerJoin('tenants', 'tenants.id', 'tenant_alarms.tenant_id')
    .select(['tenants.id', 'tenants.tenant_key as tenantKey', 'tenant_alarms.due_at as dueAt'])
    .where('tenant_alarms.due_at', '<=', new Date())
    .where('tenants.status', '=', 'active')
    .orderBy('tenant_alarms.due_at')
    .limit(ALARMS_MAX)
    .execute()
  for (const alarm of ringing) {
    await answer(options, alarm).catch((error: unknown) => {
      log.warn(
        { err: error, tenant: alarm.tenantKey, path: 'scheduled.send' },
        'what is due could not be sent',
      )
    })
  }
  return ringing.length
}

async function answer({ database, changes }: AlarmsOptions, alarm: Alarm): Promise<void> {
  const taken = { ...alarm, dueAt: new Date(Date.now() + ALARM_RETRY_MS) }
  if (!(await move(database, alarm, taken.dueAt))) return
  const { id, tenantKey } = alarm
  const next = await database.withTenant(
    tenantKey,
    async (db) => {
      await sendDue({ db, tenant: { id }, changes })
      return findNextDue({ db })
    },
    { label: 'scheduled.send', class: 'background' },
  )
  // If it is another by now, somebody has written a message meanwhile.
  await move(database, taken, next)
}

/** Only if it is still what it was; says whether. No time: nothing is due any more. */
async function move(
  { master }: AlarmsOptions['database'],
  { id, dueAt }: Alarm,
  to: Date | undefined,
): Promise<boolean> {
  if (to === undefined) {
    const { numDeletedRows } = await master
      .deleteFrom('tenant_alarms')
      .where('tenant_id', '=', id)
      .where('due_at', '=', dueAt)
      .executeTakeFirst()
    return numDeletedRows > 0n
  }
  const { numUpdatedRows } = await master
    .updateTable('tenant_alarms')
    .set({ due_at: to })
    .where('tenant_id', '=', id)
    .where('due_at', '=', dueAt)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
