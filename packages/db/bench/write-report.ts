import { readFileSync, writeFileSync } from 'node:fs'

const FILE = new URL('../../../docs/benchmarks/connections.md', import.meta.url)
const BEGIN = '<!-- measured: written by npm run bench -- --write -->'
const END = '<!-- measured: end -->'

/** What people have written around the figures, among it what was tried, stays. */
export function writeReport(report: string): void {
  writeFileSync(FILE, replaceMeasured(readFileSync(FILE, 'utf8'), report))
}

export function replaceMeasured(text: string, report: string): string {
  const [before, rest] = split(text, BEGIN)
  const [, after] = split(rest, END)
  return `${before}${BEGIN}\n\n${report}\n\n${END}${after}`
}

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  if (at < 0) throw new Error(`docs/benchmarks/connections.md has lost its mark ${mark}`)
  return [text.slice(0, at), text.slice(at + mark.length)]
}
