import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import type { Acting } from './acting.ts'
import type { Conversation } from './model.ts'
import { getConversation, lockConversation } from './queries.ts'
import { recordEvent } from './record-event.ts'
import type { AssignConversationInput } from './schema.ts'

/** Gives a conversation to a member, or to nobody. */
export function assignConversation(
  ctx: ScopedContext,
  input: AssignConversationInput,
): Promise<Conversation> {
  return transact(ctx, (trx, record) => changeAssignee({ trx, record, actorId: ctx.user.id }, input))
}

/** The same, as a part of a longer transaction. */
export async function changeAssignee(
  { trx, record, actorId, ruleId }: Acting,
  { id, assigneeId }: AssignConversationInput,
): Promise<Conversation> {
  const current = await lockConversation(trx, { id })
  if (current.assignee_id === assigneeId) return getConversation(trx, { id })
  if (assigneeId !== null) await requireLiveMember(trx, { userId: assigneeId })
  const at = new Date()
  await trx
    .updateTable('conversations')
    .set({ assignee_id: assigneeId, updated_at: at })
    .where('id', '=', id)
    .execute()
  await recordEvent(trx, { conversationId: id, actorId, at, ...describeTarget(assigneeId) })
  const conversation = await getConversation(trx, { id })
  const assignedBy = assigneeId === null ? null : (actorId ?? ruleId ?? null)
  record({
    kind: 'conversation.updated',
    entityId: id,
    conversation,
    ...(assignedBy !== null && { assignedBy }),
  })
  return conversation
}

function describeTarget(assigneeId: string | null) {
  if (assigneeId === null) return { kind: 'unassigned' as const }
  return { kind: 'assigned' as const, targetId: assigneeId }
}

/** Locks the member, so that they are not removed meanwhile. */
async function requireLiveMember(
  trx: Transaction<TenantTables>,
  { userId }: { userId: string },
): Promise<void> {
  const member = await trx
    .selectFrom('members')
    .select('removed_at')
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  if (!member || member.removed_at) {
    throw new DomainError(
      'NOT_FOUND',
      'This person is not a member of the workspace any more. Choose another.',
    )
  }
}
