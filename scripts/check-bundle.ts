import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { listFirstLoad, type Manifest } from './first-load.ts'

/** Gzipped JavaScript from an empty cache to a dashboard with numbers, sign-in included. */
const FIRST_LOAD_BUDGET_BYTES = 170_000
const DIST = 'apps/web/dist'
/** What is loaded on that way beside the entry, in the default language. */
const FIRST_LOAD_SOURCES = [
  ...['sign-in-page', 'tenant-page', 'dashboard-page'].map((page) => `src/routes/${page}.tsx`),
  ...['common', 'auth', 'dashboard'].map((part) => `src/lib/i18n/en/${part}.json`),
]

const manifest = JSON.parse(readFileSync(`${DIST}/.vite/manifest.json`, 'utf8')) as Manifest
const inPage = readFileSync(`${DIST}/index.html`, 'utf8').matchAll(/<script[^>]* src="\/([^"]+)"/g)
const files = new Set([
  ...listFirstLoad(manifest, FIRST_LOAD_SOURCES),
  ...[...inPage].map(([, file]) => file ?? ''),
])
const sizes = [...files]
  .map((file) => ({ file, bytes: gzipSync(readFileSync(`${DIST}/${file}`), { level: 9 }).length }))
  .sort((a, b) => b.bytes - a.bytes)
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)

console.log('First load, sign-in to dashboard, JavaScript gzipped:')
for (const { file, bytes } of sizes) console.log(`  ${kilobytes(bytes)}  ${file}`)
console.log(`  ${kilobytes(total)}  of ${kilobytes(FIRST_LOAD_BUDGET_BYTES).trim()} allowed`)
if (total > FIRST_LOAD_BUDGET_BYTES) {
  console.error(
    `The first load is ${kilobytes(total - FIRST_LOAD_BUDGET_BYTES).trim()} over its budget: split a route, or drop a dependency.`,
  )
  process.exitCode = 1
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(7)} kB`
}
