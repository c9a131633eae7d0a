import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { askSoon, isMoved } from './count-refresh.ts'
import { COLLEAGUE, makeConversation } from './testing-chat.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a burst is one question, and the next burst another', () => {
  const ask = vi.fn<() => void>()
  const owner = {}
  for (let count = 0; count < 20; count++) askSoon(owner, ask)
  vi.runAllTimers()
  expect(ask).toHaveBeenCalledTimes(1)
  askSoon(owner, ask)
  askSoon({}, ask)
  vi.runAllTimers()
  expect(ask).toHaveBeenCalledTimes(3)
})

test('only what moves a conversation from list to list, or was not known, is a reason to count', () => {
  const before = makeConversation(1, { waitingSince: '2026-11-26T09:00:00.000Z', labelIds: ['b', 'a'] })
  const said = { lastSeq: 11, lastMessagePreview: 'more', waitingSince: '2026-11-26T09:01:00.000Z' }
  expect(isMoved({ ...before, ...said, labelIds: ['a', 'b'] }, before)).toBe(false)
  for (const moved of [
    { waitingSince: null },
    { assigneeId: COLLEAGUE.id },
    { teamId: COLLEAGUE.id },
    { status: 'resolved' as const },
    { priority: 'high' as const },
    { labelIds: ['a'] },
  ])
    expect(isMoved({ ...before, ...moved }, before)).toBe(true)
  expect(isMoved(before, undefined)).toBe(true)
})
