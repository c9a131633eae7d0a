import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { changedFields, writeAudit } from '../audit/write-audit.ts'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import type { AssignmentRule } from './model.ts'
import { getAssignmentRule } from './queries.ts'
import { RULE_ID, type SaveAssignmentInput } from './schema.ts'

/** Switches handing out on or off and says to whom. Who takes part already keeps their place in the turn. */
export function saveAssignment(ctx: ScopedContext, input: SaveAssignmentInput): Promise<AssignmentRule> {
  return transact(ctx, async (trx, record) => {
    await lockRule(trx)
    const before = await getAssignmentRule(trx)
    await trx
      .updateTable('assignment_rule')
      .set({ is_on: input.isOn ? 1 : 0, updated_at: new Date() })
      .where('id', '=', RULE_ID)
      .execute()
    await replaceAgents(trx, input.agents)
    const after = await getAssignmentRule(trx)
    const changed = changedFields(describe(before), describe(after))
    if (Object.keys(changed.after).length === 0) return after
    await writeAudit(trx, ctx, { action: 'assignment.configured', ...changed })
    record({ kind: 'chat.configured', entityId: ctx.tenant.id })
    return after
  })
}

/** Whoever changes the rule or hands out by it does so alone. */
async function lockRule(trx: Transaction<TenantTables>): Promise<void> {
  await trx.selectFrom('assignment_rule').select('id').where('id', '=', RULE_ID).forUpdate().execute()
}

async function replaceAgents(
  trx: Transaction<TenantTables>,
  agents: SaveAssignmentInput['agents'],
): Promise<void> {
  const ids = agents.map(({ id }) => id)
  const left = trx.deleteFrom('assignment_agents')
  await (ids.length === 0 ? left : left.where('user_id', 'not in', ids)).execute()
  if (ids.length === 0) return
  await requireMembers(trx, ids)
  for (const { id, capacity } of agents) {
    await trx
      .insertInto('assignment_agents')
      .values({ user_id: id, capacity })
      .onDuplicateKeyUpdate({ capacity })
      .execute()
  }
}

/** Locks them, so that they are not removed meanwhile. */
async function requireMembers(trx: Transaction<TenantTables>, ids: readonly string[]): Promise<void> {
  const live = await trx
    .selectFrom('members')
    .select('user_id')
    .where('user_id', 'in', ids)
    .where('removed_at', 'is', null)
    .forUpdate()
    .execute()
  if (live.length < ids.length) {
    throw new DomainError('NOT_FOUND', 'One of them is not a member of the workspace any more.')
  }
}

function describe({ isOn, agents }: AssignmentRule) {
  return { isOn, agents: agents.map(({ name, capacity }) => ({ name, capacity })) }
}
