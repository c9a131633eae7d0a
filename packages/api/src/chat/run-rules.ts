import { newId, type TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import type { Chore } from '../change/chores.ts'
import type { NumberedChange } from '../change/change.ts'
import { readBounds, readChangesAfter } from '../change/read-changes.ts'
import type { TransactContext } from '../change/transact.ts'
import { type Rule, toRule } from '../rule/model.ts'
import { eventsOf, isMeant } from './rule-events.ts'
import { runRule } from './run-rule.ts'
import { runUnanswered } from './run-unanswered.ts'

/** How long after something happened a rule may still not have been asked about it. */
export const RUN_RULES_EVERY_MS = 2_000
/** Changes that are looked at in one statement. */
const PAGE_MAX = 100
/** Of one round; the rest comes with the next. */
export const RULE_CHANGES_PER_ROUND_MAX = 1_000
/** So long after a process last moved on, another takes its place. */
export const RULE_LEASE_SECONDS = 30

/** A rule that is on, and the change after which it is asked. */
export interface LiveRule {
  rule: Rule
  sinceSeq: number
}

/**
 * Asks the rules that are on about everything that happened since the last round, in the order in which it happened, and
 * about who has waited too long. Cut off anywhere, the next round goes on behind the last change that was settled, and
 * `act_runs` keeps a rule from doing the same twice. One process at a time; says how often a rule did something.
 */
export async function runRules(ctx: TransactContext): Promise<number> {
  const rules = await listLive(ctx.db)
  if (rules.length === 0) return 0
  const owner = newId()
  if (!(await takeTurn(ctx.db, owner))) return 0
  try {
    return (await catchUp(ctx, { rules, owner })) + (await runUnanswered(ctx, rules))
  } finally {
    await endTurn(ctx.db, owner)
  }
}

async function listLive(db: Kysely<TenantTables>): Promise<LiveRule[]> {
  const rows = await db
    .selectFrom('rules')
    .selectAll()
    .where('is_on', '=', 1)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ rule: toRule(row), sinceSeq: Number(row.since_seq) }))
}

const LEASE_END = sql<Date>`UTC_TIMESTAMP(3) + INTERVAL ${sql.lit(RULE_LEASE_SECONDS)} SECOND`

/** The database's clock: processes may disagree about the time. */
async function takeTurn(db: Kysely<TenantTables>, owner: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('rule_position')
    .set({ lease_owner: owner, lease_until: LEASE_END })
    .where((eb) =>
      eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', sql<Date>`UTC_TIMESTAMP(3)`)]),
    )
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

async function endTurn(db: Kysely<TenantTables>, owner: string): Promise<void> {
  await db
    .updateTable('rule_position')
    .set({ lease_owner: null, lease_until: null })
    .where('lease_owner', '=', owner)
    .execute()
}

/** Says whether the turn is still the caller's; the position never goes back. */
async function moveTo(db: Kysely<TenantTables>, { owner, seq }: Turn & { seq: number }): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('rule_position')
    .set({ seq, lease_until: LEASE_END })
    .where('lease_owner', '=', owner)
    .where('seq', '<', seq)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

interface Turn {
  owner: string
}

async function catchUp(
  ctx: TransactContext,
  { rules, owner }: Turn & { rules: readonly LiveRule[] },
): Promise<number> {
  let seq = await findStart(ctx.db, rules)
  let done = 0
  for (let read = 0; read < RULE_CHANGES_PER_ROUND_MAX; read += PAGE_MAX) {
    const page = await readChangesAfter(ctx.db, { afterSeq: seq, limit: PAGE_MAX })
    const last = page.at(-1)
    if (!last) return done
    for (const { change } of page) {
      const runs = await askAll(ctx, { rules, change })
      if (runs === null) continue
      done += runs
      // What has been done is left behind at once: only what nobody waits for is looked at again after a crash.
      seq = change.seq
      if (!(await moveTo(ctx.db, { owner, seq }))) return done
    }
    if (seq < last.change.seq) {
      seq = last.change.seq
      if (!(await moveTo(ctx.db, { owner, seq }))) return done
    }
  }
  return done
}

/** Behind what nobody has to be asked about any more: it happened before, or is no longer kept. */
async function findStart(db: Kysely<TenantTables>, rules: readonly LiveRule[]): Promise<number> {
  const { seq } = await db.selectFrom('rule_position').select('seq').executeTakeFirstOrThrow()
  const { lastSeq, oldestSeq } = await readBounds(db)
  const earliest = Math.min(...rules.map(({ sinceSeq }) => sinceSeq))
  // A database that was restored from a backup is earlier than the position was.
  return Math.min(lastSeq, Math.max(Number(seq), earliest, oldestSeq - 1))
}

/** How many rules did something; null: none of them waits for it. */
async function askAll(
  ctx: TransactContext,
  { rules, change }: { rules: readonly LiveRule[]; change: NumberedChange },
): Promise<number | null> {
  const events = eventsOf(change)
  if (events.length === 0) return null
  const meant = rules.flatMap(({ rule, sinceSeq }) => {
    const event = sinceSeq < change.seq && events.find((each) => isMeant(rule.trigger, each))
    return event ? [{ rule, event }] : []
  })
  if (meant.length === 0) return null
  const depth = 'ruleDepth' in change ? (change.ruleDepth ?? 0) : 0
  let done = 0
  for (const { rule, event } of meant) {
    const { conversationId, text } = event
    const outcome = await runRule(ctx, { rule, conversationId, text, depth, triggerKey: String(change.seq) })
    if (outcome === 'did') done += 1
  }
  return done
}

export const RUN_RULES: Chore = {
  label: 'chat.run-rules',
  everyMs: RUN_RULES_EVERY_MS,
  run: runRules,
}
