import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { TENANT_KEY_PATTERN as SERVER_PATTERN } from '@sarai/api/tenant/schema'
import { isInternalPath } from './internal-path.ts'
import { LOCALE_KEY, LOCALES, THEME_KEY } from './preferences.ts'
import { TENANT_KEY_PATTERN } from './tenant-key.ts'

test('the script of the first paint reads what the app keeps', () => {
  const script = readFileSync(new URL('../../public/first-paint.js', import.meta.url), 'utf8')
  expect(script).toContain(`'${LOCALE_KEY}'`)
  expect(script).toContain(`'${THEME_KEY}'`)
  for (const locale of LOCALES) expect(script).toContain(`'${locale}'`)
})

test('a tenant key is what the server says it is', () => {
  expect(TENANT_KEY_PATTERN.source).toBe(SERVER_PATTERN.source)
})

test.each(['/', '/rabin/chat?box=mine', '/operator/tenants'])(
  '%s may be returned to after signing in',
  (path) => {
    expect(isInternalPath(path)).toBe(true)
  },
)

test.each([
  'https://evil.test',
  '//evil.test',
  '/\\evil.test',
  'javascript:alert(1)',
  '/sign-in?x',
  '/a\tb',
  7,
  null,
])('%s is never returned to: a link must not send people elsewhere', (path) => {
  expect(isInternalPath(path)).toBe(false)
})
