import type { Customer } from '@sarai/api'
import { describe, expect, test } from 'vitest'
import { listItems } from '../../lib/paged-list.ts'
import { applyCustomer, type CustomerFilter, type CustomerList, toggleSort } from './customer-lists.ts'

function makeCustomer(number: number, overrides: Partial<Customer> = {}): Customer {
  const time = new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString()
  return {
    id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    name: `Customer ${String(number).padStart(2, '0')}`,
    email: null,
    phone: null,
    company: null,
    city: null,
    about: null,
    tags: [],
    fields: {},
    version: 1,
    archivedAt: null,
    owner: null,
    mergedInto: null,
    createdAt: time,
    updatedAt: time,
    ...overrides,
  }
}

function makeList(numbers: number[], nextCursor: string | null = null): CustomerList {
  return { pages: [{ items: numbers.map((number) => makeCustomer(number)), nextCursor }], pageParams: [null] }
}

function apply(list: CustomerList, filter: CustomerFilter, customer: Customer): string[] {
  return listItems(applyCustomer(list, filter, customer)).map((item) => item.name.replace('Customer ', ''))
}

describe('applyCustomer', () => {
  test('a new customer stands where the sort puts it', () => {
    expect(apply(makeList([8, 6, 4]), {}, makeCustomer(9))).toEqual(['09', '08', '06', '04'])
    expect(apply(makeList([4, 6, 8]), { sort: 'name' }, makeCustomer(7))).toEqual(['04', '06', '07', '08'])
    expect(apply(makeList([4, 6, 8]), { sort: 'createdAt' }, makeCustomer(5))).toEqual([
      '04',
      '05',
      '06',
      '08',
    ])
  })

  test('an archived customer leaves the living and joins the archived', () => {
    const archived = makeCustomer(6, { archivedAt: '2026-02-01T00:00:00.000Z', version: 2 })
    expect(apply(makeList([8, 6, 4]), {}, archived)).toEqual(['08', '04'])
    expect(apply(makeList([]), { archived: true }, archived)).toEqual(['06'])
  })

  test('a list of one tag takes only who has it', () => {
    const tags = [{ id: 'vip', name: 'VIP', color: 'gray' as const }]
    expect(apply(makeList([]), { tagId: 'vip' }, makeCustomer(1))).toEqual([])
    expect(apply(makeList([]), { tagId: 'vip' }, makeCustomer(1, { tags }))).toEqual(['01'])
  })

  test('a searched list keeps its place and takes nobody that the server did not find', () => {
    expect(apply(makeList([8, 6]), { search: 'x' }, makeCustomer(9))).toEqual(['08', '06'])
    expect(apply(makeList([8, 6]), { search: 'x' }, makeCustomer(6, { name: 'New', version: 2 }))).toEqual([
      '08',
      'New',
    ])
  })

  test('news that is older than what is known changes nothing', () => {
    const list = makeList([1])
    const known = applyCustomer(list, {}, makeCustomer(1, { name: 'Newest', version: 3 }))
    expect(applyCustomer(known, {}, makeCustomer(1, { version: 2 }))).toBe(known)
  })
})

test('pressing a heading sorts by it in the useful direction first, then turns it round', () => {
  expect(toggleSort('-createdAt', 'name')).toBe('name')
  expect(toggleSort('name', 'name')).toBe('-name')
  expect(toggleSort('name', 'updatedAt')).toBe('-updatedAt')
  expect(toggleSort('-updatedAt', 'updatedAt')).toBe('updatedAt')
})
