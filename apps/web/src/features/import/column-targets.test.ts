import { expect, test } from 'vitest'
import { chooseTarget, toMapping, toTargets } from './column-targets.ts'

const MAPPING = { name: [2, 0], email: 1, fields: [{ fieldId: 'size', column: 3 }] }

test('a mapping comes back as it was shown, the order of a name’s columns included', () => {
  const targets = toTargets(MAPPING, 5)
  expect(targets).toEqual(['name', 'email', 'name', 'field:size', 'ignore'])
  expect(toMapping(targets, MAPPING.name)).toEqual(MAPPING)
})

test('a detail has one column, a name may have several', () => {
  const targets = toTargets(MAPPING, 5)
  expect(chooseTarget(targets, 4, 'email')).toEqual(['name', 'ignore', 'name', 'field:size', 'email'])
  expect(chooseTarget(targets, 4, 'name').filter((target) => target === 'name')).toHaveLength(3)
})

test('without a name there is no mapping', () => {
  expect(toMapping(['email', 'ignore'])).toBeNull()
})
