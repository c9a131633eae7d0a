import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import type { Act } from './schema.ts'

/** For the audit log: each act in one line, with what it names as that is called now. */
export async function describeActs(db: Kysely<TenantTables>, acts: readonly Act[]): Promise<string[]> {
  const names = await loadNames(db, acts)
  const named = (id: string | null) => (id === null ? '–' : (names.get(id) ?? id))
  return acts.map((act) => `${act.kind}: ${describe(act, named)}`)
}

function describe(act: Act, named: (id: string | null) => string): string {
  switch (act.kind) {
    case 'reply':
    case 'note':
      return act.body
    case 'addLabel':
    case 'removeLabel':
      return named(act.labelId)
    case 'setPriority':
      return act.priority
    case 'assign':
      return named(act.assigneeId)
    case 'take':
      return 'whoever runs it'
    case 'setTeam':
      return named(act.teamId)
    case 'setStatus':
      return act.status
    case 'snooze':
      return `${act.minutes} min`
  }
}

async function loadNames(db: Kysely<TenantTables>, acts: readonly Act[]): Promise<Map<string, string>> {
  const ids = acts.flatMap((act) => {
    if ('labelId' in act) return [act.labelId]
    if (act.kind === 'assign') return act.assigneeId ?? []
    return act.kind === 'setTeam' ? (act.teamId ?? []) : []
  })
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('labels')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .unionAll(db.selectFrom('teams').select(['id', 'name']).where('id', 'in', ids))
    .unionAll(db.selectFrom('members').select(['user_id as id', 'name']).where('user_id', 'in', ids))
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
