import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PRESENCE_BEAT_MS } from './board-table.ts'
import type { Told } from './claims.ts'
import type { Board } from './merge-boards.ts'
import type { PresenceNews } from './model.ts'
import { HERE_GRACE_MS, PRESENCE_GATHER_MS, PRESENCE_TICK_MS, PresenceRoom } from './presence-room.ts'

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => vi.useRealTimers())

function openRoom({ save = async () => undefined }: { save?: (board: Board) => Promise<void> } = {}) {
  const saved: Board[] = []
  const calls = { forgotten: 0, news: 0, empty: 0 }
  const room = new PresenceRoom({
    save: (board) => {
      saved.push(board)
      return save(board)
    },
    forget: async () => void calls.forgotten++,
    onNews: () => calls.news++,
    onEmpty: () => calls.empty++,
  })
  return { room, saved, calls }
}

function told(userId: string, more: Partial<Told> = {}): Told {
  const place = { conversationId: 'c', customerId: 'k' }
  return { userId, tabId: `tab of ${userId}`, place, doing: 'looking', ...more }
}

function read(bytes: Uint8Array): PresenceNews {
  const [, data = ''] = /^data: (.*)$/m.exec(Buffer.from(bytes).toString()) ?? []
  return JSON.parse(data) as PresenceNews
}

function lookers(room: PresenceRoom): string[] {
  return read(room.framesAfter(0)).places.flatMap(({ people }) => people.map(({ userId }) => userId))
}

test('one board a second at most is written, however much people type, and one every 10 seconds otherwise', async () => {
  const { room, saved } = openRoom()
  room.join('amina')
  for (let key = 0; key < 100; key++) {
    room.tell(told('amina', { doing: key % 2 === 0 ? 'reply' : 'note' }))
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(saved.length).toBeGreaterThan(1)
  expect(saved.length).toBeLessThanOrEqual(10)
  await vi.advanceTimersByTimeAsync(10_000)
  const before = saved.length
  await vi.advanceTimersByTimeAsync(3 * PRESENCE_BEAT_MS)
  expect(saved.length - before).toBe(3)
})

test('who is behind by one is told what has changed, who is behind by more or new the whole', async () => {
  const { room, calls } = openRoom()
  room.join('amina')
  room.join('bilal')
  room.tell(told('amina'))
  await vi.advanceTimersByTimeAsync(PRESENCE_GATHER_MS)
  const { version } = room
  room.tell(told('bilal'))
  await vi.advanceTimersByTimeAsync(PRESENCE_GATHER_MS)
  expect(calls.news).toBe(2)
  expect(read(room.framesAfter(version)).isWhole).toBeUndefined()
  expect(room.framesAfter(version)).toBe(room.framesAfter(version))
  expect(read(room.framesAfter(version - 1)).isWhole).toBe(true)
  expect(lookers(room)).toEqual(['amina', 'bilal'])
})

test('who closes the browser is gone within seconds, who loses the stream for a moment is not', async () => {
  const { room } = openRoom()
  room.join('bilal')
  const leave = room.join('amina')
  room.tell(told('amina'))
  await vi.advanceTimersByTimeAsync(PRESENCE_TICK_MS)
  leave()
  await vi.advanceTimersByTimeAsync(HERE_GRACE_MS - PRESENCE_TICK_MS)
  const leaveAgain = room.join('amina')
  await vi.advanceTimersByTimeAsync(3 * HERE_GRACE_MS)
  expect(lookers(room)).toEqual(['amina'])
  leaveAgain()
  await vi.advanceTimersByTimeAsync(HERE_GRACE_MS + PRESENCE_TICK_MS)
  expect(lookers(room)).toEqual([])
})

test('a room in which nobody is takes its board away and leaves no timer', async () => {
  const { room, calls } = openRoom()
  const leave = room.join('amina')
  await vi.advanceTimersByTimeAsync(PRESENCE_TICK_MS)
  leave()
  await vi.advanceTimersByTimeAsync(HERE_GRACE_MS + 2 * PRESENCE_TICK_MS)
  expect(calls).toMatchObject({ forgotten: 1, empty: 1 })
  expect(vi.getTimerCount()).toBe(0)
})

test('a database that cannot be written to is asked again ten seconds later, and everybody here is told all the same', async () => {
  const { room, saved, calls } = openRoom({ save: () => Promise.reject(new Error('away')) })
  room.join('amina')
  room.tell(told('amina'))
  await vi.advanceTimersByTimeAsync(PRESENCE_BEAT_MS)
  expect(saved).toHaveLength(1)
  expect(calls.news).toBe(1)
  await vi.advanceTimersByTimeAsync(PRESENCE_BEAT_MS)
  expect(saved).toHaveLength(2)
})

test('what another process says is told here, and a tab that was there comes back by telling this one', async () => {
  const { room } = openRoom()
  room.join('bilal')
  const elsewhere = { ...told('amina'), at: Date.now() + 5_000 }
  room.hear([{ here: ['amina'], claims: [elsewhere] }])
  await vi.advanceTimersByTimeAsync(PRESENCE_GATHER_MS)
  expect(lookers(room)).toEqual(['amina'])
  room.tell(told('amina', { place: null }))
  await vi.advanceTimersByTimeAsync(PRESENCE_GATHER_MS)
  expect(lookers(room)).toEqual([])
})
