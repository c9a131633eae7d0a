import type { TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import type { TransactContext } from '../change/transact.ts'
import { runRule } from './run-rule.ts'
import type { LiveRule } from './run-rules.ts'

/** Conversations of one rule in one round; the rest comes with the next. */
export const UNANSWERED_PER_ROUND_MAX = 50
const MINUTE_MS = 60_000

/**
 * Asks rules about conversations in which a customer has waited for as long as they say, the longest waiting first: about
 * each wait once, when its time has come. Says how often one did something.
 */
export async function runUnanswered(ctx: TransactContext, rules: readonly LiveRule[]): Promise<number> {
  let done = 0
  for (const { rule } of rules) {
    const { trigger } = rule
    if (trigger.kind !== 'unanswered') continue
    const through = new Date(Date.now() - trigger.minutes * MINUTE_MS)
    for (const { id, waiting_since } of await listDue(ctx.db, { ruleId: rule.id, through })) {
      const triggerKey = `waiting-${waiting_since.getTime()}`
      const outcome = await runRule(ctx, { rule, conversationId: id, triggerKey, depth: 0, text: null })
      if (outcome === 'did') done += 1
      if (outcome === 'stopped') break
      await ctx.db
        .updateTable('rules')
        .set({ waited_at: waiting_since, waited_id: id })
        .where('id', '=', rule.id)
        .execute()
    }
  }
  return done
}

/** Behind those that the rule was asked about before. */
async function listDue(
  db: Kysely<TenantTables>,
  { ruleId, through }: { ruleId: string; through: Date },
): Promise<{ id: string; waiting_since: Date }[]> {
  const rows = await db
    .selectFrom('conversations')
    .innerJoin('rules', (join) => join.on('rules.id', '=', ruleId))
    .where('conversations.waiting_since', '<=', through)
    .where(
      sql<boolean>`(conversations.waiting_since > rules.waited_at
        OR (conversations.waiting_since = rules.waited_at AND conversations.id > rules.waited_id))`,
    )
    .select(['conversations.id', 'conversations.waiting_since'])
    .orderBy('conversations.waiting_since')
    .orderBy('conversations.id')
    .limit(UNANSWERED_PER_ROUND_MAX)
    .execute()
  return rows.flatMap(({ id, waiting_since }) => (waiting_since ? [{ id, waiting_since }] : []))
}
