import type { MergePreview } from '@sarai/api'
import { expect, test } from 'vitest'
import { toMergeInput } from './merge-choices.ts'

test('whose value it is counts from who stays, whoever was shown first', () => {
  const customers = ['a', 'b', 'c'].map((id, at) => ({ id, version: at + 1 })) as MergePreview['customers']
  const details = { name: 0, email: 1, phone: 2, company: 1, city: 0, about: 1, owner: 2 }
  expect(toMergeInput({ customers }, { survivor: 1, details, fields: { size: 2 } })).toEqual({
    survivorId: 'b',
    survivorVersion: 2,
    merged: [
      { id: 'a', version: 1 },
      { id: 'c', version: 3 },
    ],
    details: { name: 1, email: 0, phone: 2, company: 0, city: 1, about: 0, owner: 2 },
    fields: { size: 2 },
  })
})
