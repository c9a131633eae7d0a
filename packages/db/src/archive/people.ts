import type { Kysely } from 'kysely'
import type { MasterTables } from '../master/tables.ts'

/** Somebody as they stand in an archive. */
export interface ArchivedPerson {
  userId: string
  email: string
}

/** Who of an archive is known here. */
export interface MatchedPeople {
  /** What an id of the archive is here; only those that are another. */
  renamed: ReadonlyMap<string, string>
  /** Ids as they are here. */
  memberIds: ReadonlySet<string>
}

const EMAILS_AT_ONCE = 500
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** By e-mail, whatever their ids: a person has one account in each installation. */
export async function matchPeople(
  master: Kysely<MasterTables>,
  people: readonly ArchivedPerson[],
): Promise<MatchedPeople> {
  const renamed = new Map<string, string>()
  const memberIds = new Set<string>()
  for (let from = 0; from < people.length; from += EMAILS_AT_ONCE) {
    const few = people.slice(from, from + EMAILS_AT_ONCE)
    const emails = few.map(({ email }) => email.toLowerCase())
    const rows = await master
      .selectFrom('users')
      .select(['id', 'email'])
      .where('email', 'in', emails)
      .execute()
    const byEmail = new Map(rows.map(({ id, email }) => [email.toLowerCase(), id]))
    for (const { userId, email } of few) {
      const id = byEmail.get(email.toLowerCase())
      if (id === undefined) continue
      memberIds.add(id)
      if (id !== userId) renamed.set(userId, id)
    }
  }
  return { renamed, memberIds }
}

/** Ids are unlike anything else, so wherever one stands it means that person. */
export function renameIn(line: string, { renamed }: Pick<MatchedPeople, 'renamed'>): string {
  return renamed.size === 0 ? line : line.replaceAll(ID, (id) => renamed.get(id) ?? id)
}
