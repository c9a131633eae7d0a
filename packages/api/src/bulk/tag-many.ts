import { z } from 'zod'
import { enqueueJob } from '../job/enqueue-job.ts'
import { defineJobKind } from '../job/job-kind.ts'
import type { Job } from '../job/model.ts'
import type { ScopedContext } from '../trpc.ts'
import { changeTags } from './change-tags.ts'
import { finishBulk } from './finish-bulk.ts'
import { requireKnown } from './require-known.ts'
import { TagManyInput } from './schema.ts'
import { BulkPosition, lockCustomers, nextTargets } from './targets.ts'
import { nextUndone, UndoPosition } from './undo-targets.ts'
import { type Item, writeItems } from './write-items.ts'

/** Gives tags to many customers and takes tags from them, in the background. NOT_FOUND for what does not exist. */
export async function tagMany(ctx: ScopedContext, input: TagManyInput): Promise<Job> {
  await requireKnown(ctx.db, input, [...input.addTagIds, ...input.removeTagIds])
  return enqueueJob(ctx, { kind: TAG_MANY.kind, input })
}

export const TAG_MANY = defineJobKind({
  kind: 'customer.tag',
  input: TagManyInput,
  position: BulkPosition,
  permission: () => 'customer:update',
  undoneBy: 'customer.undo-tag',
  async step({ trx, input, position, total, done, jobId, audit }) {
    const chunk = await nextTargets({ trx, input, position, total, userId: audit.user.id })
    const locked = await lockCustomers(trx, chunk.ids)
    const { addTagIds: add, removeTagIds: remove } = input
    const wishes = chunk.ids.filter((id) => locked.has(id)).map((id) => ({ id, add, remove }))
    const gone: Item[] = chunk.ids
      .filter((id) => !locked.has(id))
      .map((id) => ({ id, outcome: 'refused', reason: 'gone' }))
    const items = [...gone, ...(await changeTags(trx, { wishes, actorId: audit.user.id }))]
    const counts = await writeItems(trx, { jobId, done, items })
    return { ...counts, position: chunk.position, total: chunk.total, isLast: chunk.isLast }
  },
  finish: (chunk) => finishBulk(chunk, 'customer.bulk-tagged'),
})

const Details = z.object({ added: z.array(z.string()), removed: z.array(z.string()) })

export const UNDO_TAG_MANY = defineJobKind({
  kind: 'customer.undo-tag',
  input: TagManyInput,
  position: UndoPosition,
  permission: () => 'customer:update',
  async step(chunk) {
    const { trx, done, jobId, audit } = chunk
    const { items: changed, locked, ...progress } = await nextUndone(chunk)
    const wishes = changed
      .filter(({ id }) => locked.has(id))
      .map(({ id, details }) => {
        const { added, removed } = Details.parse(details)
        return { id, add: removed, remove: added }
      })
    const items = await changeTags(trx, { wishes, actorId: audit.user.id })
    const counts = await writeItems(trx, { jobId, done, items })
    return { ...counts, ...progress }
  },
  finish: (chunk) => finishBulk(chunk, 'customer.bulk-tagged'),
})
