import { join } from 'node:path'
import { run, wasInterrupted } from './children.mjs'
import { BIN, ROOT, toolEnvironment } from './paths.mjs'
import { elapsed } from './say.mjs'

/** Everything that holds without a database. The advice is what mends most of what the check finds. */
const CHECKS = [
  { name: 'format', program: 'oxfmt', args: ['--check'], advice: 'npx oxfmt' },
  { name: 'lint', program: 'oxlint', args: [], advice: 'npx oxlint --fix mends some of it' },
  { name: 'text', program: 'node', args: ['scripts/check-text.ts'] },
  {
    name: 'types',
    program: 'turbo',
    args: [
      'run',
      'typecheck',
      '--continue',
      '--concurrency=2',
      '--output-logs=errors-only',
      '--log-order=grouped',
    ],
  },
  {
    name: 'walls',
    program: 'node',
    args: ['scripts/check-walls.ts'],
    advice: 'house rules: ARCHITECTURE.md',
  },
  { name: 'unused', program: 'knip', args: [] },
]

/** Runs every check, also after one has failed: a person mends them together. */
export async function command() {
  const startedAt = Date.now()
  let failures = 0
  for (const check of CHECKS) {
    if (wasInterrupted()) return 130
    if (!(await passes(check))) failures += 1
  }
  console.log(
    failures === 0
      ? `All ${CHECKS.length} checks hold (${elapsed(startedAt)})`
      : `${failures} of ${CHECKS.length} checks do not hold`,
  )
  return failures === 0 ? 0 : 1
}

/** @param {{ name: string, program: string, args: string[], advice?: string }} check */
async function passes({ name, program, args, advice }) {
  const startedAt = Date.now()
  const { code, output } = await run(join(BIN, program), args, {
    cwd: ROOT,
    env: toolEnvironment(),
    output: 'keep',
  })
  console.log(`${code === 0 ? '✓' : '✗'} ${name.padEnd(8)} ${elapsed(startedAt)}`)
  if (code !== 0) console.log(`${output.trimEnd()}\n${advice ? `  → ${advice}\n` : ''}`)
  return code === 0
}
