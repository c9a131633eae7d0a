import { sql } from 'kysely'
import { DomainError } from '../errors.ts'
import type { CustomerOwner, FieldChange } from './model.ts'
import type { Db } from './queries.ts'
import { OWNER_KINDS } from './schema.ts'

/**
 * Who can be responsible for customers, by name: all members, and of those who have left the ones whose customers
 * nobody has taken over yet.
 */
export async function listOwners(db: Db): Promise<{ items: CustomerOwner[] }> {
  const rows = await db
    .selectFrom('members')
    .select(['user_id', 'name', 'removed_at'])
    .where(
      sql<boolean>`removed_at IS NULL OR EXISTS (
        SELECT 1 FROM customers WHERE customers.archived_at IS NULL AND customers.owner_id = members.user_id)`,
    )
    .orderBy(sql`removed_at IS NOT NULL`)
    .orderBy('name')
    .orderBy('user_id')
    .execute()
  return { items: rows.map(({ user_id, name, removed_at }) => toOwner(user_id, name, removed_at)) }
}

export function toOwner(id: string, name: string, removedAt: Date | null): CustomerOwner {
  return { id, name, ...(removedAt !== null && { hasLeft: true as const }) }
}

/**
 * Locks the member, so that they are not removed meanwhile. NOT_FOUND for who has left: customers who are given to
 * somebody are given to a member.
 */
export async function requireOwner(trx: Db, ownerId: string): Promise<void> {
  const member = await trx
    .selectFrom('members')
    .select('removed_at')
    .where('user_id', '=', ownerId)
    .forUpdate()
    .executeTakeFirst()
  if (member?.removed_at === null) return
  throw new DomainError('NOT_FOUND', 'This person is not a member of the workspace any more. Choose another.')
}

/** NOT_FOUND for a filter by somebody who never was a member. Whoever has left may still have customers to be found. */
export async function requireNamedOwner(db: Db, owner: string | undefined): Promise<void> {
  if (owner === undefined || OWNER_KINDS.some((kind) => kind === owner)) return
  if ((await findMemberNames(db, [owner])).has(owner)) return
  throw new DomainError('NOT_FOUND', 'This person cannot be found among the members.')
}

/** Names of members, of those who have left too. */
export async function findMemberNames(db: Db, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  const rows = await db
    .selectFrom('members')
    .select(['user_id', 'name'])
    .where('user_id', 'in', wanted)
    .execute()
  return new Map(rows.map(({ user_id, name }) => [user_id, name]))
}

interface OwnerChange {
  from: string | null
  to: string | null
}

/** What the timeline will say: names as they are now. */
export function describeOwnerChange(
  names: ReadonlyMap<string, string>,
  { from, to }: OwnerChange,
): FieldChange {
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? ''))
  return { field: 'owner', from: nameOf(from), to: nameOf(to) }
}

/** The same for one customer; nothing while the owner stays. */
export async function listOwnerChange(
  trx: Db,
  { from, to }: { from: string | null; to: string | null | undefined },
): Promise<FieldChange[]> {
  if (to === undefined || to === from) return []
  return [describeOwnerChange(await findMemberNames(trx, [from, to]), { from, to })]
}
