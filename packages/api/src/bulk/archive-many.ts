import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import { isReachTaken } from '../customer/duplicate.ts'
import { recordCustomerEvents } from '../customer/record-customer-event.ts'
import { enqueueJob } from '../job/enqueue-job.ts'
import { defineJobKind } from '../job/job-kind.ts'
import type { Job } from '../job/model.ts'
import type { ScopedContext } from '../trpc.ts'
import { finishBulk } from './finish-bulk.ts'
import { requireKnown } from './require-known.ts'
import { ArchiveManyInput } from './schema.ts'
import { BulkPosition, type Locked, lockCustomers, nextTargets } from './targets.ts'
import { nextUndone, UndoPosition } from './undo-targets.ts'
import { type Item, writeItems } from './write-items.ts'

type Trx = Transaction<TenantTables>

/** Takes many customers out of the lists, or brings them back, in the background. NOT_FOUND for what does not exist. */
export async function archiveMany(ctx: ScopedContext, input: ArchiveManyInput): Promise<Job> {
  await requireKnown(ctx.db, input)
  return enqueueJob(ctx, { kind: ARCHIVE_MANY.kind, input })
}

export const ARCHIVE_MANY = defineJobKind({
  kind: 'customer.archive',
  input: ArchiveManyInput,
  position: BulkPosition,
  permission: () => 'customer:archive',
  undoneBy: 'customer.undo-archive',
  async step({ trx, input, position, total, done, jobId, audit }) {
    const chunk = await nextTargets({ trx, input, position, total, userId: audit.user.id })
    const locked = await lockCustomers(trx, chunk.ids)
    const items = await setArchived(trx, {
      ids: chunk.ids,
      locked,
      archived: input.archived,
      actorId: audit.user.id,
    })
    const counts = await writeItems(trx, { jobId, done, items })
    return { ...counts, position: chunk.position, total: chunk.total, isLast: chunk.isLast }
  },
  finish: (chunk) =>
    finishBulk(chunk, chunk.input.archived ? 'customer.bulk-archived' : 'customer.bulk-restored'),
})

const Details = z.object({ at: z.iso.datetime().nullable() })

export const UNDO_ARCHIVE_MANY = defineJobKind({
  kind: 'customer.undo-archive',
  input: ArchiveManyInput,
  position: UndoPosition,
  permission: () => 'customer:archive',
  async step(chunk) {
    const { trx, input, done, jobId, audit } = chunk
    const { items: changed, locked, ...progress } = await nextUndone(chunk)
    const { same, since } = tellApart(changed, locked)
    const items = await setArchived(trx, {
      ids: same,
      locked,
      archived: !input.archived,
      actorId: audit.user.id,
    })
    const counts = await writeItems(trx, { jobId, done, items: [...items, ...since] })
    return { ...counts, ...progress }
  },
  finish: (chunk) =>
    finishBulk(chunk, chunk.input.archived ? 'customer.bulk-restored' : 'customer.bulk-archived'),
})

/** Who is still as the job left them, and who was archived or restored by somebody since. */
function tellApart(changed: readonly { id: string; details: object }[], locked: ReadonlyMap<string, Locked>) {
  const isSame = ({ id, details }: { id: string; details: object }) => {
    const row = locked.get(id)
    return row !== undefined && (row.archived_at?.toISOString() ?? null) === Details.parse(details).at
  }
  const since: Item[] = changed
    .filter((item) => !isSame(item))
    .map(({ id }) => ({ id, outcome: 'refused', reason: 'changed-since' }))
  return { same: changed.filter(isSame).map(({ id }) => id), since }
}

interface SetArchived {
  ids: readonly string[]
  locked: ReadonlyMap<string, Locked>
  archived: boolean
  actorId: string
}

async function setArchived(trx: Trx, { ids, locked, archived, actorId }: SetArchived): Promise<Item[]> {
  const at = archived ? new Date() : null
  const stay: Item[] = []
  const go: string[] = []
  for (const id of ids) {
    const row = locked.get(id)
    if (!row) stay.push({ id, outcome: 'refused', reason: 'gone' })
    else if ((row.archived_at !== null) === archived) stay.push({ id, outcome: 'same' })
    else go.push(id)
  }
  const taken = await write(trx, { ids: go, at, actorId })
  const changed = go.filter((id) => !taken.has(id))
  await recordCustomerEvents(
    trx,
    changed.map((customerId) => ({
      customerId,
      actorId,
      event: { kind: archived ? 'archived' : 'restored' },
    })),
  )
  const details = { at: at?.toISOString() ?? null }
  return [
    ...stay,
    ...go.map((id): Item =>
      taken.has(id) ? { id, outcome: 'refused', reason: 'taken' } : { id, outcome: 'changed', details },
    ),
  ]
}

/** All at once; back among the living one by one, for another may have the e-mail or the phone of one by now. */
async function write(
  trx: Trx,
  { ids, at, actorId }: { ids: readonly string[]; at: Date | null; actorId: string },
): Promise<Set<string>> {
  const taken = new Set<string>()
  if (ids.length === 0) return taken
  const update = (those: readonly string[]) =>
    trx
      .updateTable('customers')
      .set((eb) => ({
        archived_at: at,
        archived_by: at && actorId,
        version: eb('version', '+', 1),
        updated_at: new Date(),
      }))
      .where('id', 'in', those)
      .execute()
  if (at) {
    await update(ids)
    return taken
  }
  for (const id of ids) {
    try {
      await update([id])
    } catch (error) {
      // The server has taken back this statement alone.
      if (!isReachTaken(error)) throw error
      taken.add(id)
    }
  }
  return taken
}
