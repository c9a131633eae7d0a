import type { TenantTables } from '@sarai/db'
import type { Insertable } from 'kysely'
import type { Business, Language } from './content/dialogue.ts'
import { ABOUT, ABROAD_NAMES, CITIES, COMPANIES, FIRST_NAMES, LAST_NAMES } from './content/people.ts'
import type { Random } from './random.ts'

const DAY_MS = 86_400_000
const OLDEST_CUSTOMER_DAYS = 420
/** One in so many was entered again later, as happens where several people add customers. */
const ENTERED_AGAIN_EVERY = 70
const AGAIN_AFTER_DAYS = 20
/** Behind those of everybody else. */
const FIRST_INDEX_AGAIN = 900

type CustomerInsert = Insertable<TenantTables['customers']>

export interface DemoCustomer {
  row: CustomerInsert & { created_at: Date }
  language: Language
  isAbroad: boolean
  /** Their city in their own language; a town of the business if none is known. */
  city: string
}

/** More of the customers are recent than old, as in a business that grows. */
export function makeCustomers(business: Business, random: Random, now: Date): DemoCustomer[] {
  const names = new Set<string>()
  const customers = Array.from({ length: business.customersCount }, (_, index) => {
    const createdAt = new Date(now.getTime() - random.next() ** 1.6 * OLDEST_CUSTOMER_DAYS * DAY_MS)
    return makeCustomer({ random, index, names, createdAt })
  })
  return [...customers, ...enterAgain(customers, random, now)]
}

/** The same people in other letters and under another phone, the first of them twice: what the finder of duplicates is for. */
function enterAgain(customers: readonly DemoCustomer[], random: Random, now: Date): DemoCustomer[] {
  const living = customers.filter(({ row }) => row.archived_at === null)
  const chosen = living.filter((_, at) => at % ENTERED_AGAIN_EVERY === 0)
  const first = chosen[0] ? [{ customer: chosen[0], name: `${chosen[0].row.name}.` }] : []
  const again = chosen.map((customer) => ({ customer, name: respell(customer.row.name) }))
  return [...first, ...again].map(({ customer, name }, at) => {
    const { row } = customer
    const later = row.created_at.getTime() + AGAIN_AFTER_DAYS * DAY_MS
    const createdAt = new Date(Math.min(later, now.getTime()))
    const phone = phoneOf(false, FIRST_INDEX_AGAIN + at)
    const stamps = { created_at: createdAt, updated_at: createdAt }
    return { ...customer, row: { ...row, ...stamps, id: random.id(createdAt), name, email: null, phone } }
  })
}

/** Capitals, letters of an Arabic keyboard that look like those of an Urdu one, or where there are neither a hyphen. */
function respell(name: string): string {
  const respelled = name.toUpperCase().replaceAll('ک', 'ك').replaceAll('ی', 'ي')
  return respelled === name ? name.replace(' ', '-') : respelled
}

interface Draft {
  random: Random
  index: number
  /** Names already taken, so that no two demo customers look like a mistake. */
  names: Set<string>
  createdAt: Date
}

function makeCustomer(draft: Draft): DemoCustomer {
  const { random, index, createdAt } = draft
  const person = drawPerson(draft)
  const [city, cityInUrdu] = random.pick(CITIES)
  const hasEmail = random.chance(0.72)
  const archivedAt = random.chance(0.04) ? new Date(createdAt.getTime() + 5 * DAY_MS) : null
  return {
    language: person.language,
    isAbroad: person.isAbroad,
    city: person.language === 'ur' ? cityInUrdu : city,
    row: {
      id: random.id(createdAt),
      name: person.name,
      email: hasEmail ? emailOf(person.latinName, index) : null,
      phone: !hasEmail || random.chance(0.7) ? phoneOf(person.isAbroad, index) : null,
      company: random.chance(0.24) ? random.pick(COMPANIES) : null,
      city: person.isAbroad || random.chance(0.3) ? null : person.language === 'ur' ? cityInUrdu : city,
      about: random.chance(0.16) ? random.pick(ABOUT) : null,
      archived_at: archivedAt,
      created_at: createdAt,
      updated_at: archivedAt ?? createdAt,
    },
  }
}

function drawPerson(draft: Draft): {
  name: string
  latinName: string
  language: Language
  isAbroad: boolean
} {
  const { random, names } = draft
  for (;;) {
    const isAbroad = random.chance(0.14)
    const [first, firstInUrdu] = random.pick(FIRST_NAMES)
    const [last, lastInUrdu] = random.pick(LAST_NAMES)
    const latinName = isAbroad ? random.pick(ABROAD_NAMES) : `${first} ${last}`
    const language = !isAbroad && random.chance(0.42) ? 'ur' : 'en'
    const name = language === 'ur' ? `${firstInUrdu} ${lastInUrdu}` : latinName
    // The few names from abroad run out; then somebody from here is drawn instead.
    if (names.has(name)) continue
    names.add(name)
    return { name, latinName, language, isAbroad }
  }
}

/** Domains reserved for examples (RFC 2606). */
function emailOf(latinName: string, index: number): string {
  const local = latinName.toLowerCase().replaceAll(/[^a-z]+/g, '.')
  return `${local}${index % 90}@${['example.com', 'example.org', 'example.net'][index % 3]}`
}

/** Abroad: the range kept free for fiction by the British regulator. Here: unassigned blocks of a mobile prefix. */
function phoneOf(isAbroad: boolean, index: number): string {
  const digits = String(index).padStart(3, '0')
  return isAbroad ? `+447700900${digits}` : `+92300${String(5550000 + index * 37).padStart(7, '0')}`
}
