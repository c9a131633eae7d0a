import { type CustomerFieldRow, foldText, foldWords } from '@sarai/db'
import { fits } from '../customer/field-values.ts'
import type { FieldValue } from '../customer/model.ts'
import type { ImportDateOrder } from './schema.ts'

const YES = ['yes', 'y', 'true', '1', 'x', 'ہاں', 'جی', 'جی ہاں', 'درست'].map(foldWords)
const NO = ['no', 'n', 'false', '0', 'نہیں', 'غلط'].map(foldWords)

type Field = Pick<CustomerFieldRow, 'kind' | 'options'>

/**
 * What a cell says for a field of the tenant's own, by the same rules as its card; undefined for what is not of the
 * field's kind.
 */
export function readFieldValue(
  field: Field,
  cell: string,
  dateOrder: ImportDateOrder,
): FieldValue | undefined {
  const value = convert(field, cell, dateOrder)
  return value !== undefined && fits(field, value) ? value : undefined
}

function convert({ kind, options }: Field, cell: string, dateOrder: ImportDateOrder): FieldValue | undefined {
  if (kind === 'number') return readNumber(cell)
  if (kind === 'date') return readDate(cell, dateOrder)
  if (kind === 'boolean') return readBoolean(cell)
  if (kind === 'text') return cell
  return options.find((option) => foldWords(option) === foldWords(cell))
}

/** Digits of three scripts, with or without marks between thousands. A mark before three last digits is one of those. */
export function readNumber(cell: string): number | undefined {
  const text = foldText(cell)
    .replaceAll(/[\s'’\u00a0\u202f\u066c]/gu, '')
    .replaceAll('٫', '.')
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return Number(text.replaceAll(',', ''))
  if (/^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(text) || /^[+-]?\d{1,3}(\.\d{3})*,\d+$/.test(text))
    return Number(text.replaceAll('.', '').replace(',', '.'))
  if (/^[+-]?\d+,\d+$/.test(text)) return Number(text.replace(',', '.'))
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/.test(text) ? Number(text) : undefined
}

/** As YYYY-MM-DD. Years have four digits; a time of day behind it is left out. */
export function readDate(cell: string, dateOrder: ImportDateOrder): string | undefined {
  const [text = ''] = foldText(cell).trim().split(/[t\s]/u)
  const yearFirst = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(text)
  if (yearFirst) return toDate(yearFirst[1], yearFirst[2], yearFirst[3])
  const yearLast = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(text)
  if (!yearLast) return undefined
  const [, one, other, year] = yearLast
  return dateOrder === 'day-first' ? toDate(year, other, one) : toDate(year, one, other)
}

/** Whether there is such a day is for `fits` to say. */
function toDate(year = '', month = '', day = ''): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function readBoolean(cell: string): boolean | undefined {
  const word = foldWords(cell)
  if (YES.includes(word)) return true
  return NO.includes(word) ? false : undefined
}

/** What stands in a cell. An apostrophe before what would be a formula is no part of it: exports put it there. */
export function readText(cell: string | undefined): string {
  return (cell ?? '').trim().replace(/^'(?=[=+\-@])/, '')
}
