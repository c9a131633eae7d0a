import { type ConversationEventKind, newId, type TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'

interface ConversationEvent {
  conversationId: string
  kind: ConversationEventKind
  /** The member who did it; null for a customer. */
  actorId: string | null
  targetId?: string
  at: Date
}

/** Writes down who did what to a conversation, for its history and the dashboard's numbers. */
export async function recordEvent(trx: Transaction<TenantTables>, event: ConversationEvent): Promise<void> {
  await trx
    .insertInto('conversation_events')
    .values({
      id: newId(),
      conversation_id: event.conversationId,
      kind: event.kind,
      actor_id: event.actorId,
      target_id: event.targetId ?? null,
      created_at: event.at,
    })
    .execute()
}
