import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import type { AssignmentRule } from './model.ts'
import { RULE_ID } from './schema.ts'

export async function getAssignmentRule(db: Kysely<TenantTables>): Promise<AssignmentRule> {
  const rule = await db
    .selectFrom('assignment_rule')
    .select('is_on')
    .where('id', '=', RULE_ID)
    .executeTakeFirst()
  const agents = await db
    .selectFrom('assignment_agents')
    .innerJoin('members', 'members.user_id', 'assignment_agents.user_id')
    .where('members.removed_at', 'is', null)
    .select(['members.user_id as id', 'members.name', 'assignment_agents.capacity'])
    .orderBy('members.name')
    .orderBy('members.user_id')
    .execute()
  return { isOn: rule?.is_on === 1, agents }
}
