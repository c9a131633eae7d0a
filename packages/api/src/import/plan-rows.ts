import { newId } from '@sarai/db'
import type { KnownPeople, Match, Person, PersonKey } from './known-people.ts'
import type { ImportOutcome, ImportProblem, ImportReason } from './model.ts'
import type { Candidate, ReadingPlan } from './read-row.ts'
import type { ImportDuplicates } from './schema.ts'

/** What is to become of a row. */
export interface PlannedRow {
  candidate: Candidate
  /** `updated`: perhaps with what it has already; who writes it finds out. */
  outcome: Exclude<ImportOutcome, 'same'>
  reason: ImportReason | null
  problems: ImportProblem[]
  /** Who it is: found, or to be made under this id. */
  person: Person | null
}

interface Rules {
  onDuplicate: ImportDuplicates
  fields: ReadingPlan['fields']
}

const SAME = { phone: 'same-phone', email: 'same-email', name: 'same-name' } as const satisfies Record<
  PersonKey,
  ImportReason
>

/**
 * Decides row by row, each knowing what the ones before it do. A row with a problem is refused as a whole: half a
 * customer would have to be looked for and mended.
 */
export function planRows(candidates: readonly Candidate[], known: KnownPeople, rules: Rules): PlannedRow[] {
  return candidates.map((candidate) => {
    const planned = planRow(candidate, known.match(candidate.values), rules)
    if (planned.person && planned.outcome !== 'skipped') known.add(planned.person)
    return planned
  })
}

function planRow(candidate: Candidate, match: Match, rules: Rules): PlannedRow {
  const settle = (outcome: PlannedRow['outcome'], more: Partial<PlannedRow> = {}): PlannedRow => ({
    candidate,
    outcome,
    reason: null,
    problems: [],
    person: null,
    ...more,
  })
  const refuse = (problems: ImportProblem[]) =>
    settle('refused', { problems, reason: problems[0]?.reason ?? null })
  if (candidate.problems.length > 0) return refuse(candidate.problems)
  const person = match.kind === 'one' ? match.person : null
  const isTaken = match.kind === 'one' && match.by !== 'name'
  if (rules.onDuplicate === 'skip' && match.kind !== 'none')
    return settle('skipped', { reason: reasonOf(match), person })
  if (match.kind === 'two') return settle('refused', { reason: 'two-customers' })
  if (rules.onDuplicate === 'update' && match.kind === 'several')
    return settle('refused', { reason: 'several-names' })
  if (rules.onDuplicate === 'update' && person)
    return settle('updated', { person: withValues(person, candidate) })
  // A phone and an e-mail belong to one customer at a time.
  if (isTaken) return settle('refused', { reason: reasonOf(match), person })
  const missing = findMissing(candidate, rules)
  if (missing.length > 0) return refuse(missing)
  return settle('created', { person: toPerson(candidate) })
}

function reasonOf(match: Match): ImportReason {
  if (match.kind === 'two') return 'two-customers'
  return match.kind === 'one' ? SAME[match.by] : 'same-name'
}

/** What a new customer has to have and one who is there need not be given. */
function findMissing({ values, fields }: Candidate, rules: Rules): ImportProblem[] {
  const missing: ImportProblem[] = []
  if (values.name === null) missing.push({ detail: 'name', reason: 'name-missing' })
  for (const { id, required } of rules.fields) {
    if (required === 1 && fields[id] === undefined)
      missing.push({ detail: 'field', fieldId: id, reason: 'field-missing' })
  }
  return missing
}

/** What is given replaces what was there; an empty cell takes nothing away. */
function withValues(person: Person, { values: { name, email, phone } }: Candidate): Person {
  return {
    ...person,
    name: name ?? person.name,
    email: email ?? person.email,
    phone: phone ?? person.phone,
  }
}

function toPerson({ values: { name, email, phone } }: Candidate): Person {
  return { id: newId(), name: name ?? '', email, phone, isCustomer: false }
}
