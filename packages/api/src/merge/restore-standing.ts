import type { ConversationRow, TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { toStanding } from './join-standings.ts'
import type { ConversationMergeRecord, Standing } from './merge-record.ts'
import type { SeparatedConversations } from './model.ts'

/** What was said aloud in the survivor after the merge: when, for what follows from it. */
export interface SaidSince {
  isAnything: boolean
  /** The first of the customer's. */
  customerAt: string | null
  /** The first of a member's that answers a customer. */
  answeredAt: string | null
}

type Written = Pick<ConversationMergeRecord, 'survivorWas' | 'became'>

/**
 * The survivor without what the merge gave it. What stands as the merge left it becomes what it was; what somebody has changed
 * since stays (`kept`). What follows from messages becomes what it would be had only its own been said.
 */
export function restoreStanding(
  current: ConversationRow,
  { survivorWas: was, became }: Written,
  since: SaidSince,
): { standing: Standing; kept: SeparatedConversations['kept'] } {
  const now = toStanding(current)
  const kept: SeparatedConversations['kept'] = []
  const giveBack = <Key extends keyof Standing>(key: Key, name: SeparatedConversations['kept'][number]) => {
    if (was[key] === became[key]) return now[key]
    if (now[key] === became[key]) return was[key]
    kept.push(name)
    return now[key]
  }
  const first_customer_message_at = was.first_customer_message_at ?? since.customerAt
  const standing: Standing = {
    ...restoreStatus(now, { was, became, since, kept }),
    assignee_id: giveBack('assignee_id', 'assignee'),
    team_id: giveBack('team_id', 'team'),
    priority: giveBack('priority', 'priority'),
    waiting_since: restoreWait(now, { was, became, since }),
    first_customer_message_at,
    first_response_at: first_customer_message_at && (was.first_response_at ?? since.answeredAt),
    last_seq: now.last_seq,
    last_message_at:
      now.last_message_at === became.last_message_at ? was.last_message_at : now.last_message_at,
    last_message_preview:
      now.last_message_preview === became.last_message_preview
        ? was.last_message_preview
        : now.last_message_preview,
  }
  return { standing, kept }
}

interface Restoring {
  was: Standing
  became: Standing
  since: SaidSince
}

/** Where somebody has spoken since, it is open because of that. */
function restoreStatus(
  now: Standing,
  { was, became, since, kept }: Restoring & { kept: SeparatedConversations['kept'] },
): Pick<Standing, 'status' | 'snoozed_until' | 'resolved_at'> {
  const { status, snoozed_until, resolved_at } = was
  const isChanged = status !== became.status || snoozed_until !== became.snoozed_until
  const stands = now.status === became.status && now.snoozed_until === became.snoozed_until
  if (isChanged && stands && !since.isAnything) return { status, snoozed_until, resolved_at }
  if (isChanged) kept.push('status')
  return { status: now.status, snoozed_until: now.snoozed_until, resolved_at: now.resolved_at }
}

/** The wait that the merge left was the survivor's own, the other's, or both's; one that began later is the survivor's own. */
function restoreWait(now: Standing, { was, became, since }: Restoring): string | null {
  if (now.waiting_since === null || now.waiting_since !== became.waiting_since) return now.waiting_since
  return was.waiting_since ?? since.customerAt
}

/** What append-message.ts made of these messages, read from the messages themselves. Nothing is read where nothing was said. */
export async function findSaidSince(
  db: Kysely<TenantTables>,
  { id, last_seq: lastSeq }: ConversationRow,
  was: Standing,
): Promise<SaidSince> {
  if (lastSeq === was.last_seq) return { isAnything: false, customerAt: null, answeredAt: null }
  const aloud = db
    .selectFrom('messages')
    .select(['seq', 'created_at', 'author_kind'])
    .where('conversation_id', '=', id)
    .where('visibility', '=', 'public')
    .where('seq', '>', was.last_seq)
    .orderBy('seq')
    .limit(1)
  const said = await aloud.where('author_kind', '!=', 'system').executeTakeFirst()
  const customer = await aloud.where('author_kind', '=', 'customer').executeTakeFirst()
  const asked = was.first_customer_message_at === null ? customer?.seq : was.last_seq
  const answer =
    asked === undefined
      ? undefined
      : await aloud.where('author_kind', '=', 'agent').where('seq', '>', asked).executeTakeFirst()
  return {
    isAnything: said !== undefined,
    customerAt: customer?.created_at.toISOString() ?? null,
    answeredAt: answer?.created_at.toISOString() ?? null,
  }
}
