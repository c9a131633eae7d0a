import { expect, test } from 'vitest'
import { layOut, USUAL_COLUMNS, withColumns } from './customer-columns.ts'

const FIELD = '01a20988-e13f-7515-aafe-18861247ecd2'

test('of the usual columns as many are shown as have room, all of them in the end, and never more than fit', () => {
  const counts = [390, 700, 1_000, 1_300, 2_000].map((width) => {
    const { columns, isCompact, minPx } = layOut(undefined, width)
    expect(minPx).toBeLessThanOrEqual(width)
    expect(columns).toEqual(USUAL_COLUMNS.filter((column) => columns.includes(column)))
    return isCompact ? 'two lines' : columns.length
  })
  expect(counts).toEqual(['two lines', 2, 4, 6, USUAL_COLUMNS.length])
})

test('columns that were chosen are all there in their order, wider than the list if need be', () => {
  const chosen = ['tags', FIELD, 'email', 'company', 'phone']
  const { columns, template, minPx } = layOut(chosen, 700)
  expect(columns).toEqual(chosen)
  expect(template.split(' ')).toHaveLength(chosen.length + 1)
  expect(minPx).toBeGreaterThan(700)
})

test('no column but the name is a list as well', () => {
  expect(layOut([], 700)).toMatchObject({ columns: [], template: 'minmax(14rem,1.5fr)' })
})

test('an address says its columns, or nothing of them', () => {
  expect(withColumns({ search: 'a' }, ['email'])).toEqual({ search: 'a', columns: ['email'] })
  expect(withColumns({ search: 'a', columns: ['email'] }, undefined)).toEqual({ search: 'a' })
})
