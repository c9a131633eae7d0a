import { expect, test } from 'vitest'
import { readOutcome } from './upload-archive.ts'

const refused = (code: string, details?: object) =>
  readOutcome(400, JSON.stringify({ error: { code, details } }))

test('what the server refuses is said where it is about, or in words', () => {
  expect(readOutcome(201, '{}')).toEqual({ begun: true })
  expect(refused('TENANT_EXISTS')).toEqual({ refusal: { field: 'intoKey' } })
  expect(refused('NOT_FOUND')).toEqual({ refusal: { field: 'ownerEmail' } })
  expect(refused('TOO_LARGE')).toEqual({ refusal: { text: 'tooLarge' } })
  expect(refused('CONFLICT', { reason: 'same-key' })).toEqual({ refusal: { text: 'sameKey' } })
  expect(refused('CONFLICT', { reason: 'too-many' })).toEqual({ refusal: { text: 'tooMany' } })
})

test('an answer of something in between is no reason to fall over', () => {
  expect(readOutcome(502, '<html>')).toEqual({ refusal: { text: 'failed' } })
})
