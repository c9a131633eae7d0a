import { foldText, foldWords } from '@sarai/db'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { decodeOpaque, encodeOpaque } from '../cursor.ts'
import type { Customer } from '../customer/model.ts'
import { type Db, getCustomers } from '../customer/queries.ts'
import { findPairsApart, pairKey } from './distinctions.ts'
import type { DuplicateGroup, DuplicateReason } from './model.ts'
import { DUPLICATES_LIMIT_DEFAULT, GROUP_MEMBERS_MAX, type ListDuplicatesInput } from './schema.ts'

/** The surest first: a page begins with the phones, and goes on with names when those are through. */
const KINDS = ['phone', 'email', 'name'] as const
type Kind = (typeof KINDS)[number]
/** Shared values that are looked at for one page, more than it shows because some groups are settled already. */
const KEYS_AT_ONCE = 60
/** Rounds of so many for one page: a page may be short, it never takes long. */
const ROUNDS_MAX = 20

const Place = z.tuple([z.enum(KINDS), z.string()])
interface Place {
  kind: Kind
  after: string
}

/**
 * Groups of customers who may be one person, with what they have in common. Those who were told apart are left out, and a
 * group by name that the same phone or e-mail has shown already. Each kind by an index that has all it asks:
 * SELECT name_words FROM customers WHERE archived_at IS NULL AND name_words > … GROUP BY name_words HAVING COUNT(*) > 1
 */
export async function listDuplicates(
  db: Db,
  { cursor, limit = DUPLICATES_LIMIT_DEFAULT }: ListDuplicatesInput,
): Promise<{ items: DuplicateGroup[]; nextCursor: string | null }> {
  let place: Place | null = cursor ? decodePlace(cursor) : { kind: KINDS[0], after: '' }
  const items: DuplicateGroup[] = []
  for (let round = 0; place !== null && round < ROUNDS_MAX; round++) {
    const { kind, after }: Place = place
    const keys = await findKeys(db, { kind, after })
    for (const group of await readGroups(db, kind, keys)) {
      items.push(group)
      if (items.length === limit) return { items, nextCursor: encodePlace({ kind, after: group.key }) }
    }
    place = nextPlace(kind, keys)
  }
  return { items, nextCursor: place && encodePlace(place) }
}

function nextPlace(kind: Kind, keys: readonly Key[]): Place | null {
  const last = keys.at(-1)
  if (last && keys.length === KEYS_AT_ONCE) return { kind, after: last.key }
  const next = KINDS[KINDS.indexOf(kind) + 1]
  return next ? { kind: next, after: '' } : null
}

interface Key {
  key: string
  count: number
}

const COLUMNS = { phone: sql.ref('phone'), email: sql.ref('folded_email'), name: sql.ref('name_words') }
/** Names are compared among those who are not archived; a phone and an e-mail are one person's wherever they are. */
const AMONG: Record<Kind, RawBuilder<unknown>> = {
  phone: sql`merged_into IS NULL`,
  email: sql`merged_into IS NULL`,
  name: sql`archived_at IS NULL`,
}

async function findKeys(db: Db, { kind, after }: Place): Promise<Key[]> {
  const column = COLUMNS[kind]
  const { rows } = await sql<Key>`
    SELECT ${column} AS \`key\`, COUNT(*) AS count FROM customers
    WHERE ${AMONG[kind]} AND ${column} > ${after}
    GROUP BY ${column} HAVING COUNT(*) > 1 AND MIN(archived_at IS NOT NULL) = 0
    ORDER BY ${column} LIMIT ${sql.lit(KEYS_AT_ONCE)}`.execute(db)
  return rows.map(({ key, count }) => ({ key, count: Number(count) }))
}

async function readGroups(db: Db, kind: Kind, keys: readonly Key[]): Promise<DuplicateGroup[]> {
  const members = await findMembers(db, kind, keys)
  const all = [...members.values()].flat()
  const customers = new Map((await getCustomers(db, all)).map((customer) => [customer.id, customer]))
  const apart = await findPairsApart(db, all)
  return keys.flatMap(({ key, count }) => {
    const group = (members.get(key) ?? []).flatMap((id) => customers.get(id) ?? [])
    const open = group.filter((one) => group.some((other) => isOpen(apart, one, other)))
    const reasons = commonReasons(open)
    if (open.length < 2 || isShownBefore(kind, reasons)) return []
    return [{ key, customers: open, reasons, membersCount: count - (group.length - open.length) }]
  })
}

/** The oldest of each group, by what they share. */
async function findMembers(db: Db, kind: Kind, keys: readonly Key[]): Promise<Map<string, string[]>> {
  if (keys.length === 0) return new Map()
  const column = COLUMNS[kind]
  const { rows } = await sql<{ id: string; key: string }>`
    SELECT id, \`key\` FROM (
      SELECT id, ${column} AS \`key\`, ROW_NUMBER() OVER (PARTITION BY ${column} ORDER BY id) AS place
      FROM customers WHERE ${AMONG[kind]} AND ${column} IN (${sql.join(keys.map(({ key }) => key))})
    ) AS members WHERE place <= ${sql.lit(GROUP_MEMBERS_MAX)} ORDER BY id`.execute(db)
  const byKey = Map.groupBy(rows, ({ key }) => key)
  return new Map([...byKey].map(([key, found]) => [key, found.map(({ id }) => id)]))
}

function isOpen(apart: ReadonlySet<string>, one: Customer, other: Customer): boolean {
  return one.id !== other.id && !apart.has(pairKey(one.id, other.id))
}

function isShownBefore(kind: Kind, reasons: readonly DuplicateReason[]): boolean {
  return KINDS.slice(0, KINDS.indexOf(kind)).some((surer) => reasons.includes(surer))
}

/** What every one of them has, and the same. */
export function commonReasons(customers: readonly Customer[]): DuplicateReason[] {
  const compared = ['phone', 'email', 'name', 'company', 'city'] as const
  return compared.filter((what) => {
    const fold = what === 'email' || what === 'phone' ? foldText : foldWords
    const values = new Set(customers.map((customer) => fold(customer[what] ?? '').trim()))
    return values.size === 1 && !values.has('')
  })
}

function encodePlace({ kind, after }: Place): string {
  return encodeOpaque([kind, after])
}

function decodePlace(cursor: string): Place {
  const [kind, after] = decodeOpaque(cursor, Place)
  // The column of phone numbers is ASCII: the server refuses to compare it with other letters.
  return kind === 'phone' && /[^ -~]/.test(after) ? { kind, after: '' } : { kind, after }
}
