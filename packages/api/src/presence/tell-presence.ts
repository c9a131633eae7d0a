import { getConversation } from '../chat/queries.ts'
import { requirePermission } from '../permission/access.ts'
import type { ScopedContext } from '../trpc.ts'
import type { TellPresenceInput } from './schema.ts'

/**
 * Says what a tab of the caller's shows and whether they write there. Everybody who may read conversations is told,
 * in this process at once and in the others within two seconds; it ends by itself.
 *
 * @throws DomainError NOT_FOUND; FORBIDDEN for writing without `chat:reply`
 */
export async function tellPresence(
  ctx: ScopedContext,
  { tabId, conversationId, doing = 'looking' }: TellPresenceInput,
): Promise<null> {
  if (doing !== 'looking') requirePermission(ctx.access, 'chat:reply', ctx.actorKind)
  const conversation = conversationId === null ? null : await getConversation(ctx.db, { id: conversationId })
  ctx.changes.tell(ctx.tenant, {
    userId: ctx.user.id,
    tabId,
    place: conversation && { conversationId: conversation.id, customerId: conversation.customerId },
    doing,
  })
  return null
}
