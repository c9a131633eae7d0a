import { expect, test } from 'vitest'
import { readTenantsUrl } from './read-tenants-url.ts'

test('an address says what the list of tenants is narrowed and sorted by', () => {
  const url = { search: 'rab', state: 'suspended', behind: true, by: '-size' }
  expect(readTenantsUrl(url)).toEqual(url)
  expect(readTenantsUrl({ search: 2026 })).toEqual({ search: '2026' })
})

test('what nobody knows is passed over, and what is the case anyway is not said', () => {
  expect(readTenantsUrl({ state: 'asleep', behind: 'yes', by: 'colour', evil: 1 })).toEqual({})
  expect(readTenantsUrl({ by: 'key', search: '', behind: false })).toEqual({})
})
