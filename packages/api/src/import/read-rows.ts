import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { parse as parseAtOnce } from 'csv-parse/sync'
import { DomainError } from '../errors.ts'
import {
  IMPORT_CELL_LENGTH_MAX,
  IMPORT_COLUMNS_MAX,
  IMPORT_DELIMITERS,
  type ImportDelimiter,
  type ImportEncoding,
} from './schema.ts'

export interface FileFormat {
  encoding: ImportEncoding
  delimiter: ImportDelimiter
}

/** Characters of one row: as many columns as there may be, of a length that people write. */
const ROW_LENGTH_MAX = 200_000
/** Rows by which the delimiter is found. */
const DELIMITER_ROWS = 20

const OPTIONS = {
  bom: true,
  relax_quotes: true,
  relax_column_count: true,
  max_record_size: ROW_LENGTH_MAX,
} as const

/**
 * The rows of a file as a stream, the first one included, each with as many cells as it has. No more than a few rows are
 * in memory.
 *
 * @throws DomainError INVALID, with the row, for one with too many or too long cells or a quote that is never closed
 */
export async function* readRows(path: string, { encoding, delimiter }: FileFormat): AsyncIterable<string[]> {
  const text = Readable.from(decode(createReadStream(path), encoding))
  const parser = parse({ ...OPTIONS, delimiter })
  // Whatever breaks the reading breaks the parsing, which is what is waited for.
  text.on('error', (error) => parser.destroy(error))
  let rowNumber = 0
  try {
    for await (const row of text.pipe(parser)) {
      rowNumber++
      yield checkRow(row as string[], rowNumber)
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(rowNumber + 1, error) : error
  } finally {
    text.destroy()
  }
}

async function* decode(bytes: AsyncIterable<Uint8Array>, encoding: ImportEncoding): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

function checkRow(row: string[], rowNumber: number): string[] {
  if (row.length > IMPORT_COLUMNS_MAX) {
    throw new DomainError(
      'INVALID',
      `Row ${rowNumber} has ${row.length} columns; a file may have ${IMPORT_COLUMNS_MAX}.`,
      { details: { rowNumber, columnsMax: IMPORT_COLUMNS_MAX } },
    )
  }
  if (row.some((cell) => cell.length > IMPORT_CELL_LENGTH_MAX)) throw unreadable(rowNumber)
  return row
}

function unreadable(rowNumber: number, cause?: unknown): DomainError {
  return new DomainError(
    'INVALID',
    `Row ${rowNumber} cannot be read: a cell has more than ${IMPORT_CELL_LENGTH_MAX} characters, or a quote is not closed.`,
    { details: { rowNumber, cellLengthMax: IMPORT_CELL_LENGTH_MAX }, cause },
  )
}

/** What stands between the cells: what makes the most columns, the same number in each of the first rows. */
export function findDelimiter(sample: string): ImportDelimiter {
  const scores = IMPORT_DELIMITERS.map((delimiter) => ({ delimiter, score: scoreOf(sample, delimiter) }))
  return scores.reduce((best, each) => (each.score > best.score ? each : best)).delimiter
}

function scoreOf(sample: string, delimiter: ImportDelimiter): number {
  const rows = readSample(sample, delimiter)
  const [first = 0, ...others] = rows.map((row) => row.length)
  if (first < 2) return 0
  const alike = others.filter((length) => length === first).length
  return first * ((alike + 1) / rows.length) ** 2
}

/** The sample may end in the middle of a row. */
function readSample(sample: string, delimiter: ImportDelimiter): string[][] {
  const whole = sample.slice(0, sample.lastIndexOf('\n') + 1) || sample
  try {
    return parseAtOnce(whole, { ...OPTIONS, delimiter, to: DELIMITER_ROWS, skip_empty_lines: true })
  } catch {
    return []
  }
}
