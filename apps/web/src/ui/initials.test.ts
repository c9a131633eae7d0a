import { expect, test } from 'vitest'
import { hueOf, initialsOf } from './initials.ts'

test.each([
  ['Bilal Ahmed', 'BA'],
  ['bilal', 'B'],
  ['  Zaitoon   Foods Ltd ', 'ZL'],
  ['احمد خان', 'ا'],
  ['', ''],
])('the initials of “%s” are “%s”', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

test('the same name has the same colour', () => {
  expect(hueOf('Bilal Ahmed')).toBe(hueOf('Bilal Ahmed'))
})
