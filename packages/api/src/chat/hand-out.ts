import type { TenantTables } from '@sarai/db'
import { type Kysely, sql, type Transaction } from 'kysely'
import { RULE_ID } from '../assignment/schema.ts'
import type { Chore } from '../change/chores.ts'
import { type RecordChange, transact, type TransactContext } from '../change/transact.ts'
import { type Candidate, nextAgent } from './next-agent.ts'
import { getConversation, lockEvenMerged } from './queries.ts'
import { recordEvent } from './record-event.ts'

/** How long a conversation may wait for nobody before it is handed to somebody. */
export const HAND_OUT_EVERY_MS = 2_000
/** Of one round; the rest comes with the next. */
export const HAND_OUT_MAX = 50

/**
 * Gives conversations in which a customer waits and which are nobody's to those whose turn it is, the longest waiting
 * first, each in a transaction of its own. Nothing while the rule is off. Says how many it gave.
 */
export async function handOut(ctx: TransactContext): Promise<number> {
  if (!(await isOn(ctx.db))) return 0
  const waiting = await ctx.db
    .selectFrom('conversations')
    .select(['id', 'team_id'])
    .where('status', '=', 'open')
    .where('assignee_id', 'is', null)
    .where('waiting_since', 'is not', null)
    .orderBy('waiting_since')
    .limit(HAND_OUT_MAX)
    .execute()
  let given = 0
  for (const { id, team_id } of waiting) {
    const isGiven = await transact(ctx, (trx, record) => handOutOne(trx, { id, record }))
    if (isGiven) given += 1
    // Nobody at all has room, or somebody else is faster: the next round looks again.
    else if (team_id === null) break
  }
  return given
}

async function isOn(db: Kysely<TenantTables>): Promise<boolean> {
  const rule = await db
    .selectFrom('assignment_rule')
    .select('is_on')
    .where('id', '=', RULE_ID)
    .executeTakeFirst()
  return rule?.is_on === 1
}

/** The rule's lock makes two processes take turns, so that nobody is given more than they have room for. */
async function handOutOne(
  trx: Transaction<TenantTables>,
  { id, record }: { id: string; record: RecordChange },
): Promise<boolean> {
  await trx.selectFrom('assignment_rule').select('id').where('id', '=', RULE_ID).forUpdate().execute()
  const current = await lockEvenMerged(trx, { id })
  const isWaiting =
    current.status === 'open' && current.assignee_id === null && current.waiting_since !== null
  if (!isWaiting || !(await isOn(trx))) return false
  const agent = nextAgent(await listCandidates(trx, { teamId: current.team_id }))
  if (!agent) return false
  const at = new Date()
  await trx
    .updateTable('conversations')
    .set({ assignee_id: agent.id, updated_at: at })
    .where('id', '=', id)
    .execute()
  await trx
    .updateTable('assignment_agents')
    .set({ last_assigned_at: at })
    .where('user_id', '=', agent.id)
    .execute()
  await recordEvent(trx, { conversationId: id, kind: 'assigned', actorId: null, targetId: agent.id, at })
  record({ kind: 'conversation.updated', entityId: id, conversation: await getConversation(trx, { id }) })
  return true
}

/** Who takes part, is a member now, and is in the conversation's team if it has one. */
async function listCandidates(
  trx: Transaction<TenantTables>,
  { teamId }: { teamId: string | null },
): Promise<Candidate[]> {
  let query = trx
    .selectFrom('assignment_agents as agents')
    .innerJoin('members', 'members.user_id', 'agents.user_id')
    .where('members.removed_at', 'is', null)
    .select(['agents.user_id as id', 'agents.capacity', 'agents.last_assigned_at as lastAssignedAt'])
    .select(
      sql<number>`(SELECT COUNT(*) FROM conversations
        WHERE assignee_id = agents.user_id AND status = 'open')`.as('open'),
    )
  if (teamId !== null) {
    query = query
      .innerJoin('team_members', 'team_members.user_id', 'agents.user_id')
      .where('team_members.team_id', '=', teamId)
  }
  const rows = await query.execute()
  return rows.map((row) => ({ ...row, open: Number(row.open) }))
}

export const HAND_OUT: Chore = {
  label: 'chat.hand-out',
  everyMs: HAND_OUT_EVERY_MS,
  run: handOut,
}
