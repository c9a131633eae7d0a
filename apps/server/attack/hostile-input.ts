import * as fc from 'fast-check'
import { type Field, listFields } from './input-shape.ts'
import { type AttackedProcedure, exampleFor } from './rows.ts'

/** As long as a body can be with something around it. */
const HUGE_LENGTH = 1_000_000
const DEEP = 5_000

const TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udc00\ud800',
  '\u202eevil\u202c',
  '\u200f\u200e\u2066',
  '\ufeff',
  'e\u0301'.repeat(500),
  '👩‍👩‍👧‍👦'.repeat(200),
  'ﷺ'.repeat(100),
  'آمنہ',
  "' OR 1=1 --",
  '`; DROP DATABASE x; --',
  '%_!%',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '{{7*7}}${7*7}',
  '\r\nSet-Cookie: a=b',
  '__proto__',
  'constructor',
  '-1',
  '1e309',
  '9007199254740993',
  '0000-00-00T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '2024-02-30T00:00:00.000Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '01A20988-E13F-7515-AAFE-18861247ECD2',
  'eyJhIjoxfQ',
  'x'.repeat(10_001),
] as const

const NUMBERS = [
  0,
  -0,
  -1,
  1.5,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 32,
  2 ** 53,
  -(2 ** 53),
  1e21,
  5e-324,
  1.797e308,
] as const

const OTHERS = [
  null,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  { $gt: '' },
  { length: 1e9 },
  { toString: 1 },
] as const

/** Anything at all that JSON can carry. */
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...NUMBERS, ...OTHERS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom<unknown>(...TEXTS), { maxLength: 1_000 }) },
)

/** Whole bodies that no client of ours would send, some of them no JSON. */
export const WHOLE_BODIES = [
  '',
  'null',
  '0',
  '"x"',
  '[]',
  '{}',
  '{',
  '[1,',
  '{"__proto__":{"isOperator":true}}',
  '{"constructor":{"prototype":{"isOperator":true}}}',
  '{"a":1,"a":2}',
  '[null,null]',
  `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
  `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`,
  `"${'x'.repeat(HUGE_LENGTH)}"`,
  `{"id":"${'x'.repeat(HUGE_LENGTH)}"}`,
  `[${'0,'.repeat(HUGE_LENGTH / 4)}0]`,
] as const

/** Bodies for a procedure, as JSON text: mostly right, and wrong in one or a few places. */
export function hostileInput(procedure: AttackedProcedure): fc.Arbitrary<string> {
  const fields = procedure.shape ? listFields(procedure.shape) : []
  const whole = fc.constantFrom<string>(...WHOLE_BODIES)
  if (fields.length === 0) return fc.oneof(whole, anyValue.map(toText))
  return fc.oneof(
    { weight: 8, arbitrary: wrongInOnePlace(procedure, fields) },
    { weight: 1, arbitrary: withMoreFields(procedure) },
    { weight: 1, arbitrary: withoutFields(procedure) },
    { weight: 1, arbitrary: whole },
    { weight: 1, arbitrary: anyValue.map(toText) },
  )
}

function wrongInOnePlace(procedure: AttackedProcedure, fields: Field[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...fields), anyValue)
    .map(([{ path }, value]) =>
      toText(exampleFor(procedure, { through: path, valueAt: (at) => (at === path ? value : undefined) })),
    )
}

function withMoreFields(procedure: AttackedProcedure): fc.Arbitrary<string> {
  const example = toText(exampleFor(procedure) ?? {})
  const names = ['__proto__', 'constructor', 'prototype', 'tenantKey', 'userId', 'isOperator', '']
  return fc.tuple(fc.constantFrom(...names), anyValue).map(([name, value]) => {
    const rest = example.slice(1)
    return `{${JSON.stringify(name)}:${toText(value)}${rest === '}' ? '' : ','}${rest}`
  })
}

function withoutFields(procedure: AttackedProcedure): fc.Arbitrary<string> {
  const entries = Object.entries(exampleFor(procedure) ?? {})
  return fc.subarray(entries).map((kept) => toText(Object.fromEntries(kept)))
}

function toText(value: unknown): string {
  return JSON.stringify(value) ?? 'null'
}
