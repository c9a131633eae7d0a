import type { ActRunRow, TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Act } from '../act/schema.ts'
import { decodeOpaque, encodeOpaque } from '../cursor.ts'
import {
  type ListRuleRunsInput,
  RULE_RUNS_LIST_LIMIT_DEFAULT,
  RUNS_OF_CONVERSATION_MAX,
  type RunsOfConversationInput,
} from '../rule/schema.ts'
import type { ActRun } from './model.ts'
import { getConversation } from './queries.ts'

/** The id of the last row of the page before. */
const Cursor = z.tuple([z.uuid()])

/** What rules did and could not do, the latest first. INVALID for a cursor of another list. */
export async function listRuleRuns(
  db: Kysely<TenantTables>,
  { ruleId, cursor, limit = RULE_RUNS_LIST_LIMIT_DEFAULT }: ListRuleRunsInput,
): Promise<{ items: ActRun[]; nextCursor: string | null }> {
  let query = selectRuns(db).where('act_runs.source', '=', 'rule')
  if (ruleId) query = query.where('act_runs.source_id', '=', ruleId)
  if (cursor) query = query.where('act_runs.id', '<', decodeOpaque(cursor, Cursor)[0])
  const rows = await query
    .orderBy('act_runs.id', 'desc')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map(toActRun)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeOpaque([last.id]) : null }
}

/** What macros and rules did in one conversation, the latest last. NOT_FOUND for a conversation that is gone. */
export async function listRunsOf(
  db: Kysely<TenantTables>,
  { conversationId }: RunsOfConversationInput,
): Promise<{ items: ActRun[] }> {
  await getConversation(db, { id: conversationId })
  const rows = await selectRuns(db)
    .where('act_runs.conversation_id', '=', conversationId)
    .orderBy('act_runs.id', 'desc')
    .limit(RUNS_OF_CONVERSATION_MAX)
    .execute()
  return { items: rows.map(toActRun).reverse() }
}

function selectRuns(db: Kysely<TenantTables>) {
  return db
    .selectFrom('act_runs')
    .innerJoin('conversations', 'conversations.id', 'act_runs.conversation_id')
    .innerJoin('customers', 'customers.id', 'conversations.customer_id')
    .leftJoin('members', 'members.user_id', 'act_runs.actor_id')
    .selectAll('act_runs')
    .select(['customers.name as customer_name', 'members.name as actor_name'])
}

function toActRun(row: ActRunRow & { customer_name: string; actor_name: string | null }): ActRun {
  return {
    id: row.id,
    source: row.source,
    sourceId: row.source_id,
    name: row.source_name,
    conversationId: row.conversation_id,
    customerName: row.customer_name,
    actorName: row.actor_name,
    // Written by act-run.ts alone.
    acts: row.acts as Act[],
    refusal: row.refusal,
    at: row.created_at.toISOString(),
    undoneAt: row.undone_at?.toISOString() ?? null,
  }
}
