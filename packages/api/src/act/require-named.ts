import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import type { Act } from './schema.ts'

/**
 * NOT_FOUND if acts name a label, a team or a member that the tenant does not have, or no longer; `about` goes into the
 * details, beside the ids that are missing.
 */
export async function requireNamed(
  db: Kysely<TenantTables>,
  acts: readonly Act[],
  about: Readonly<Record<string, string>> = {},
): Promise<void> {
  const labels = acts.flatMap((act) => ('labelId' in act ? [act.labelId] : []))
  const teams = acts.flatMap((act) => (act.kind === 'setTeam' ? (act.teamId ?? []) : []))
  const members = acts.flatMap((act) => (act.kind === 'assign' ? (act.assigneeId ?? []) : []))
  const missing = [
    ...(await listMissing(labels, () =>
      db.selectFrom('labels').select('id').where('id', 'in', labels).execute(),
    )),
    ...(await listMissing(teams, () =>
      db.selectFrom('teams').select('id').where('id', 'in', teams).execute(),
    )),
    ...(await listMissing(members, () =>
      db
        .selectFrom('members')
        .select('user_id as id')
        .where('user_id', 'in', members)
        .where('removed_at', 'is', null)
        .execute(),
    )),
  ]
  if (missing.length === 0) return
  throw new DomainError('NOT_FOUND', 'A label, team or member that is named here does not exist any more.', {
    details: { ...about, missing },
  })
}

async function listMissing(
  ids: readonly string[],
  find: () => Promise<readonly { id: string }[]>,
): Promise<string[]> {
  if (ids.length === 0) return []
  const found = new Set((await find()).map(({ id }) => id))
  return ids.filter((id) => !found.has(id))
}
