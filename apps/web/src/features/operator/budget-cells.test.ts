import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countCells, layOutCells } from './budget-cells.ts'
import { makePool, makeReport, makeTenant } from './testing-report.ts'

test('who holds most comes first, then who waits, then what is nobody’s', () => {
  const tenants = [
    makeTenant('quiet', { idle: 1 }),
    makeTenant('busy', { leased: 2, turning: 1 }),
    makeTenant('waiting', { waiting: 5 }),
    makeTenant('gone'),
  ]
  const pool = makePool({ tenants, budget: { max: 8, limit: 8, inUse: 5 } })
  expect(layOutCells(makeReport({ pool }))).toEqual([
    { tenant: 'busy', waiting: 0, cells: ['leased', 'leased', 'turning'] },
    { tenant: 'quiet', waiting: 0, cells: ['idle'] },
    { tenant: 'waiting', waiting: 5, cells: [] },
    { tenant: null, waiting: 0, cells: ['closing', 'free', 'free', 'reserved'] },
  ])
})

test('there is a cell for every permit of the budget, and none is made up', () => {
  const held = fc.record({ leased: fc.nat(4), opening: fc.nat(2), idle: fc.nat(3), closing: fc.nat(2) })
  fc.assert(
    fc.property(fc.array(held, { maxLength: 6 }), fc.nat(3), fc.nat(5), (tenants, unnamed, left) => {
      const shown = tenants.reduce(
        (sum, { leased, opening, idle, closing }) => sum + leased + opening + idle + closing,
        0,
      )
      const inUse = shown + unnamed
      const limit = inUse + left
      const pool = makePool({
        tenants: tenants.map((tenant, index) => makeTenant(`t${index}`, tenant)),
        budget: { max: limit, limit, inUse },
      })
      const counts = countCells(layOutCells(makeReport({ pool })))
      const sum = Object.values(counts).reduce((one, other) => one + other, 0)
      expect(sum).toBe(limit)
      expect(counts.free + counts.reserved).toBe(left)
    }),
  )
})

test('a budget that has shrunk below what is held shows what is held', () => {
  const tenants = [makeTenant('rabin', { leased: 6 })]
  const pool = makePool({ tenants, budget: { max: 16, limit: 4, inUse: 6 } })
  expect(countCells(layOutCells(makeReport({ pool })))).toMatchObject({ leased: 6, free: 0, reserved: 0 })
})
