// npm run mutate [-- part of a guard's name …]: takes out each guard of the pool in turn, and a test must fail.
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { BUDGET_GUARDS } from './guards/budget.ts'
import { FAIRNESS_GUARDS } from './guards/fairness.ts'
import { IDENTITY_GUARDS } from './guards/identity.ts'
import { LEASE_GUARDS } from './guards/lease.ts'
import { SCOPE_GUARDS } from './guards/scopes.ts'
import { WAITING_GUARDS } from './guards/waiting.ts'
import { type Guard, MutationCopy, type Verdict } from './mutation-copy.ts'

const TABLE = fileURLToPath(new URL('../../../docs/guards.md', import.meta.url))
const GUARDS = [
  ...IDENTITY_GUARDS,
  ...BUDGET_GUARDS,
  ...WAITING_GUARDS,
  ...FAIRNESS_GUARDS,
  ...LEASE_GUARDS,
  ...SCOPE_GUARDS,
]

const HEAD = `# The guards of the connection layer

Each line of the pool below is there because something would go wrong without it. \`npm run mutate\` takes them out one at
a time, in a copy of \`packages/db\`, and runs the tests named beside each in \`packages/db/fault/guards\`: one of them must
fail. It wrote this table. A guard that survives needs a test; one that is stale has changed its text.

`

const wanted = process.argv.slice(2)
const guards =
  wanted.length === 0 ? GUARDS : GUARDS.filter(({ name }) => wanted.some((part) => name.includes(part)))
process.exitCode = await survey()

async function survey(): Promise<number> {
  if (guards.length === 0) {
    console.error('No guard has such a name.')
    return 1
  }
  await using copy = await MutationCopy.make()
  const tests = [...new Set(guards.flatMap((guard) => guard.tests))]
  const sound = await copy.test(tests)
  if (!sound.isGreen) {
    console.error(`The tests fail without any mutation, so they prove nothing: ${sound.failed}`)
    return 1
  }
  const verdicts = new Map<Guard, Verdict>()
  for (const guard of guards) {
    const verdict = await copy.judge(guard)
    verdicts.set(guard, verdict)
    console.log(`${verdict.outcome.padEnd(8)}  ${guard.file}  ${guard.name}${by(verdict)}`)
  }
  if (wanted.length === 0) await writeFile(TABLE, table(verdicts))
  const left = [...verdicts.values()].filter(({ outcome }) => outcome !== 'caught').length
  console.log(`\n${verdicts.size - left} of ${verdicts.size} guards are watched by a test`)
  return left === 0 ? 0 : 1
}

function by(verdict: Verdict): string {
  return verdict.outcome === 'caught' ? `\n          ${verdict.by}` : ''
}

function table(verdicts: Map<Guard, Verdict>): string {
  const rows = [...verdicts].map(([{ name, file }, verdict]) => [
    name,
    `\`${file}\``,
    verdict.outcome === 'caught' ? verdict.by : `**${verdict.outcome}**`,
  ])
  return `${HEAD}${aligned([['guard', 'in `packages/db/src/pool`', 'taken out, this test fails'], ...rows])}`
}

/** As the formatter lays tables out. */
function aligned([head = [], ...rows]: string[][]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[], fill: string) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |\n`
  const [first = [], ...rest] = cells
  const rule = line(
    head.map(() => '-'),
    '-',
  )
  return line(first, ' ') + rule + rest.map((row) => line(row, ' ')).join('')
}
