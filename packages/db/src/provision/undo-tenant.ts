import type { Connection } from 'mysql2/promise'
import { changeControl } from '../control/change-control.ts'
import { asAdmin } from '../installation.ts'
import { dropAccounts, dropDatabase } from '../server/account.ts'
import { claimUntil } from './claim.ts'
import { inTheMaking } from './make-tenant.ts'
import { type Saga, TakenOver, tell } from './saga.ts'

/**
 * Takes back what has been made, the last step first; the rows go last of all, because they hold the names of everything
 * else. Cut off anywhere, it is called again.
 */
export async function undoTenant(saga: Saga): Promise<void> {
  const { installation, plan, row } = saga
  await turnBack(saga)
  await undoFurther(saga)
  await installation.pool.evict(plan.id)
  const { tenant_key: tenantKey } = row
  await asAdmin(installation, `undo tenant ${tenantKey}`, (admin) => dropFromServer(admin, saga))
  await changeControl(installation, async (trx, announce) => {
    await trx.deleteFrom('tenants').where('id', '=', plan.id).execute()
    announce({ kind: 'tenant.changed', tenantId: plan.id, tenantKey, status: 'deleted' })
  })
}

/** If this fails too, the rows stay with the names of what is left, for resumeTenants. */
export async function undoOrLeave(saga: Saga, why: unknown): Promise<void> {
  try {
    await (why instanceof TakenOver ? dropWhatIsNobodys(saga) : undoTenant(saga))
  } catch (error) {
    const fields = { tenant: saga.row.tenant_key, err: error }
    saga.installation.log({
      level: 'error',
      message: 'a tenant that could not be made is left half-made',
      fields,
    })
  }
}

/** From here on nobody finishes what is half taken back. */
async function turnBack({ installation, plan, claim, row }: Saga): Promise<void> {
  const { numUpdatedRows } = await installation.master
    .updateTable('provisionings')
    .set({ direction: 'undoing', claimed_until: claimUntil() })
    .where('tenant_id', '=', plan.id)
    .where('claim', '=', claim)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new TakenOver(row.tenant_key)
}

async function undoFurther(saga: Saga): Promise<void> {
  for (const step of saga.further.toReversed()) {
    const state = saga.states.get(step.name)
    if (state === undefined || state === 'pending' || state === 'undone') continue
    await step.undo?.(inTheMaking(saga))
    await saga.installation.master
      .updateTable('provisioning_steps')
      .set({ state: 'undone', ended_at: new Date() })
      .where('tenant_id', '=', saga.plan.id)
      .where('name', '=', step.name)
      .execute()
    await tell(saga, { name: step.name, state: 'undone' })
  }
}

/**
 * For a process that comes back from a long step to find the tenant dropped meanwhile: what it has just made is
 * nobody's. While there is a row it belongs to whoever has the claim.
 */
export async function dropWhatIsNobodys(saga: Saga): Promise<void> {
  const { installation, plan, row } = saga
  const known = await installation.master
    .selectFrom('tenants')
    .select('id')
    .where('id', '=', plan.id)
    .executeTakeFirst()
  if (known) return
  await asAdmin(installation, `undo tenant ${row.tenant_key}`, (admin) => dropFromServer(admin, saga))
}

async function dropFromServer(admin: Connection, saga: Saga): Promise<void> {
  const { plan, installation } = saga
  await dropAccounts(admin, [plan.account.user, plan.migrator.user], installation.server)
  await dropDatabase(admin, plan.database)
}
