import { expect, test } from 'vitest'
import { findForbidden } from './forbidden-text.ts'

test.each([
  'const row = answer as unknown as Row',
  'const row = answer as unknown as { id: string }',
  '// oxlint-disable-next-line no-console',
  '/* eslint-disable */',
  '// @ts-expect-error',
  "test.only('alone', () => {})",
  "describe.concurrent.only('alone', () => {})",
])('%s is refused', (line) => {
  expect(findForbidden(line)).toHaveLength(1)
})

test.each([
  'const value: unknown = answer',
  "test('a tenant of others is as unknown as one that does not exist', () => {})",
  "test('only one wins', () => {})",
])('%s passes', (line) => {
  expect(findForbidden(line)).toEqual([])
})
