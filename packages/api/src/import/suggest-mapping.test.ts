import { expect, test } from 'vitest'
import { suggestMapping } from './suggest-mapping.ts'

const FIELD = { id: 'a-field', name: 'Birthday', archivedAt: null }

test('columns are known by their names, whatever their capitals and signs', () => {
  expect(suggestMapping(['E-Mail', 'Full_Name', 'Mobile No', 'PHONE', 'City', 'Notes'], [])).toEqual({
    name: [1],
    email: 0,
    phone: 3,
    city: 4,
    about: 5,
  })
})

test('Urdu columns are known in either way of writing the letters', () => {
  expect(suggestMapping(['نام', 'فون نمبر', 'شهر', 'كمپنى'], [])).toEqual({
    name: [0],
    phone: 1,
    city: 2,
    company: 3,
  })
})

test('first and last name together are the name, in their order', () => {
  expect(suggestMapping(['Last Name', 'First Name', 'Name'], [])).toEqual({ name: [1, 0] })
})

test('a field of one’s own is found by its name, an archived one is not', () => {
  const gone = { id: 'gone', name: 'Size', archivedAt: '2026-01-01T00:00:00.000Z' }
  expect(suggestMapping(['name', 'birthday', 'size'], [FIELD, gone])).toEqual({
    name: [0],
    fields: [{ fieldId: 'a-field', column: 1 }],
  })
})

test('without a name nothing is suggested', () => {
  expect(suggestMapping(['email', 'phone'], [FIELD])).toBeNull()
})
