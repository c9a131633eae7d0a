import { LOOKING_SAY_MS, WRITING_MS, WRITING_SAY_MS } from '@sarai/api/presence/schema'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPresenceTeller, LOOK_MS, type Word } from './presence-teller.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function open(answer: () => Promise<unknown> = async () => undefined) {
  const said: Word[] = []
  const teller = createPresenceTeller((word) => {
    said.push(word)
    return answer()
  })
  return { teller, said, doings: () => said.map(({ doing }) => doing) }
}

test('typing says so at once, then every four seconds at most, and that it has stopped', async () => {
  const { teller, doings } = open()
  teller.show('c')
  await vi.advanceTimersByTimeAsync(0)
  const keys = 60
  for (let key = 0; key < keys; key++) {
    teller.write('reply')
    await vi.advanceTimersByTimeAsync(200)
  }
  const writing = doings().filter((doing) => doing === 'reply').length
  expect(writing).toBeGreaterThan(1)
  expect(writing).toBeLessThanOrEqual(1 + (keys * 200) / WRITING_SAY_MS)
  expect(doings().at(-1)).toBe('reply')
  await vi.advanceTimersByTimeAsync(WRITING_MS + LOOK_MS)
  expect(doings().at(-1)).toBe('looking')
})

test('who only looks says so every half minute', async () => {
  const { teller, said } = open()
  teller.show('c')
  await vi.advanceTimersByTimeAsync(3 * LOOKING_SAY_MS + LOOK_MS)
  expect(said).toEqual(Array(4).fill({ conversationId: 'c', doing: 'looking' }))
})

test('words go out one after the other, and of those that wait only the newest', async () => {
  const bells: (() => void)[] = []
  const { teller, said } = open(() => new Promise<void>((resolve) => bells.push(resolve)))
  for (const id of ['a', 'b', 'c']) teller.show(id)
  expect(said.map(({ conversationId }) => conversationId)).toEqual(['a'])
  bells[0]?.()
  await vi.advanceTimersByTimeAsync(0)
  expect(said.map(({ conversationId }) => conversationId)).toEqual(['a', 'c'])
})

test('a page that is closed says so even while another word is on its way, and nothing after it', async () => {
  const { teller, said } = open(() => new Promise(() => undefined))
  teller.show('c')
  teller.leave()
  await vi.advanceTimersByTimeAsync(2 * LOOKING_SAY_MS)
  expect(said.map(({ conversationId }) => conversationId)).toEqual(['c', null])
})

test('a word that does not arrive is not repeated, the next one is said in its time', async () => {
  const { teller, said } = open(() => Promise.reject(new TypeError('offline')))
  teller.show('c')
  await vi.advanceTimersByTimeAsync(LOOKING_SAY_MS - LOOK_MS)
  expect(said).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(2 * LOOK_MS)
  expect(said).toHaveLength(2)
})
