import { expect, test } from 'vitest'
import { LEDGER_LISTED_MAX, LEDGER_TENANTS_MAX, LedgerBook } from './ledger.ts'

test('books what each tenant held and waited, most connection-seconds first', () => {
  const book = new LedgerBook()
  book.held('rabin', 1_000)
  book.held('zaitoon', 5_000)
  book.held('rabin', 500)
  book.waited('rabin', 200, false)
  book.waited('rabin', 3_000, true)
  const { tenants, rest } = book.read([])
  expect(tenants.map(({ tenant }) => tenant)).toEqual(['zaitoon', 'rabin'])
  expect(tenants[1]).toEqual({
    tenant: 'rabin',
    connectionSeconds: 1.5,
    leases: 2,
    waits: 2,
    waitSeconds: 3.2,
    longestWaitMs: 3_000,
    refused: 1,
  })
  expect(rest.leases).toBe(0)
})

test('what is held at this moment counts already', () => {
  const [row] = new LedgerBook().read([
    { tenant: 'rabin', heldMs: 700 },
    { tenant: 'rabin', heldMs: 300 },
  ]).tenants
  expect(row).toMatchObject({ tenant: 'rabin', connectionSeconds: 1, leases: 0 })
})

test('with any number of tenants memory stays bounded, nothing is lost, and who used most keeps a row', () => {
  const book = new LedgerBook()
  const tenants = LEDGER_TENANTS_MAX * 3
  book.held('heavy', 1_000_000)
  for (let index = 0; index < tenants; index++) book.held(`tenant-${index}`, 1_000)
  const ledger = book.read([])
  expect(ledger.tenants).toHaveLength(LEDGER_LISTED_MAX)
  expect(ledger.tenants[0]?.tenant).toBe('heavy')
  const leases = ledger.tenants.reduce((sum, row) => sum + row.leases, ledger.rest.leases)
  expect(leases).toBe(tenants + 1)
  expect(book.connectionSeconds).toBe(1_000 + tenants)
})
