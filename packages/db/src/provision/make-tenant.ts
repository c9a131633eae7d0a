import { sql } from 'kysely'
import type { Connection } from 'mysql2/promise'
import { changeControl } from '../control/change-control.ts'
import { masterOn } from '../fleet/heartbeat-login.ts'
import { asAdmin } from '../installation.ts'
import type { LeaseClass } from '../pool/types.ts'
import { createDatabase, ensureAccount, grantRights, quoteName } from '../server/account.ts'
import { migrateRow } from '../tenant/migrate-tenant.ts'
import { toEntry } from '../tenant/tenant-directory.ts'
import { withTenantEntry } from '../tenant/with-tenant.ts'
import { runStep, type Saga, TakenOver, tell } from './saga.ts'
import type { TenantInTheMaking } from './types.ts'

/** Before the caller's steps, and after them. The key is reserved by the rows that say all this. */
export const STEPS_BEFORE = ['reserve-key', 'database', 'accounts', 'grants', 'migrations'] as const
export const STEPS_AFTER = ['verification', 'active'] as const
export const BUILT_IN_STEPS: readonly string[] = [...STEPS_BEFORE, ...STEPS_AFTER]
const LABEL = 'tenant.create'

/** Every step that is not recorded as done, in order. Cut off anywhere, it is called again. */
export async function makeTenant(saga: Saga): Promise<void> {
  await makeEmptyTenant(saga, 'interactive')
  const { master: db } = saga.installation
  for (const step of saga.further) {
    await runStep(saga, { name: step.name, db }, () => step.run(inTheMaking(saga)))
  }
  await runStep(saga, { name: 'verification', db }, () => verify(saga))
  await runStep(saga, { name: 'active', db }, () => activate(saga))
}

/** Up to where somebody has to say whose it is. */
export async function makeEmptyTenant(saga: Saga, leaseClass: LeaseClass): Promise<void> {
  const { installation, row } = saga
  await makeOnServer(saga, leaseClass)
  await runStep(saga, { name: 'migrations', db: installation.master }, () =>
    migrateRow(installation, row, { class: leaseClass }),
  )
}

const ON_SERVER: Record<string, (admin: Connection, saga: Saga) => Promise<void>> = {
  database: (admin, { plan }) => createDatabase(admin, plan.database),
  accounts: async (admin, { plan, installation: { server } }) => {
    await ensureAccount(admin, plan.account, server)
    await ensureAccount(admin, plan.migrator, server)
  },
  grants: async (admin, { plan, installation: { server } }) => {
    await grantRights(admin, plan.account, server)
    await grantRights(admin, plan.migrator, server)
  },
}

/** One connection for all of them; their record is written over it, because it may be the only one there is. */
async function makeOnServer(saga: Saga, leaseClass: LeaseClass): Promise<void> {
  if (Object.keys(ON_SERVER).every((name) => saga.states.get(name) === 'done')) return
  const { installation, row } = saga
  await asAdmin({ ...installation, class: leaseClass }, `${LABEL} ${row.tenant_key}`, async (admin) => {
    await admin.query(`USE ${quoteName(installation.controlPlane)}`)
    const db = masterOn(admin)
    for (const [name, make] of Object.entries(ON_SERVER)) {
      await runStep(saga, { name, db }, () => make(admin, saga))
    }
  })
}

/** A round trip as the tenant: login, schema and rights are as they must be. */
async function verify(saga: Saga): Promise<void> {
  const touched = await inTheMaking(saga).withTenant((db) =>
    db
      .updateTable('change_counter')
      .set(({ ref }) => ({ last_seq: ref('last_seq') }))
      .executeTakeFirst(),
  )
  if (touched.numUpdatedRows === 1n) return
  throw new Error('the new database does not hold what every tenant begins with')
}

/**
 * With the record of it, in one transaction: nobody finds an open tenant that is still said to be in the making. Other
 * processes may remember that nobody has the key.
 */
async function activate(saga: Saga): Promise<void> {
  const { tenant_key: tenantKey } = saga.row
  await changeControl(saga.installation, async (trx, announce) => {
    const { numAffectedRows } = await sql`
      UPDATE provisionings p
        JOIN tenants t ON t.id = p.tenant_id
        JOIN provisioning_steps s ON s.tenant_id = p.tenant_id AND s.name = 'active'
      SET t.status = 'active', t.updated_at = UTC_TIMESTAMP(3),
        s.state = 'done', s.ended_at = UTC_TIMESTAMP(3),
        p.claim = NULL, p.claimed_until = NULL, p.ended_at = UTC_TIMESTAMP(3)
      WHERE p.tenant_id = ${saga.plan.id} AND p.claim = ${saga.claim}`.execute(trx)
    if (numAffectedRows === 0n) throw new TakenOver(tenantKey)
    announce({ kind: 'tenant.changed', tenantId: saga.plan.id, tenantKey, status: 'active' })
  })
  await tell(saga, { name: 'active', state: 'done' })
}

/** What the caller's steps may go by. */
export function inTheMaking({ installation, row, details, isResumed }: Saga): TenantInTheMaking {
  const entry = toEntry(row, installation)
  return {
    record: entry.record,
    details,
    isResumed,
    master: installation.master,
    withTenant: (work) => withTenantEntry(installation, { entry, label: LABEL }, work),
  }
}
