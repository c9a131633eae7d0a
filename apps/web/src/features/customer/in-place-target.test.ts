import type { CustomerField } from '@sarai/api'
import { expect, test } from 'vitest'
import { fromText, toPatch } from './in-place-target.ts'

function own(kind: CustomerField['kind']) {
  return { own: { id: 'field', name: 'Field', kind, options: [], required: false, archivedAt: null } }
}

test.each([
  ['text', ' x ', 'x'],
  ['text', ' ', null],
  ['number', '1,250.5', 1250.5],
  ['number', '۱۲٫۵', 12.5],
  ['number', '٤', 4],
  ['number', 'many', 'many'],
  ['number', '1e999', '1e999'],
  ['boolean', 'true', true],
  ['boolean', 'false', false],
  ['boolean', '', null],
  ['date', '2026-03-21', '2026-03-21'],
  ['choice', 'Gold', 'Gold'],
] as const)('in a field of kind %s "%s" means %s', (kind, text, value) => {
  expect(fromText(own(kind), text)).toBe(value)
})

test('a detail and a field of the tenant’s own are sent each in its place', () => {
  expect(toPatch({ detail: 'city' }, null)).toEqual({ city: '' })
  expect(toPatch(own('number'), 3)).toEqual({ fields: { field: 3 } })
})
