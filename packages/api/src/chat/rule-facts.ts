import { foldWords, type TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import type { RuleCondition } from '../rule/schema.ts'
import type { Conversation } from './model.ts'

/** What conditions are asked of. */
export interface RuleFacts {
  conversation: Pick<Conversation, 'status' | 'priority' | 'labelIds' | 'assigneeId' | 'teamId'>
  customerTagIds: readonly string[]
  /** What was written, or what the customer wrote last. */
  text: string
}

/** Of some conversations, by their ids: two statements at most, and those only if a condition asks for them. */
export async function loadFacts(
  db: Kysely<TenantTables>,
  conversations: readonly Conversation[],
  conditions: readonly RuleCondition[],
): Promise<Map<string, RuleFacts>> {
  const asks = (kind: RuleCondition['kind']) => conditions.some((each) => each.kind === kind)
  const tags = asks('customerTag') ? await loadTags(db, conversations) : new Map<string, string[]>()
  const texts = asks('words') ? await loadTexts(db, conversations) : new Map<string, string>()
  return new Map(
    conversations.map((conversation) => [
      conversation.id,
      {
        conversation,
        customerTagIds: tags.get(conversation.customerId) ?? [],
        text: texts.get(conversation.id) ?? '',
      },
    ]),
  )
}

async function loadTags(
  db: Kysely<TenantTables>,
  conversations: readonly Conversation[],
): Promise<Map<string, string[]>> {
  if (conversations.length === 0) return new Map()
  const ids = [...new Set(conversations.map(({ customerId }) => customerId))]
  const rows = await db.selectFrom('customer_tags').selectAll().where('customer_id', 'in', ids).execute()
  const byCustomer = Map.groupBy(rows, (row) => row.customer_id)
  return new Map([...byCustomer].map(([id, tags]) => [id, tags.map((tag) => tag.tag_id)]))
}

/** What each customer wrote last. */
async function loadTexts(
  db: Kysely<TenantTables>,
  conversations: readonly Conversation[],
): Promise<Map<string, string>> {
  if (conversations.length === 0) return new Map()
  const ids = conversations.map(({ id }) => id)
  const rows = await db
    .selectFrom('messages')
    .innerJoin(
      (eb) =>
        eb
          .selectFrom('messages')
          .where('conversation_id', 'in', ids)
          .where('author_kind', '=', 'customer')
          .groupBy('conversation_id')
          .select(({ fn }) => ['conversation_id as id', fn.max('seq').as('last_seq')])
          .as('last'),
      (join) =>
        join.onRef('last.id', '=', 'messages.conversation_id').onRef('last.last_seq', '=', 'messages.seq'),
    )
    .select(['messages.conversation_id', 'messages.body'])
    .execute()
  return new Map(rows.map((row) => [row.conversation_id, row.body]))
}

/** Whether all of them are so. None: always. */
export function areMet(conditions: readonly RuleCondition[], facts: RuleFacts): boolean {
  return conditions.every((condition) => holds(condition, facts) === condition.is)
}

function holds(condition: RuleCondition, { conversation, customerTagIds, text }: RuleFacts): boolean {
  switch (condition.kind) {
    case 'status':
      return conversation.status === condition.status
    case 'priority':
      return conversation.priority === condition.priority
    case 'label':
      return conversation.labelIds.includes(condition.labelId)
    case 'assignee':
      return conversation.assigneeId === condition.assigneeId
    case 'team':
      return conversation.teamId === condition.teamId
    case 'customerTag':
      return customerTagIds.includes(condition.tagId)
    case 'words':
      return hasOneOf(text, condition.words)
  }
}

/** In the one way of writing of both languages, each at the beginning of a word: "refund" is in "Refunds?". */
function hasOneOf(text: string, words: readonly string[]): boolean {
  const folded = ` ${foldWords(text)}`
  return words.map(foldWords).some((word) => word !== '' && folded.includes(` ${word}`))
}
