import { expect, test } from 'vitest'
import { choose, isNarrowed, toFilter } from './audit-filter.ts'

const KNOWN = ['role.created', 'role.removed', 'api-key.created'] as const

test('what is one action, or all that are done to one kind of thing', () => {
  expect(toFilter({ what: 'role.created' }, KNOWN)).toEqual({ actions: ['role.created'] })
  expect(toFilter({ what: 'role' }, KNOWN)).toEqual({ actions: ['role.created', 'role.removed'] })
  expect(toFilter({ what: 'api-key' }, KNOWN)).toEqual({ actions: ['api-key.created'] })
  expect(toFilter({ what: 'nothing' }, KNOWN)).toEqual({})
})

test('both days are in it, from midnight to midnight of whoever looks', () => {
  const { from = '', to = '' } = toFilter({ from: '2026-11-01', to: '2026-11-02' }, KNOWN)
  expect(from).toBe(new Date(2026, 10, 1).toISOString())
  expect(to).toBe(new Date(2026, 10, 3).toISOString())
})

test('who and which thing are passed on; nothing chosen narrows nothing', () => {
  expect(toFilter({ who: 'system', thing: 'id' }, KNOWN)).toEqual({ actor: 'system', entityId: 'id' })
  expect(toFilter({}, KNOWN)).toEqual({})
  expect(isNarrowed({})).toBe(false)
  expect(isNarrowed({ thing: 'id' })).toBe(true)
})

test('a part is chosen anew, or not at all', () => {
  expect(choose({ who: 'one', what: 'role' }, 'who', 'other')).toEqual({ who: 'other', what: 'role' })
  expect(choose({ who: 'one', what: 'role' }, 'who', '')).toEqual({ what: 'role' })
  expect(choose({ who: 'one' }, 'who')).toEqual({})
})
