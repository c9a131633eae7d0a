import { type Transaction, sql } from 'kysely'
import type { TenantTables } from '@sarai/db'
import { writeAudit } from '../audit/write-audit.ts'
import { transact } from '../change/transact.ts'
import { type Db, getCustomers } from '../customer/queries.ts'
import type { ScopedContext } from '../trpc.ts'
import { unknownCustomers } from './refusals.ts'
import type { TellApartInput } from './schema.ts'

/**
 * Remembers that any two of them are not the same person: the finder and the warnings leave them alone from now on.
 * NOT_FOUND if one of them is no customer. Twice is the same as once.
 */
export async function tellApart(ctx: ScopedContext, { ids }: TellApartInput): Promise<{ pairs: number }> {
  const pairs = pairsOf(ids)
  return transact(ctx, async (trx, record) => {
    await requireCustomers(trx, ids)
    const [first] = pairs
    if (!first) return { pairs: 0 }
    await insertPairs(trx, pairs, ctx.user.id)
    for (const id of new Set(ids))
      await writeAudit(trx, ctx, { action: 'customer.told-apart', entity: { id } })
    record({ kind: 'customer.configured', entityId: first.one })
    return { pairs: pairs.length }
  })
}

/** Takes it back: they may be the same person after all. */
export async function forgetApart(ctx: ScopedContext, { ids }: TellApartInput): Promise<{ pairs: number }> {
  const pairs = pairsOf(ids)
  return transact(ctx, async (trx, record) => {
    await requireCustomers(trx, ids)
    const [first] = pairs
    if (!first) return { pairs: 0 }
    const { numDeletedRows } = await trx
      .deleteFrom('customer_distinctions')
      .where(
        sql<boolean>`(one_id, other_id) IN (${sql.join(pairs.map(({ one, other }) => sql`(${one}, ${other})`))})`,
      )
      .executeTakeFirstOrThrow()
    for (const id of new Set(ids))
      await writeAudit(trx, ctx, { action: 'customer.apart-forgotten', entity: { id } })
    record({ kind: 'customer.configured', entityId: first.one })
    return { pairs: Number(numDeletedRows) }
  })
}

/** Of whom it has been said that they are not this customer. */
export async function findDistinctions(db: Db, id: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('customer_distinctions')
    .select(['one_id', 'other_id'])
    .where((eb) => eb.or([eb('one_id', '=', id), eb('other_id', '=', id)]))
    .execute()
  return new Set(rows.map(({ one_id, other_id }) => (one_id === id ? other_id : one_id)))
}

/** Which pairs among these customers have been told apart, as `pairKey` writes them. One statement. */
export async function findPairsApart(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('customer_distinctions')
    .select(['one_id', 'other_id'])
    .where('one_id', 'in', ids)
    .execute()
  return new Set(rows.map(({ one_id, other_id }) => pairKey(one_id, other_id)))
}

export function pairKey(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`
}

interface Pair {
  one: string
  other: string
}

function pairsOf(ids: readonly string[]): Pair[] {
  const sorted = [...new Set(ids)].toSorted()
  return sorted.flatMap((one, at) => sorted.slice(at + 1).map((other) => ({ one, other })))
}

async function requireCustomers(trx: Transaction<TenantTables>, ids: readonly string[]): Promise<void> {
  const found = await getCustomers(trx, [...new Set(ids)])
  if (found.length < new Set(ids).size) throw unknownCustomers()
}

async function insertPairs(trx: Transaction<TenantTables>, pairs: readonly Pair[], userId: string) {
  const said_at = new Date()
  await trx
    .insertInto('customer_distinctions')
    .ignore()
    .values(pairs.map(({ one, other }) => ({ one_id: one, other_id: other, said_by: userId, said_at })))
    .execute()
}
