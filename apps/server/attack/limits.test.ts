import { describe, expect, test } from 'vitest'
import { type Field, listFields, makeExample } from './input-shape.ts'
import { type AttackedProcedure, exampleFor, listAttacked } from './rows.ts'

/** Beyond every limit that an input may have. */
const TEXT_LENGTH = 100_000
const LIST_LENGTH = 10_000

const fields = listAttacked().flatMap((procedure) => {
  const found = procedure.shape ? listFields(procedure.shape) : []
  return found.map((field) => ({ path: procedure.path, place: field.path, field, procedure }))
})
const texts = fields.filter(({ field: { shape } }) => shape.type === 'string' && !shape.enum)
const lists = fields.filter(({ place }) => place.includes('*'))
const bounded = fields.filter(({ field: { shape } }) => upperBound(shape) !== undefined)

function upperBound({ maxLength, maximum }: Field['shape']): number | undefined {
  return maxLength ?? (maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum)
}

/** What is said of a place in an input that is right but for what stands there. */
function issuesAt(procedure: AttackedProcedure, place: string, value: unknown): string[] {
  const input = exampleFor(procedure, {
    through: place,
    valueAt: (path) => (path === place ? value : undefined),
  })
  const { error } = procedure.input?.safeParse(input) ?? {}
  const steps = place.split('.').filter((step) => step !== '*')
  const found = error?.issues.filter(({ path }) => steps.every((step) => path.includes(step))) ?? []
  return found.map(({ message }) => message)
}

const SAY_HOW_LONG = 'Give it a named limit in the slice’s schema.ts.'

test.each(texts)('a text of any length is refused: $place of $path', ({ procedure, place }) => {
  expect(issuesAt(procedure, place, 'x'.repeat(TEXT_LENGTH)), SAY_HOW_LONG).not.toEqual([])
})

test.each(lists)('a list of any length is refused: $place of $path', ({ procedure, field, place }) => {
  const list = place.slice(0, place.indexOf('*') - 1)
  const items = Array.from({ length: LIST_LENGTH }, () => makeExample(field.shape))
  expect(issuesAt(procedure, list, items), SAY_HOW_LONG).not.toEqual([])
})

describe('a limit', () => {
  test.each(bounded)('is named to who goes beyond it: $place of $path', ({ procedure, field, place }) => {
    const limit = upperBound(field.shape) ?? 0
    const beyond = field.shape.type === 'string' ? 'x'.repeat(limit + 1) : limit + 1
    const said = issuesAt(procedure, place, beyond).join(' ').replaceAll(',', '')
    expect(said).toMatch(/\d/)
  })
})

const objects = listAttacked().filter(({ shape }) => shape?.properties !== undefined)

test.each(objects)('a field that nobody knows is refused by $path', (procedure) => {
  const input = { ...(exampleFor(procedure) as object), nobodyKnows: true }
  expect(procedure.input?.safeParse(input).success, 'Use z.strictObject.').toBe(false)
})
