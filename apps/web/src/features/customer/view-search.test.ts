import { expect, test } from 'vitest'
import type { CustomersSearch } from './customer-queries.ts'
import { isChanged } from '../../ui/view-desk.ts'
import { toContent, toSearch } from './view-search.ts'

const TERMS = { toContent, toSearch }
const EVERYTHING: CustomersSearch = {
  search: 'Amina',
  tag: 'one',
  tags: ['two', 'three'],
  match: 'all',
  owner: 'me',
  email: true,
  phone: false,
  company: 'Naan',
  from: '2026-03-29',
  to: '2026-04-01',
  own: [{ id: 'field', from: 3, to: 9 }],
  archived: true,
  columns: ['email', 'tags'],
  sort: 'name',
}

test.each([
  EVERYTHING,
  {},
  { from: '2026-03-29' },
  { to: '2026-12-31' },
  { tags: ['two'] },
  { columns: [] },
  { from: '2026-03-28T19:00:00.000Z', to: '2026-03-29T18:59:59.000Z' },
] satisfies CustomersSearch[])('a list that was saved is found again by its address: %o', (search) => {
  const view = { id: 'view', content: toContent(search) }
  expect(toSearch(view)).toEqual({ ...search, view: 'view' })
  expect(isChanged(TERMS, { ...search, view: 'view' }, view)).toBe(false)
})

test('whatever of a list is different is a change of its view', () => {
  const view = { id: 'view', content: toContent(EVERYTHING) }
  for (const name of Object.keys(EVERYTHING) as (keyof CustomersSearch)[]) {
    const { [name]: _left, ...without } = EVERYTHING
    expect(isChanged(TERMS, without, view), name).toBe(true)
  }
})
