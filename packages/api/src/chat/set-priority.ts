import { transact } from '../change/transact.ts'
import type { ScopedContext } from '../trpc.ts'
import type { Acting } from './acting.ts'
import type { Conversation } from './model.ts'
import { getConversation, lockConversation } from './queries.ts'
import { PRIORITIES, type SetPriorityInput } from './schema.ts'

/** Says how urgent a conversation is. What it is already changes nothing and is announced to nobody. */
export function setPriority(ctx: ScopedContext, input: SetPriorityInput): Promise<Conversation> {
  return transact(ctx, (trx, record) => changePriority({ trx, record, actorId: ctx.user.id }, input))
}

/** The same, as a part of a longer transaction. */
export async function changePriority(
  { trx, record }: Acting,
  input: SetPriorityInput,
): Promise<Conversation> {
  const priority = PRIORITIES.indexOf(input.priority)
  const current = await lockConversation(trx, input)
  if (current.priority === priority) return getConversation(trx, input)
  await trx
    .updateTable('conversations')
    .set({ priority, updated_at: new Date() })
    .where('id', '=', input.id)
    .execute()
  const conversation = await getConversation(trx, input)
  record({ kind: 'conversation.updated', entityId: input.id, conversation })
  return conversation
}
