import type { ConversationStatus, TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import type { RecordChange } from '../change/transact.ts'
import { getConversation } from '../chat/queries.ts'

interface Announced {
  record: RecordChange
  /** Conversations that are parts now, or are none any more. */
  ids: readonly string[]
  survivorId: string
  /** Of the survivor, if it is another now. */
  statusBefore: ConversationStatus | undefined
}

/** Everybody's lists and open threads hear of all of them at once. That one became a part is no change of its status to rules. */
export async function announce(
  trx: Transaction<TenantTables>,
  { record, ids, survivorId, statusBefore }: Announced,
): Promise<void> {
  for (const id of ids) {
    record({ kind: 'conversation.updated', entityId: id, conversation: await getConversation(trx, { id }) })
  }
  record({
    kind: 'conversation.updated',
    entityId: survivorId,
    conversation: await getConversation(trx, { id: survivorId }),
    ...(statusBefore && { statusBefore }),
  })
}
