import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { requireNamed } from '../act/require-named.ts'
import type { Act } from '../act/schema.ts'
import { DomainError } from '../errors.ts'
import type { RuleCondition } from './schema.ts'

/** NOT_FOUND if conditions name a label, team, member or tag that the tenant does not have, or no longer. */
export async function requireConditions(
  db: Kysely<TenantTables>,
  conditions: readonly RuleCondition[],
): Promise<void> {
  await requireNamed(db, conditions.flatMap(asAct))
  const tagIds = conditions.flatMap((each) => (each.kind === 'customerTag' ? [each.tagId] : []))
  if (tagIds.length === 0) return
  const tags = await db.selectFrom('tags').select('id').where('id', 'in', tagIds).execute()
  if (tags.length < new Set(tagIds).size) {
    throw new DomainError('NOT_FOUND', 'A tag that is named here does not exist any more.')
  }
}

/** What names the same thing. */
function asAct(condition: RuleCondition): Act[] {
  switch (condition.kind) {
    case 'label':
      return [{ kind: 'addLabel', labelId: condition.labelId }]
    case 'assignee':
      return [{ kind: 'assign', assigneeId: condition.assigneeId }]
    case 'team':
      return [{ kind: 'setTeam', teamId: condition.teamId }]
    case 'status':
    case 'priority':
    case 'customerTag':
    case 'words':
      return []
  }
}
