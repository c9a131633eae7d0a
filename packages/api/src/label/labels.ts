import { newId, type TenantTables } from '@sarai/db'
import type { Kysely, Transaction } from 'kysely'
import { changedFields, writeAudit } from '../audit/write-audit.ts'
import { transact } from '../change/transact.ts'
import { countAlone } from '../count-alone.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import { type Label, toLabel } from './model.ts'
import { type CreateLabelInput, type LabelIdInput, LABELS_MAX, type UpdateLabelInput } from './schema.ts'
import { refuseTaken } from '../refuse-taken.ts'

const TAKEN = { key: 'labels_name', userMessage: 'There is a label with this name already.' }

/** All labels by name; LABELS_MAX at most. */
export async function listLabels(db: Kysely<TenantTables>): Promise<{ items: Label[] }> {
  const rows = await db.selectFrom('labels').select(['id', 'name', 'color']).orderBy('name').execute()
  return { items: rows.map(toLabel) }
}

/** A new label. CONFLICT for a name that is taken, whatever its capitals, and at LABELS_MAX. */
export function createLabel(ctx: ScopedContext, { name, color = 'gray' }: CreateLabelInput): Promise<Label> {
  const label = { id: newId(), name, color }
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      if ((await countAlone(trx, 'labels')) >= LABELS_MAX) {
        throw new DomainError('CONFLICT', `A workspace has at most ${LABELS_MAX} labels. Delete some first.`)
      }
      await trx
        .insertInto('labels')
        .values({ ...label, created_at: new Date() })
        .execute()
      await writeAudit(trx, ctx, { action: 'label.created', entity: label, after: { name, color } })
      record({ kind: 'chat.configured', entityId: label.id })
      return label
    }),
    TAKEN,
  )
}

/** Another name, another colour, on every conversation that has it. */
export function updateLabel(ctx: ScopedContext, { id, name, color }: UpdateLabelInput): Promise<Label> {
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      const before = await getLabel(trx, id)
      const after = { ...before, ...(name !== undefined && { name }), ...(color !== undefined && { color }) }
      const changed = changedFields(before, after)
      if (Object.keys(changed.after).length === 0) return before
      await trx
        .updateTable('labels')
        .set({ name: after.name, color: after.color })
        .where('id', '=', id)
        .execute()
      await writeAudit(trx, ctx, { action: 'label.updated', entity: after, ...changed })
      record({ kind: 'chat.configured', entityId: id })
      return after
    }),
    TAKEN,
  )
}

/** Takes the label from every conversation that has it. Says from how many. */
export function deleteLabel(
  ctx: ScopedContext,
  { id }: LabelIdInput,
): Promise<{ conversationsCount: number }> {
  return transact(ctx, async (trx, record) => {
    const label = await getLabel(trx, id)
    const { numDeletedRows } = await trx
      .deleteFrom('conversation_labels')
      .where('label_id', '=', id)
      .executeTakeFirstOrThrow()
    await trx.deleteFrom('labels').where('id', '=', id).execute()
    await writeAudit(trx, ctx, { action: 'label.deleted', entity: label })
    record({ kind: 'chat.configured', entityId: id })
    return { conversationsCount: Number(numDeletedRows) }
  })
}

async function getLabel(trx: Transaction<TenantTables>, id: string): Promise<Label> {
  const row = await trx.selectFrom('labels').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new DomainError('NOT_FOUND', 'This label does not exist any more.')
  return toLabel(row)
}
