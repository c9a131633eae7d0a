import { globSync, readFileSync } from 'node:fs'
import { findForbidden } from './forbidden-text.ts'

const SOURCE = '{apps,packages,e2e,scripts}/**/*.{ts,tsx,mjs}'
const DOCUMENTS = '{*,docs/**/*}.md'
/** They name what they forbid. */
const EXCEPT = ['scripts/forbidden-text.ts', 'scripts/forbidden-text.test.ts']

for (const file of globSync(SOURCE, { exclude: (name) => name === 'node_modules' || name === 'dist' })) {
  if (EXCEPT.includes(file)) continue
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    for (const advice of findForbidden(line)) report(`${file}:${index + 1}  ${line.trim()}\n  ${advice}`)
  }
}

// A document that was emptied by a merge is missed by nobody until it is needed.
for (const file of globSync(DOCUMENTS))
  if (readFileSync(file, 'utf8').trim() === '') report(`${file} is empty`)

function report(message: string): void {
  console.error(message)
  process.exitCode = 1
}
