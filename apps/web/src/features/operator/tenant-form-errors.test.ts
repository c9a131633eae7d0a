import { expect, test } from 'vitest'
import { findTenantFormErrors } from './tenant-form-errors.ts'

const GOOD = { tenantKey: 'rabin', name: 'Rabin', ownerEmail: 'owner@rabin.test' }

test('a good form has no errors', () => {
  expect(findTenantFormErrors(GOOD)).toEqual({})
})

test('each field says what is wrong with it', () => {
  expect(findTenantFormErrors({ tenantKey: 'Rabin!', name: ' ', ownerEmail: 'owner' })).toEqual({
    tenantKey: 'keyInvalid',
    name: 'nameMissing',
    ownerEmail: 'emailInvalid',
  })
})

test('a word of our own paths is refused as one', () => {
  expect(findTenantFormErrors({ ...GOOD, tenantKey: 'operator' })).toEqual({ tenantKey: 'keyReserved' })
})
