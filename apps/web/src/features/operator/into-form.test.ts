import { expect, test } from 'vitest'
import { findIntoErrors, toIntoInput } from './into-form.ts'

const form = { intoKey: 'rabin-copy', name: '', ownerEmail: '' }

test('what is left empty is left out, and stays as it is in the archive', () => {
  expect(toIntoInput(form)).toEqual({ intoKey: 'rabin-copy' })
  expect(findIntoErrors(form)).toEqual({})
  expect(findIntoErrors({ ...form, name: 'Copy', ownerEmail: 'owner@rabin.test' })).toEqual({})
})

test('what the server would refuse is said at its field', () => {
  expect(findIntoErrors({ ...form, intoKey: 'Rabin Copy' })).toEqual({ intoKey: 'keyInvalid' })
  expect(findIntoErrors({ ...form, intoKey: 'operator' })).toEqual({ intoKey: 'keyReserved' })
  expect(findIntoErrors({ ...form, ownerEmail: 'nobody' })).toEqual({ ownerEmail: 'emailInvalid' })
})
