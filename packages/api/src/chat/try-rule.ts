import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { TRIED_CONVERSATIONS_MAX, type TryRuleInput } from '../rule/schema.ts'
import { type Conversation, toConversation } from './model.ts'
import { selectConversations } from './queries.ts'
import { areMet, loadFacts } from './rule-facts.ts'

export interface TriedConversation {
  conversation: Conversation
  isMet: boolean
}

/** Of which of the last active conversations the conditions hold now. Nothing is done. */
export async function tryRule(
  db: Kysely<TenantTables>,
  { conditions }: TryRuleInput,
): Promise<{ items: TriedConversation[] }> {
  const rows = await selectConversations(db)
    .orderBy('conversations.updated_at', 'desc')
    .orderBy('conversations.id', 'desc')
    .limit(TRIED_CONVERSATIONS_MAX)
    .execute()
  const conversations = rows.map(toConversation)
  const facts = await loadFacts(db, conversations, conditions)
  const items = conversations.map((conversation) => {
    const known = facts.get(conversation.id)
    return { conversation, isMet: known !== undefined && areMet(conditions, known) }
  })
  return { items }
}
