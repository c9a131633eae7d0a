import type { Account } from '../src/pool/types.ts'
import type { Onlooker } from './onlooker.ts'

/**
 * Looks into every tenant's database: nothing written twice, nothing as somebody else, nothing that was confirmed
 * (operation → database) and is not there.
 */
export async function findWrongNotes(
  onlooker: Onlooker,
  accounts: readonly Account[],
  confirmed: ReadonlyMap<string, string> = new Map(),
): Promise<string[]> {
  const each = accounts.map(
    ({ user, database }) =>
      `select '${database}' as db, op, count(*) as times, sum(author <> '${user}') as strange from ${database}.notes group by op`,
  )
  const rows = await onlooker.query(each.join(' union all '))
  const wrong: string[] = []
  const missing = new Map(confirmed)
  for (const { db, op, times, strange } of rows) {
    if (Number(times) !== 1) wrong.push(`${op} was written ${times} times`)
    if (Number(strange) !== 0) wrong.push(`${op} was written by somebody else`)
    if (missing.get(String(op)) === db) missing.delete(String(op))
  }
  return [...wrong, ...[...missing.keys()].map((op) => `${op} was confirmed and is not there`)]
}
