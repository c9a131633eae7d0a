import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const ROOT = new URL('..', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8')

const text = read('docs/security.md')
/** A file with tests, and after it a piece of a title in it. */
const claims = [...text.matchAll(/`([\w./-]+\.(?:test|spec)\.ts)` _([^_|]+)_/g)].map(
  ([, path = '', title = '']) => ({ path, title }),
)
const files = [...text.matchAll(/`((?:apps|packages|e2e|scripts)\/[\w./-]+\.ts)`/g)].map(
  ([, path = '']) => path,
)

test.each([...new Set(files)])('docs/security.md names a file that is there: %s', (path) => {
  expect(existsSync(new URL(path, ROOT))).toBe(true)
})

test.each(claims)('docs/security.md names a test that is there: $path, $title', ({ path, title }) => {
  expect(read(path).replaceAll('\\', '').includes(title), 'Name the test as it is called now.').toBe(true)
})

test('docs/security.md claims something', () => {
  expect(claims.length).toBeGreaterThan(40)
})
