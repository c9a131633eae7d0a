/** How a command answers: a table for people, or one JSON value on standard output for scripts. */
export interface Printer {
  /** Once for each command, at its end. */
  rows(rows: readonly object[], columns: readonly string[]): void
  value(value: object): void
  /** What is under way, on standard error, so that standard output is the answer alone. */
  progress(line: string): void
}

interface Streams {
  out: (text: string) => void
  err: (text: string) => void
}

const STANDARD: Streams = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
}

export function makePrinter({ isJson }: { isJson: boolean }, { out, err }: Streams = STANDARD): Printer {
  const json = (value: unknown) => out(`${JSON.stringify(value, null, 2)}\n`)
  return {
    rows: (rows, columns) => (isJson ? json(rows) : out(formatTable(rows, columns))),
    value: (value) => (isJson ? json(value) : out(formatFields(value))),
    progress: (line) => err(`${line}\n`),
  }
}

export function formatTable(rows: readonly object[], columns: readonly string[]): string {
  if (rows.length === 0) return 'None.\n'
  const lines = [columns, ...rows.map((row) => columns.map((column) => show(Reflect.get(row, column))))]
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => (line[index] ?? '').length)))
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, index) => cell.padEnd(widths[index] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

function formatFields(value: object): string {
  const fields = Object.entries(value).filter(([, field]) => field !== null && field !== undefined)
  const width = Math.max(...fields.map(([name]) => name.length))
  return fields.map(([name, field]) => `${name.padEnd(width)}  ${show(field)}\n`).join('')
}

function show(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
