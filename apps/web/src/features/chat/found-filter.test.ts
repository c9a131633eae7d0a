import { expect, test } from 'vitest'
import {
  daysBefore,
  listParts,
  toSearchInput,
  today,
  withoutFoundFilter,
  withoutPart,
} from './found-filter.ts'

const ALL = { by: 'customers', since: '2026-11-01', until: '2026-11-26', kind: 'notes', here: true } as const
const ask = (filter: object) =>
  toSearchInput({ text: 'refund', filter, conversationId: 'one', timeZone: 'Asia/Karachi' })

test('days are those of the business, the last one with all of its hours', () => {
  expect(ask({ since: '2026-11-01', until: '2026-11-26' })).toEqual({
    search: 'refund',
    from: '2026-10-31T19:00:00.000Z',
    to: '2026-11-26T19:00:00.000Z',
  })
  expect(ask({ since: '2026-11-26', until: '2026-11-01' })).toEqual(
    ask({ since: '2026-11-01', until: '2026-11-26' }),
  )
  expect(ask({ since: '2026-11-01' })).not.toHaveProperty('to')
})

test('whose, of which kind and where go together', () => {
  expect(ask({ by: 'customers', kind: 'messages', here: true })).toEqual({
    search: 'refund',
    authorKind: 'customer',
    private: false,
    conversationId: 'one',
  })
  expect(ask({ by: 'team', kind: 'notes' })).toEqual({ search: 'refund', authorKind: 'agent', private: true })
  expect(ask({ by: 'member' })).toEqual({ search: 'refund', authorId: 'member' })
})

test('"here" means nothing where no conversation is open', () => {
  const input = {
    text: 'refund',
    filter: { here: true },
    conversationId: undefined,
    timeZone: 'UTC',
  } as const
  expect(toSearchInput(input)).toEqual({ search: 'refund' })
})

test('each part goes by itself, and all go together', () => {
  expect(listParts(ALL)).toEqual(['by', 'when', 'kind', 'here'])
  expect(withoutPart(ALL, 'when')).toEqual({ by: 'customers', kind: 'notes', here: true })
  expect(listParts({ until: '2026-11-26' })).toEqual(['when'])
  expect(withoutFoundFilter({ ...ALL, search: 'refund' })).toEqual({ search: 'refund' })
})

test('a day begins at midnight there', () => {
  const now = new Date('2026-11-26T20:30:00Z')
  expect(today('Asia/Karachi', now)).toBe('2026-11-27')
  expect(today('America/New_York', now)).toBe('2026-11-26')
  expect(daysBefore('2026-03-01', 6)).toBe('2026-02-23')
})
