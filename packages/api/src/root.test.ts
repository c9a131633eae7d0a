import { describe, expect, test } from 'vitest'
import { PERMISSIONS } from './permission/schema.ts'
import { listProcedures } from './testing.ts'

/** Procedures under /trpc: they belong to no tenant, so that no role can allow them. */
const GLOBAL = [
  'operator.connections',
  'operator.processes',
  'operator.tenant.create',
  'operator.tenant.list',
  'operator.tenant.resume',
  'operator.tenant.suspend',
  'tenant.mine',
]
/** Procedures that every member may call, whatever their role. */
const FOR_EVERY_MEMBER = ['permission.mine', 'tenant.info']

const procedures = listProcedures()

describe('every procedure of a tenant', () => {
  const ofTenants = procedures.filter(({ path }) => !GLOBAL.includes(path))

  test.each(ofTenants)('$path says which permission it needs', ({ meta }) => {
    expect(meta).toBeDefined()
  })

  test('needs one that exists, or is listed as open to every member', () => {
    const open = ofTenants.filter(({ meta }) => meta?.permission === null)
    expect(open.map(({ path }) => path).toSorted()).toEqual(FOR_EVERY_MEMBER)
    const needed = ofTenants.flatMap(({ meta }) => meta?.permission ?? [])
    expect(PERMISSIONS).toEqual(expect.arrayContaining(needed))
  })
})

test('a procedure without a permission is global, and every one of those is listed', () => {
  const without = procedures.filter(({ meta }) => meta === undefined)
  expect(without.map(({ path }) => path).toSorted()).toEqual(GLOBAL)
})

test('every permission is needed by some procedure', () => {
  const needed = new Set(procedures.map(({ meta }) => meta?.permission))
  expect(PERMISSIONS.filter((permission) => !needed.has(permission))).toEqual([])
})
