import { expect, test } from 'vitest'
import { KnownPeople, type Person } from './known-people.ts'
import { planRows } from './plan-rows.ts'
import type { Candidate } from './read-row.ts'
import type { ImportDuplicates } from './schema.ts'

type Given = Partial<Candidate['values']>

const NOTHING = { name: null, email: null, phone: null, company: null, city: null, owner: null, about: null }
const AMINA: Person = {
  id: 'amina',
  name: 'Amina Rafiq',
  email: 'amina@rafiq.test',
  phone: '+923001234567',
  isCustomer: true,
}
const ALI: Person = { ...AMINA, id: 'ali', name: 'Ali Khan', email: null, phone: '+923007654321' }

function plan(rows: Given[], onDuplicate: ImportDuplicates, people = [AMINA, ALI]) {
  const candidates = rows.map((values, at) => ({
    rowNumber: at + 2,
    values: { ...NOTHING, ...values },
    ownerId: null,
    fields: {},
    problems: [],
  }))
  const planned = planRows(candidates, new KnownPeople(people), { onDuplicate, fields: [] })
  return planned.map(({ outcome, reason, person }) => [outcome, reason, person?.id])
}

test('the same phone, the same folded e-mail and the same folded name alone are the same person', () => {
  const rows = [
    { name: 'Somebody', phone: '+923001234567' },
    { name: 'Somebody', email: 'AMINA@rafiq.test' },
    { name: 'AMINA  rafiq' },
  ]
  expect(plan(rows, 'skip')).toEqual([
    ['skipped', 'same-phone', 'amina'],
    ['skipped', 'same-email', 'amina'],
    ['skipped', 'same-name', 'amina'],
  ])
  expect(plan(rows, 'update').map(([outcome, , id]) => [outcome, id])).toEqual(
    rows.map(() => ['updated', 'amina']),
  )
})

test('a name of two who have different phones is two people', () => {
  const [row] = plan([{ name: 'Ali Khan', phone: '+923009999999' }], 'skip')
  expect(row?.slice(0, 2)).toEqual(['created', null])
})

test('what makes a second customer of a duplicate keeps phone and e-mail the first one’s', () => {
  const rows = [{ name: 'Amina Rafiq' }, { name: 'Another', phone: AMINA.phone }]
  expect(plan(rows, 'create').map((row) => row.slice(0, 2))).toEqual([
    ['created', null],
    ['refused', 'same-phone'],
  ])
})

test('a row that is two customers at once is refused, and skipped where duplicates are', () => {
  const both = { name: 'Both', email: AMINA.email, phone: ALI.phone }
  expect(plan([both], 'update')).toEqual([['refused', 'two-customers', undefined]])
  expect(plan([both], 'skip')).toEqual([['skipped', 'two-customers', undefined]])
})

test('nobody is changed by a name that several have', () => {
  const namesake = { ...ALI, id: 'other', phone: null }
  expect(plan([{ name: 'Ali Khan' }], 'update', [ALI, namesake])).toEqual([
    ['refused', 'several-names', undefined],
  ])
})

test('a row is compared with the rows before it', () => {
  const twice = [
    { name: 'New', email: 'new@one.test' },
    { name: 'New', email: 'NEW@one.test' },
  ]
  expect(plan(twice, 'skip').map(([outcome]) => outcome)).toEqual(['created', 'skipped'])
  const [first, second] = plan(twice, 'update')
  expect(second).toEqual(['updated', null, first?.[2]])
})

test('a new customer needs a name, one who is there does not', () => {
  expect(plan([{ phone: '+923005555555' }], 'update')[0]?.slice(0, 2)).toEqual(['refused', 'name-missing'])
  expect(plan([{ phone: AMINA.phone, city: 'Lahore' }], 'update')).toEqual([['updated', null, 'amina']])
})
