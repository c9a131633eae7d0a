import type { ImportFile, ImportResultRow } from '@sarai/api'

/** What a spreadsheet takes for the beginning of a formula, and what it skips before one. */
const BEGINS_FORMULA = /^[\s\u0000-\u0020]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|]/
/** Without it a spreadsheet takes the file for the letters of its own country, and Urdu is lost. */
const BYTE_ORDER_MARK = '\uFEFF'

export interface ResultWords {
  row: string
  outcome: string
  reason: string
  sayOutcome: (row: ImportResultRow) => string
  sayReason: (row: ImportResultRow) => string
}

/** Every row of the file with what became of it, to be opened in a spreadsheet: nothing in it runs there. */
export function makeResultFile(
  { columns }: Pick<ImportFile, 'columns'>,
  rows: readonly ImportResultRow[],
  words: ResultWords,
): string {
  const lines = rows.map((row) => [
    String(row.rowNumber),
    words.sayOutcome(row),
    words.sayReason(row),
    ...row.cells,
  ])
  const all = [[words.row, words.outcome, words.reason, ...columns], ...lines]
  return BYTE_ORDER_MARK + all.map((cells) => `${cells.map(toCell).join(',')}\r\n`).join('')
}

function toCell(text: string): string {
  const safe = BEGINS_FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** people.csv becomes people (results).csv. */
export function nameResultFile(fileName: string, word: string): string {
  return `${fileName.replace(/\.[^.]*$/, '')} (${word}).csv`
}
