import { expect, test } from 'vitest'
import { toFilter } from './customer-queries.ts'
import { countFilters, toDraft, withDraft, withOwn } from './filter-draft.ts'

const SEARCH = { search: 'amina', sort: 'name' as const, email: true, own: [{ id: 'size', from: 3 }] }

test('the dialog keeps the search and the order, and drops what says nothing', () => {
  const draft = { ...toDraft(SEARCH), company: ' ', tags: [], own: [{ id: 'size' }], phone: false }
  expect(withDraft(SEARCH, draft)).toEqual({ search: 'amina', sort: 'name', email: true, phone: false })
})

test('all of the tags are asked for only where there are tags', () => {
  expect(withDraft({}, { match: 'all' })).toEqual({})
  expect(withDraft({}, { match: 'all', tags: ['vip'] })).toEqual({ match: 'all', tags: ['vip'] })
})

test('each filter counts once, fields of the tenant’s own too', () => {
  expect(countFilters(SEARCH)).toBe(2)
  expect(countFilters({ search: 'amina', archived: true })).toBe(0)
})

test('a field has one filter', () => {
  expect(withOwn([{ id: 'a', is: 1 }, { id: 'b' }], { id: 'a', is: 2 })).toEqual([
    { id: 'b' },
    { id: 'a', is: 2 },
  ])
})

test('a range of days holds both of them', () => {
  const { createdFrom = '', createdTo = '' } = toFilter({ from: '2026-03-01', to: '2026-03-01' })
  expect(new Date(createdTo).getTime() - new Date(createdFrom).getTime()).toBe(86_400_000)
})
