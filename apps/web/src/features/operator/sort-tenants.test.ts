import { expect, test } from 'vitest'
import { nextTenantSort, sortColumn } from './sort-tenants.ts'

test('a column of figures begins with the largest, names with the first, and the same column turns around', () => {
  expect(nextTenantSort('key', 'size')).toBe('-size')
  expect(nextTenantSort('-size', 'size')).toBe('size')
  expect(nextTenantSort('size', 'size')).toBe('-size')
  expect(nextTenantSort('-size', 'key')).toBe('key')
  expect(nextTenantSort('key', 'key')).toBe('-key')
  expect(sortColumn('-written')).toBe('written')
})
