import { type ConversationRow, newId, type TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { isText, type TextAct } from '../act/schema.ts'
import type { Change } from '../change/change.ts'
import { type RecordChange, transact, type TransactContext } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { Rule } from '../rule/model.ts'
import { RULE_RUNS_PER_HOUR_MAX } from '../rule/schema.ts'
import { countRunsSince, hasRun, insertRefusal, insertRun, type RunKey } from './act-run.ts'
import { appendMessage } from './append-message.ts'
import { fillRuleText } from './fill-rule-text.ts'
import { getConversation, lockEvenMerged } from './queries.ts'
import { areMet, loadFacts } from './rule-facts.ts'
import { runActs } from './run-acts.ts'

const HOUR_MS = 60 * 60_000

export interface RuleCall {
  rule: Rule
  conversationId: string
  /** What happened; the same rule does something once for each. */
  triggerKey: string
  /** How many rules led to it. */
  depth: number
  /** What was written, if that is what happened. */
  text: string | null
}

/** `did`: its acts were done now. */
export type RuleOutcome = 'did' | 'not-meant' | 'refused' | 'stopped'

/**
 * Asks one rule about something that happened, and does what it says in one transaction with the row that says so. What
 * cannot be done (a label that is gone) is done not at all, and written down with its reason.
 */
export async function runRule(ctx: TransactContext, call: RuleCall): Promise<RuleOutcome> {
  try {
    return await transact(ctx, (trx, record) => runInTransaction(trx, { call, record }))
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return transact(ctx, async (trx) => {
      const isThere = await findLocked(trx, call.conversationId)
      if (!isThere || (await hasRun(trx, keyOf(call)))) return 'not-meant'
      await insertRefusal(trx, toRun(call), error.code)
      return 'refused'
    })
  }
}

async function runInTransaction(
  trx: Transaction<TenantTables>,
  { call, record }: { call: RuleCall; record: RecordChange },
): Promise<RuleOutcome> {
  const { rule, conversationId: id } = call
  const row = await findLocked(trx, id)
  if (!row || (await hasRun(trx, keyOf(call))) || !(await isStillOn(trx, rule))) return 'not-meant'
  const conversation = await getConversation(trx, { id })
  const facts = (await loadFacts(trx, [conversation], rule.conditions)).get(id)
  if (!facts || !areMet(rule.conditions, { ...facts, text: call.text ?? facts.text })) return 'not-meant'
  const since = new Date(Date.now() - HOUR_MS)
  const runs = await countRunsSince(trx, { sourceId: rule.id, conversationId: id, since })
  if (runs >= RULE_RUNS_PER_HOUR_MAX) return stop(trx, { call, record })
  const acting = { trx, record: deeper(record, call.depth), actorId: null, ruleId: rule.id }
  const text = rule.acts.find(isText)
  if (text) await write(acting, { rule, text, row })
  const done = await runActs(acting, { id, acts: rule.acts })
  await insertRun(trx, toRun(call), done)
  return 'did'
}

/** A conversation that is gone, or a part of another by now, is nothing to do, and no error. */
async function findLocked(trx: Transaction<TenantTables>, id: string): Promise<ConversationRow | undefined> {
  try {
    const row = await lockEvenMerged(trx, { id })
    return row.merged_into === null ? row : undefined
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NOT_FOUND') return undefined
    throw error
  }
}

/** Somebody may have switched it off or deleted it since the round began. */
async function isStillOn(trx: Transaction<TenantTables>, { id }: Rule): Promise<boolean> {
  const rule = await trx.selectFrom('rules').select('is_on').where('id', '=', id).executeTakeFirst()
  return rule?.is_on === 1
}

/** It goes round in circles with something: it is off until somebody has looked at it. */
async function stop(
  trx: Transaction<TenantTables>,
  { call, record }: { call: RuleCall; record: RecordChange },
): Promise<RuleOutcome> {
  const { rule, conversationId } = call
  await trx
    .updateTable('rules')
    .set({ is_on: 0, stopped_at: new Date(), stopped_in: conversationId })
    .where('id', '=', rule.id)
    .execute()
  await insertRefusal(trx, toRun(call), 'STOPPED')
  record({ kind: 'chat.configured', entityId: rule.id })
  return 'stopped'
}

/** What a rule does is said to be a rule's doing, so that a chain of them ends. */
function deeper(record: RecordChange, depth: number): RecordChange {
  return (change: Change) => {
    const isWork = change.kind === 'conversation.updated' || change.kind === 'message.created'
    record(isWork ? { ...change, ruleDepth: depth + 1 } : change)
  }
}

async function write(
  { trx, record }: { trx: Transaction<TenantTables>; record: RecordChange },
  { rule, text, row }: { rule: Rule; text: TextAct; row: ConversationRow },
): Promise<void> {
  await appendMessage(
    { trx, record, conversation: row },
    {
      clientId: newId(),
      body: await fillRuleText(trx, { body: text.body, customerId: row.customer_id }),
      visibility: text.kind === 'note' ? 'private' : 'public',
      author: { kind: 'system', id: rule.id, name: rule.name },
    },
  )
}

function keyOf({ rule, conversationId, triggerKey }: RuleCall): RunKey {
  return { sourceId: rule.id, conversationId, triggerKey }
}

function toRun(call: RuleCall) {
  const { rule } = call
  return {
    ...keyOf(call),
    source: 'rule' as const,
    sourceName: rule.name,
    actorId: null,
    acts: rule.acts,
  }
}
