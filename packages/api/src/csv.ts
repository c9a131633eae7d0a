/**
 * What a spreadsheet takes for the beginning of a formula, full-width signs included, and what it skips before one. A
 * formula in a text that somebody else wrote would run for whoever opens the file.
 */
const BEGINS_FORMULA = /^[\s\u0000-\u0020]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|]/
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/

/** Without it a spreadsheet takes the file for the letters of its own country, and Urdu is lost. */
export const CSV_BYTE_ORDER_MARK = '\uFEFF'

/** One line by RFC 4180, with its end. What would be a formula begins with an apostrophe, which spreadsheets show as text. */
export function toCsvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(toCell).join(',')}\r\n`
}

function toCell(value: string | number | null): string {
  const text = String(value ?? '')
  const safe = BEGINS_FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
