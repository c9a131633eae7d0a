import { type CustomerFieldRow, foldWords } from '@sarai/db'
import type { FieldValue } from '../customer/model.ts'
import { readPhone } from '../customer/phone.ts'
import { CreateCustomerInput, FIELD_VALUE_LENGTH_MAX } from '../customer/schema.ts'
import type { ImportProblem, ImportReason } from './model.ts'
import { readFieldValue, readText } from './read-cell.ts'
import { IMPORT_DETAILS, type ImportDateOrder, type ImportDetail, type ImportMapping } from './schema.ts'

export interface ReadingPlan {
  mapping: ImportMapping
  dateOrder: ImportDateOrder
  /** The tenant's, without the archived ones. */
  fields: readonly CustomerFieldRow[]
  /** Who can be responsible. */
  members: readonly { user_id: string; name: string; email: string }[]
  /** Whose way of writing phone numbers is meant. */
  country: string
}

export type CustomerValues = Record<'name' | ImportDetail, string | null>

/** A row of the file as a customer, before anybody has looked who is there already. */
export interface Candidate {
  rowNumber: number
  values: CustomerValues
  /** The member whom `values.owner` names. */
  ownerId: string | null
  /** By the id of the field; those without a value are not in it. */
  fields: Record<string, FieldValue>
  problems: ImportProblem[]
}

interface FileRow {
  rowNumber: number
  cells: readonly string[]
}

/** Reads a row by the rules of the form in which customers are made. A detail that is wrong stays empty and is a problem. */
export function readRow({ rowNumber, cells }: FileRow, plan: ReadingPlan): Candidate {
  const { mapping } = plan
  const name = mapping.name.map((column) => readText(cells[column])).filter((part) => part !== '')
  const given: CustomerValues = { ...textsOf(cells, mapping), name: name.join(' ') || null }
  const problems = findProblems(given)
  const phone = given.phone === null ? undefined : readPhone(given.phone, plan.country)
  if (given.phone !== null && phone === undefined && !problems.some(({ detail }) => detail === 'phone'))
    problems.push({ detail: 'phone', reason: 'phone-wrong' })
  const owner = given.owner === null ? undefined : findOwner(given.owner, plan.members)
  if (given.owner !== null && owner === undefined) problems.push({ detail: 'owner', reason: 'owner-unknown' })
  const own = readFields(cells, plan)
  const values = { ...given, phone: phone ?? null, owner: owner?.name ?? null }
  for (const { detail } of problems) if (detail !== 'field') values[detail] = null
  return {
    rowNumber,
    values,
    ownerId: owner?.user_id ?? null,
    fields: own.values,
    problems: [...problems, ...own.problems],
  }
}

/** By the whole e-mail address, or by a name that only one of them has. */
function findOwner(
  text: string,
  members: ReadingPlan['members'],
): ReadingPlan['members'][number] | undefined {
  const byEmail = members.find(({ email }) => email.toLowerCase() === text.toLowerCase())
  if (byEmail) return byEmail
  const [byName, ...others] = members.filter(({ name }) => foldWords(name) === foldWords(text))
  return others.length === 0 ? byName : undefined
}

function textsOf(cells: readonly string[], mapping: ImportMapping): Record<ImportDetail, string | null> {
  const texts = IMPORT_DETAILS.map((detail) => {
    const column = mapping[detail]
    return [detail, (column === undefined ? '' : readText(cells[column])) || null] as const
  })
  return Object.fromEntries(texts) as Record<ImportDetail, string | null>
}

/** What the form would say. A name is not looked for here: who is there already needs none. */
function findProblems({ name, owner: _owner, ...details }: CustomerValues): ImportProblem[] {
  const { error } = CreateCustomerInput.safeParse({ ...details, name: name ?? 'nobody' })
  const found = new Map<string, ImportReason>()
  for (const issue of error?.issues ?? []) {
    const detail = String(issue.path[0])
    if (!found.has(detail)) found.set(detail, reasonOf(issue.code, detail))
  }
  return [...found].map(([detail, reason]) => ({ detail: detail as ImportDetail, reason }))
}

function reasonOf(code: string, detail: string): ImportReason {
  if (code === 'too_big') return 'too-long'
  return detail === 'email' && code !== 'custom' ? 'email-wrong' : 'not-storable'
}

function readFields(cells: readonly string[], { mapping, fields, dateOrder }: ReadingPlan) {
  const values: Record<string, FieldValue> = {}
  const problems: ImportProblem[] = []
  for (const { fieldId, column } of mapping.fields ?? []) {
    const field = fields.find(({ id }) => id === fieldId)
    const text = readText(cells[column])
    if (!field || text === '') continue
    const value = text.length > FIELD_VALUE_LENGTH_MAX ? undefined : readFieldValue(field, text, dateOrder)
    if (value === undefined) {
      const reason = text.length > FIELD_VALUE_LENGTH_MAX ? 'too-long' : 'field-wrong'
      problems.push({ detail: 'field', fieldId, reason })
    } else if (typeof value === 'string' && value.includes('\0'))
      problems.push({ detail: 'field', fieldId, reason: 'not-storable' })
    else values[fieldId] = value
  }
  return { values, problems }
}
