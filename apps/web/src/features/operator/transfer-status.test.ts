import { expect, test } from 'vitest'
import { failureOf, stepOf, transferStateOf } from './transfer-status.ts'

test('one that runs says whether somebody has cancelled it, and whether its process has gone', () => {
  const running = { state: 'running', isCutOff: false, cancelAskedAt: null } as const
  expect(transferStateOf(running)).toBe('running')
  expect(transferStateOf({ ...running, cancelAskedAt: '2026-11-26T10:00:00.000Z' })).toBe('cancelling')
  expect(transferStateOf({ ...running, isCutOff: true, cancelAskedAt: '2026-11-26T10:00:00.000Z' })).toBe(
    'cutOff',
  )
  expect(transferStateOf({ ...running, state: 'done', cancelAskedAt: '2026-11-26T10:00:00.000Z' })).toBe(
    'done',
  )
})

test('words of another version are passed over', () => {
  expect(stepOf({ progress: null })).toBeUndefined()
  expect(stepOf({ progress: { step: 'teleporting', table: null, done: 0, total: null } })).toBeUndefined()
  expect(failureOf({ failure: { code: 'ARCHIVE', message: '' } })).toBe('ARCHIVE')
  expect(failureOf({ failure: { code: 'INTERNAL', message: '' } })).toBe('other')
})
