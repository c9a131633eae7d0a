import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import type { Acting } from './acting.ts'
import type { Conversation } from './model.ts'
import { getConversation, lockConversation } from './queries.ts'
import { CONVERSATION_LABELS_MAX, type SetLabelsInput } from './schema.ts'

/** Puts labels on a conversation and takes labels off. What is so already stays so and is not announced. */
export function setLabels(ctx: ScopedContext, input: SetLabelsInput): Promise<Conversation> {
  return transact(ctx, (trx, record) => changeLabels({ trx, record, actorId: ctx.user.id }, input))
}

/** The same, as a part of a longer transaction. */
export async function changeLabels(
  { trx, record }: Acting,
  { id, add = [], remove = [] }: SetLabelsInput,
): Promise<Conversation> {
  await lockConversation(trx, { id })
  const before = await getConversation(trx, { id })
  const added = [...new Set(add)].filter(
    (label) => !before.labelIds.includes(label) && !remove.includes(label),
  )
  const removed = before.labelIds.filter((label) => remove.includes(label))
  if (added.length === 0 && removed.length === 0) return before
  if (before.labelIds.length + added.length - removed.length > CONVERSATION_LABELS_MAX) {
    throw new DomainError('CONFLICT', `A conversation has at most ${CONVERSATION_LABELS_MAX} labels.`)
  }
  await requireLabels(trx, added)
  await writeLabels(trx, { id, added, removed })
  const conversation = await getConversation(trx, { id })
  record({ kind: 'conversation.updated', entityId: id, conversation })
  return conversation
}

/** Locks them, so that they are not deleted meanwhile. */
async function requireLabels(trx: Transaction<TenantTables>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const labels = await trx.selectFrom('labels').select('id').where('id', 'in', ids).forUpdate().execute()
  if (labels.length < ids.length) throw new DomainError('NOT_FOUND', 'This label does not exist any more.')
}

async function writeLabels(
  trx: Transaction<TenantTables>,
  { id, added, removed }: { id: string; added: readonly string[]; removed: readonly string[] },
): Promise<void> {
  if (removed.length > 0) {
    await trx
      .deleteFrom('conversation_labels')
      .where('conversation_id', '=', id)
      .where('label_id', 'in', removed)
      .execute()
  }
  if (added.length > 0) {
    await trx
      .insertInto('conversation_labels')
      .values(added.map((label) => ({ conversation_id: id, label_id: label })))
      .execute()
  }
  await trx.updateTable('conversations').set({ updated_at: new Date() }).where('id', '=', id).execute()
}
