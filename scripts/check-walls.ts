import { execFileSync } from 'node:child_process'

interface Cruise {
  modules: { source: string; dependencies: unknown[] }[]
  summary: { violations: { from: string; to: string; rule: { name: string }; cycle?: { name: string }[] }[] }
}

const args = [
  '--config',
  '.dependency-cruiser.mjs',
  '--output-type',
  'json',
  'apps',
  'packages',
  'e2e',
  'scripts',
]
const { modules, summary } = JSON.parse(cruise()) as Cruise

// Without a TypeScript that it understands, dependency-cruiser sees no import in any .ts file and passes everything.
const isBlind = !modules.some(({ source, dependencies }) => /\.tsx?$/.test(source) && dependencies.length > 0)
if (isBlind) fail('dependency-cruiser reads no TypeScript; see packageExtensions in pnpm-workspace.yaml')

for (const { rule, from, to, cycle } of summary.violations) {
  const path = cycle ? cycle.map(({ name }) => name).join(' → ') : to
  fail(`${rule.name}: ${from} → ${path}`)
}

function cruise(): string {
  // depcruise ends with a number of violations, which execFileSync takes for a failure; json always goes to stdout.
  try {
    return execFileSync('depcruise', args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && String(error.stdout).startsWith('{'))
      return String(error.stdout)
    throw error
  }
}

function fail(message: string): void {
  console.error(message)
  process.exitCode = 1
}
