import { foldText, foldWords } from '@sarai/db'
import { type RawBuilder, sql } from 'kysely'
import type { Customer } from '../customer/model.ts'
import { readPhone } from '../customer/phone.ts'
import { type Db, getCountry, getCustomers } from '../customer/queries.ts'
import { findDistinctions } from './distinctions.ts'
import type { DuplicateReason, Match } from './model.ts'
import { MATCHES_MAX, type FindMatchesInput } from './schema.ts'

/** Looked up of each reason: with those of whom it is known that they are somebody else, more than are shown. */
const LOOKED_AT_MAX = 50

type Compared = Partial<Record<'name' | 'email' | 'phone', string>>

/**
 * Who may be the person that is being typed: the same phone number, folded e-mail or folded name, the surest first. Each
 * by an index: SELECT id FROM customers WHERE phone = … UNION ALL … folded_email = … UNION ALL … name_words = …
 */
export async function findMatches(db: Db, input: FindMatchesInput): Promise<{ items: Match[] }> {
  const compared = await readCompared(db, input)
  const lookUps = Object.entries(compared).map(([what, value]) => lookUp(what as keyof Compared, value))
  if (lookUps.length === 0) return { items: [] }
  const { rows } = await sql<{ id: string }>`${sql.join(lookUps, sql` UNION ALL `)}`.execute(db)
  const apart = input.exceptId === undefined ? new Set() : await findDistinctions(db, input.exceptId)
  const ids = [...new Set(rows.map(({ id }) => id))].filter((id) => id !== input.exceptId && !apart.has(id))
  const customers = await getCustomers(db, ids)
  const matches = customers.map((customer) => ({ customer, reasons: reasonsOf(customer, compared) }))
  return { items: matches.toSorted(surestFirst).slice(0, MATCHES_MAX).map(toMatch) }
}

async function readCompared(db: Db, { name, email, phone }: FindMatchesInput): Promise<Compared> {
  const number = phone ? readPhone(phone, await getCountry(db)) : undefined
  const folded = { name: foldWords(name ?? ''), email: fold(email) }
  return {
    ...(number && { phone: number }),
    ...(folded.email && { email: folded.email }),
    ...(folded.name && { name: folded.name }),
  }
}

function fold(text = ''): string {
  return foldText(text).trim()
}

/** Who is archived has a phone and an e-mail that tell who they are; a name alone is not worth a look there. */
function lookUp(what: keyof Compared, value: string): RawBuilder<unknown> {
  const where = {
    phone: sql`phone = ${value} AND merged_into IS NULL`,
    email: sql`folded_email = ${value} AND merged_into IS NULL`,
    name: sql`archived_at IS NULL AND name_words = ${value}`,
  }
  return sql`(SELECT id FROM customers WHERE ${where[what]} LIMIT ${sql.lit(LOOKED_AT_MAX)})`
}

function reasonsOf({ name, email, phone }: Customer, compared: Compared): DuplicateReason[] {
  const reasons: DuplicateReason[] = []
  if (compared.phone !== undefined && phone === compared.phone) reasons.push('phone')
  if (compared.email !== undefined && fold(email ?? '') === compared.email) reasons.push('email')
  if (compared.name !== undefined && foldWords(name) === compared.name) reasons.push('name')
  return reasons
}

const SURENESS: Record<DuplicateReason, number> = { phone: 4, email: 4, name: 2, company: 1, city: 1 }

function surestFirst(one: { reasons: DuplicateReason[] }, other: { reasons: DuplicateReason[] }): number {
  const sureness = ({ reasons }: typeof one) => reasons.reduce((sum, reason) => sum + SURENESS[reason], 0)
  return sureness(other) - sureness(one)
}

function toMatch({ customer, reasons }: { customer: Customer; reasons: DuplicateReason[] }): Match {
  const { id, name, email, phone, company, city, archivedAt } = customer
  return { customer: { id, name, email, phone, company, city, archivedAt }, reasons }
}
