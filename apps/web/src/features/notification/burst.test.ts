import { expect, test } from 'vitest'
import { BURST_GAP_MS, Bursts } from './burst.ts'
import type { Notice } from './to-notice.ts'

const notice = (conversationId: string): Notice => ({
  kind: 'mine',
  conversationId,
  customerName: conversationId,
  text: null,
})

test('ten messages in a row are one burst, with one sound', () => {
  const bursts = new Bursts()
  const said = Array.from({ length: 10 }, (_, at) => bursts.add(notice(at < 7 ? 'a' : 'b'), at * 1_000))
  expect(said.filter(({ isNew }) => isNew)).toHaveLength(1)
  expect(said.at(-1)).toMatchObject({ count: 10, conversations: 2, latest: { conversationId: 'b' } })
})

test('after a pause, or when the last was seen, it begins anew', () => {
  const bursts = new Bursts()
  bursts.add(notice('a'), 0)
  expect(bursts.add(notice('a'), BURST_GAP_MS)).toMatchObject({ isNew: false, count: 2 })
  expect(bursts.add(notice('a'), 2 * BURST_GAP_MS + 1)).toMatchObject({ isNew: true, count: 1 })
  bursts.clear()
  expect(bursts.add(notice('a'), 2 * BURST_GAP_MS + 2)).toMatchObject({ isNew: true, count: 1 })
})
