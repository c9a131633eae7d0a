import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import { describeOwnerChange, findMemberNames, requireOwner } from '../customer/owner.ts'
import { recordCustomerEvents } from '../customer/record-customer-event.ts'
import { enqueueJob } from '../job/enqueue-job.ts'
import { defineJobKind } from '../job/job-kind.ts'
import type { Job } from '../job/model.ts'
import type { ScopedContext } from '../trpc.ts'
import { finishBulk } from './finish-bulk.ts'
import { requireKnown } from './require-known.ts'
import { AssignManyInput } from './schema.ts'
import { BulkPosition, type Locked, lockCustomers, nextTargets } from './targets.ts'
import { nextUndone, UndoPosition } from './undo-targets.ts'
import { type Item, writeItems } from './write-items.ts'

type Trx = Transaction<TenantTables>

/**
 * Gives many customers to one member, or to nobody, in the background. NOT_FOUND for what does not exist, and for
 * somebody who is no member; the job ends there too if they are removed meanwhile.
 */
export async function assignMany(ctx: ScopedContext, input: AssignManyInput): Promise<Job> {
  await requireKnown(ctx.db, input)
  const { ownerId } = input
  if (ownerId !== null) await ctx.db.transaction().execute((trx) => requireOwner(trx, ownerId))
  return enqueueJob(ctx, { kind: ASSIGN_MANY.kind, input })
}

export const ASSIGN_MANY = defineJobKind({
  kind: 'customer.assign',
  input: AssignManyInput,
  position: BulkPosition,
  permission: () => 'customer:update',
  undoneBy: 'customer.undo-assign',
  async step({ trx, input, position, total, done, jobId, audit }) {
    const { ownerId } = input
    const chunk = await nextTargets({ trx, input, position, total, userId: audit.user.id })
    const locked = await lockCustomers(trx, chunk.ids)
    if (ownerId !== null) await requireOwner(trx, ownerId)
    const wishes = chunk.ids.map((id) => ({ id, ownerId }))
    const items = await setOwners(trx, { wishes, locked, actorId: audit.user.id })
    const counts = await writeItems(trx, { jobId, done, items })
    return { ...counts, position: chunk.position, total: chunk.total, isLast: chunk.isLast }
  },
  finish: (chunk) => finishBulk(chunk, 'customer.bulk-assigned'),
})

const Details = z.object({ from: z.string().nullable(), to: z.string().nullable() })

/** Gives them back to whoever had them, who may have left since: nobody else was meant to have them. */
export const UNDO_ASSIGN_MANY = defineJobKind({
  kind: 'customer.undo-assign',
  input: AssignManyInput,
  position: UndoPosition,
  permission: () => 'customer:update',
  async step(chunk) {
    const { trx, done, jobId, audit } = chunk
    const { items: changed, locked, ...progress } = await nextUndone(chunk)
    const given = changed.map(({ id, details }) => ({ id, ...Details.parse(details) }))
    const isSame = ({ id, to }: (typeof given)[number]) => locked.get(id)?.owner_id === to
    const since: Item[] = given
      .filter((item) => !isSame(item))
      .map(({ id }) => ({ id, outcome: 'refused', reason: 'changed-since' }))
    const wishes = given.filter(isSame).map(({ id, from }) => ({ id, ownerId: from }))
    const items = await setOwners(trx, { wishes, locked, actorId: audit.user.id })
    const counts = await writeItems(trx, { jobId, done, items: [...items, ...since] })
    return { ...counts, ...progress }
  },
  finish: (chunk) => finishBulk(chunk, 'customer.bulk-assigned'),
})

interface SetOwners {
  wishes: readonly { id: string; ownerId: string | null }[]
  locked: ReadonlyMap<string, Locked>
  actorId: string
}

/** Writes who has whom from now on. A statement for each owner, whatever the number of customers. */
async function setOwners(trx: Trx, { wishes, locked, actorId }: SetOwners): Promise<Item[]> {
  const items = wishes.map(({ id, ownerId }): Item => {
    const row = locked.get(id)
    if (!row) return { id, outcome: 'refused', reason: 'gone' }
    if (row.owner_id === ownerId) return { id, outcome: 'same' }
    return { id, outcome: 'changed', details: { from: row.owner_id, to: ownerId } }
  })
  const changes = items.flatMap(({ id, details }) => (details ? [{ id, ...Details.parse(details) }] : []))
  for (const [ownerId, those] of Map.groupBy(changes, ({ to }) => to)) {
    await trx
      .updateTable('customers')
      .set((eb) => ({ owner_id: ownerId, version: eb('version', '+', 1), updated_at: new Date() }))
      .where(
        'id',
        'in',
        those.map(({ id }) => id),
      )
      .execute()
  }
  const names = await findMemberNames(
    trx,
    changes.flatMap(({ from, to }) => [from, to]),
  )
  await recordCustomerEvents(
    trx,
    changes.map(({ id, from, to }) => ({
      customerId: id,
      actorId,
      event: { kind: 'edited', changes: [describeOwnerChange(names, { from, to })] },
    })),
  )
  return items
}
