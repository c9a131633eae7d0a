import type { ActRun, ConversationMerge, Message } from '@sarai/api'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reduceOutbox } from './outbox.ts'
import { COLLEAGUE, makeMessage, makeMine, makeNewEntry, ME, range, uuid } from './testing-chat.ts'
import { addMessage, listMessages, type Thread } from './thread.ts'
import { buildTimeline, type TimelineItem } from './timeline.ts'

function listBodies(items: TimelineItem[]): string[] {
  return items.flatMap((item) => (item.type === 'message' ? [item.message.body] : []))
}

const EMPTY: Thread = { pages: [{ items: [], nextCursor: null }], pageParams: [null] }

test('under every order of echo, answer and messages of others, each is shown once and in order', () => {
  const mine = [2, 4, 5].map((seq) => makeMine(seq))
  const others = [1, 3, 6].map((seq) => makeMessage(seq))
  const entries = mine.map((message, index) =>
    makeNewEntry(index, { clientId: message.clientId, body: message.body }),
  )
  // An event for each arrival of each message: what others wrote comes once or twice by the stream,
  // what I wrote by the stream, by the answer to the send, and out of the outbox by either.
  const arrivals = [...others, ...others, ...mine, ...mine].map((message) => ({ message }))
  fc.assert(
    fc.property(
      fc.shuffledSubarray(arrivals, { minLength: arrivals.length }),
      fc.array(fc.boolean()),
      (order, settles) => {
        let thread = EMPTY
        let outbox = entries.reduce(
          (all, entry) => reduceOutbox(all, { type: 'written', entry }),
          reduceOutbox([], { type: 'woken' }),
        )
        for (const [index, { message }] of order.entries()) {
          thread = addMessage(thread, message)
          if (settles[index] ?? true)
            outbox = reduceOutbox(outbox, { type: 'settled', clientId: message.clientId })
          const bodies = listBodies(
            buildTimeline({ messages: listMessages(thread), outbox, me: ME, readUpToSeq: null }),
          )
          expect(new Set(bodies).size).toBe(bodies.length)
          for (const { body } of mine) expect(bodies).toContain(body)
        }
        const bodies = listBodies(
          buildTimeline({ messages: listMessages(thread), outbox, me: ME, readUpToSeq: null }),
        )
        expect(bodies).toEqual(range(1, 6).map((seq) => `message ${seq}`))
      },
    ),
  )
})

describe('buildTimeline', () => {
  const base = { outbox: [], me: ME, readUpToSeq: null }

  test('what a rule did stands behind the last message before it, and not above the first that is loaded', () => {
    const messages = range(1, 3).map((seq) =>
      makeMessage(seq, { createdAt: `2026-11-20T10:0${seq}:00.000Z` }),
    )
    const run = (id: string, at: string) => ({ id, at: `2026-11-20T10:0${at}.000Z` }) as ActRun
    const runs = [run('early', '0:30'), run('one', '1:00'), run('two', '1:30'), run('last', '9:00')]
    const keys = buildTimeline({ ...base, messages, runs }).flatMap((item) => {
      if (item.type === 'run') return [item.run.id]
      return item.type === 'message' ? [String(item.message.seq)] : []
    })
    expect(keys).toEqual(['1', 'one', 'two', '2', '3', 'last'])
    expect(buildTimeline({ ...base, messages: [], runs })).toHaveLength(4)
  })

  test('a message keeps its key from being written to being on the server, so nothing flickers', () => {
    const outbox = reduceOutbox([], { type: 'written', entry: makeNewEntry(1) })
    const [before] = buildTimeline({ ...base, messages: [], outbox }).slice(-1)
    const sent = makeMine(1, { clientId: makeNewEntry(1).clientId })
    const [after] = buildTimeline({ ...base, messages: [sent], outbox }).slice(-1)
    expect(after?.key).toBe(before?.key)
  })

  test('each day is announced once', () => {
    const messages = [1, 2, 3].map((seq) =>
      makeMessage(seq, { createdAt: new Date(2026, 0, Math.ceil(seq / 2), 12, seq).toISOString() }),
    )
    expect(buildTimeline({ ...base, messages }).map((item) => item.type)).toEqual([
      'day',
      'message',
      'message',
      'day',
      'message',
    ])
  })

  test('the unread divider stands before the first message of somebody else that was not read', () => {
    const messages = [makeMessage(1), makeMine(2), makeMessage(3), makeMessage(4)]
    const types = buildTimeline({ ...base, messages, readUpToSeq: 1 }).map((item) => item.type)
    expect(types).toEqual(['day', 'message', 'message', 'unread', 'message', 'message'])
    expect(buildTimeline({ ...base, messages, readUpToSeq: 4 }).some((item) => item.type === 'unread')).toBe(
      false,
    )
  })

  test('one author in a row is one group; a note, another author or a long pause begins a new one', () => {
    const at = (minute: number) => new Date(2026, 0, 1, 12, minute).toISOString()
    const messages = [
      makeMessage(1, { createdAt: at(0) }),
      makeMessage(2, { createdAt: at(1) }),
      makeMessage(3, { createdAt: at(20) }),
      makeMine(4, { createdAt: at(21) }),
      makeMine(5, { createdAt: at(21), private: true }),
      makeMine(6, { createdAt: at(22), private: true, authorId: COLLEAGUE.id }),
    ]
    const starts = buildTimeline({ ...base, messages }).flatMap((item) =>
      item.type === 'message' ? [item.startsGroup] : [],
    )
    expect(starts).toEqual([true, false, true, true, true, true])
  })

  test('messages on their way stand after everything that has arrived', () => {
    const outbox = reduceOutbox([], { type: 'written', entry: makeNewEntry(1, { clientId: uuid(9) }) })
    expect(listBodies(buildTimeline({ ...base, messages: [makeMessage(1)], outbox }))).toEqual([
      'message 1',
      'written 1',
    ])
  })
})

describe('a merge', () => {
  const first = makeMessage(1)
  const merge = (mergedAt: string): ConversationMerge => ({
    id: `merge-${mergedAt}`,
    mergedId: uuid(1),
    survivorId: uuid(2),
    subject: null,
    customerName: 'Amina',
    messages: 1,
    mergedByName: 'Amir',
    mergedAt,
    undoUntil: null,
  })
  const typesOf = (isWhole: boolean, messages: readonly Message[], mergedAt: string) =>
    buildTimeline({
      messages,
      outbox: [],
      me: ME,
      readUpToSeq: null,
      merges: [merge(mergedAt)],
      isWhole,
    }).map(({ type }) => type)
  const [before, after] = ['2000-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z']

  test('stands where it happened, in what was still empty before the first message', () => {
    expect(typesOf(true, [first], after)).toEqual(['day', 'message', 'merge'])
    expect(typesOf(true, [first], before)).toEqual(['merge', 'day', 'message'])
    expect(typesOf(true, [], before)).toEqual(['merge'])
  })

  test('is left out while older messages than those that are loaded may stand before it', () => {
    expect(typesOf(false, [first], before)).toEqual(['day', 'message'])
  })
})
