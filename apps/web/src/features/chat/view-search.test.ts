import { expect, test } from 'vitest'
import { isChanged } from '../../ui/view-desk.ts'
import type { ChatSearch } from './chat-queries.ts'
import { toContent, toSearch } from './view-search.ts'

const TERMS = { toContent, toSearch }
const EVERYTHING: ChatSearch = {
  box: 'mine',
  status: 'waiting',
  search: 'Amina',
  moment: 'created',
  from: '2026-03-28T19:00:00.000Z',
  to: '2026-03-29T19:00:00.000Z',
  longer: 0,
  weekly: '0-0-Etc/GMT-5',
  assignee: 'member',
  team: 'team',
  label: 'label',
  priority: 'high',
  order: 'priority',
}

test.each<ChatSearch>([
  EVERYTHING,
  {},
  { status: 'any' },
  { box: 'mentions' },
  { box: 'mentions', status: 'open' },
  { box: 'unassigned', status: 'snoozed' },
  { priority: 'none' },
])('a list that was saved is found again by its address: %o', (search) => {
  const view = { id: 'view', content: toContent(search) }
  expect(toSearch(view)).toEqual({ ...search, view: 'view' })
  expect(isChanged(TERMS, { ...search, view: 'view', panel: 'customer' } as ChatSearch, view)).toBe(false)
})

test('whatever of a list is different is a change of its view', () => {
  const view = { id: 'view', content: toContent(EVERYTHING) }
  for (const name of Object.keys(EVERYTHING) as (keyof ChatSearch)[]) {
    const { [name]: _left, ...without } = EVERYTHING
    expect(isChanged(TERMS, without, view), name).toBe(true)
  }
})
