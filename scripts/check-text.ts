import { globSync, readFileSync } from 'node:fs'

/** What the house forbids and no linter rule names. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/as unknown as/, 'two casts in a row: narrow the value with a check instead'],
  [/(es|ox)lint-(disable|enable)/, 'mend the finding, or change the rule for everybody in .oxlintrc.json'],
  [/@ts-(ignore|expect-error|nocheck)/, 'mend the type'],
  [/\b(describe|it|test)(\.\w+)*\.only\(/, 'this would leave all other tests out'],
]
const SOURCE = '{apps,packages,e2e,scripts}/**/*.{ts,tsx,mjs}'
const SELF = 'scripts/check-text.ts'

for (const file of globSync(SOURCE, { exclude: (name) => name === 'node_modules' || name === 'dist' })) {
  if (file === SELF) continue
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries())
    report(`${file}:${index + 1}`, line)
}

function report(place: string, line: string): void {
  for (const [, advice] of FORBIDDEN.filter(([pattern]) => pattern.test(line))) {
    console.error(`${place}  ${line.trim()}\n  ${advice}`)
    process.exitCode = 1
  }
}
