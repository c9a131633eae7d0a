import type { Message } from '@sarai/api'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeMessage, makeMine, range } from './testing-chat.ts'
import {
  addMessage,
  appendPages,
  keepNewest,
  lastContiguousSeq,
  listMessages,
  type MessagePage,
  type Thread,
  uniteThreads,
} from './thread.ts'

/** The thread as a client has it that loaded pages of `size`, the newest ending at `last`. */
function makeThread(last: number, size: number, pagesLoaded: number): Thread {
  const pages = range(0, pagesLoaded - 1).flatMap((page) => {
    const to = last - page * size
    const from = Math.max(1, to - size + 1)
    if (to < 1) return []
    return [{ items: range(from, to).map((seq) => makeMessage(seq)), nextCursor: from > 1 ? from : null }]
  })
  const shown = pages.length === 0 ? [{ items: [], nextCursor: null }] : pages
  return {
    pages: shown,
    pageParams: [null, ...shown.slice(1).map((_, index) => shown[index]?.nextCursor ?? null)],
  }
}

function seqs(thread: Thread): number[] {
  return listMessages(thread).map((message) => message.seq)
}

describe('addMessage', () => {
  test('new messages in any order and any number of times end up once each, in order', () => {
    const order = fc.shuffledSubarray(range(11, 30), { minLength: 20 })
    const repeats = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 20 })
    fc.assert(
      fc.property(order, repeats, (arrivals, again) => {
        const all = [...arrivals, ...again].map((seq) => makeMessage(seq))
        expect(seqs(all.reduce(addMessage, makeThread(10, 5, 2)))).toEqual(range(1, 30))
      }),
    )
  })

  test('a message that is there leaves the thread untouched, to the same reference', () => {
    const thread = makeThread(10, 5, 2)
    expect(addMessage(thread, makeMessage(7))).toBe(thread)
  })

  test('a message with a known clientId is not added again under another number', () => {
    const thread = makeThread(10, 5, 1)
    expect(addMessage(thread, { ...makeMessage(11), clientId: makeMessage(10).clientId })).toBe(thread)
  })

  test('a message older than the loaded pages is left to its page, so that no gap is hidden', () => {
    const thread = makeThread(20, 5, 1)
    expect(addMessage(thread, makeMessage(3))).toBe(thread)
  })

  test('the first message of an empty conversation is shown', () => {
    expect(seqs(addMessage(makeThread(0, 5, 1), makeMessage(1)))).toEqual([1])
  })
})

describe('uniteThreads', () => {
  test('what arrived live during a fetch survives its older answer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 6 }), (loaded, arrived) => {
        const fetched = makeThread(loaded, 5, 3)
        const before = range(loaded + 1, loaded + arrived)
          .map((seq) => makeMessage(seq))
          .reduce(addMessage, fetched)
        expect(seqs(uniteThreads(before, fetched))).toEqual(range(1, loaded + arrived))
      }),
    )
  })

  test('after a long absence the old tail is dropped rather than shown above a gap', () => {
    expect(seqs(uniteThreads(makeThread(20, 5, 1), makeThread(100, 5, 1)))).toEqual(range(96, 100))
  })

  test('an older page that arrives keeps the newest messages at the end', () => {
    const live = addMessage(makeThread(20, 5, 1), makeMessage(21))
    expect(seqs(uniteThreads(live, makeThread(20, 5, 2)))).toEqual(range(11, 21))
  })
})

describe('lastContiguousSeq', () => {
  test('stops before a gap, because what is missing may be an answer of somebody else', () => {
    expect(lastContiguousSeq([4, 5, 7].map((seq) => makeMessage(seq)))).toBe(5)
    expect(lastContiguousSeq([4, 5, 6].map((seq) => makeMessage(seq)))).toBe(6)
    expect(lastContiguousSeq([])).toBe(0)
  })
})

test('the latest revision of a message is shown, whatever comes first: its change, its echo or an older answer', () => {
  const sent = makeMine(2)
  const edited = { ...sent, body: 'edited', revision: 1, editedAt: sent.createdAt }
  const deleted = { ...sent, body: '', revision: 2, deletedAt: sent.createdAt }
  const page = (...items: Message[]): Thread => ({ pages: [{ items, nextCursor: null }], pageParams: [null] })
  const first = makeMessage(1)
  fc.assert(
    fc.property(fc.shuffledSubarray([sent, edited, deleted, sent, edited], { minLength: 5 }), (order) => {
      expect(listMessages(order.reduce(addMessage, page(first)))).toEqual([first, deleted])
    }),
  )
  expect(listMessages(uniteThreads(page(first, edited), page(first, sent)))).toEqual([first, edited])
  expect(listMessages(uniteThreads(page(first, edited), page(first, deleted)))).toEqual([first, deleted])
})

describe('pages that were fetched far back', () => {
  const page = (from: number, to: number): MessagePage => ({
    items: range(from, to).map((seq) => makeMessage(seq)),
    nextCursor: from === 1 ? null : from,
  })
  const loaded: Thread = { pages: [page(7, 9)], pageParams: [null] }
  const older = { cursors: [7, 4], pages: [page(4, 6), page(1, 3)] }

  test('stand behind what is loaded, in order', () => {
    const thread = appendPages(loaded, older)
    expect(listMessages(thread).map(({ seq }) => seq)).toEqual(range(1, 9))
    expect(thread.pageParams).toEqual([null, 7, 4])
  })

  test('are left out if others have come there meanwhile', () => {
    const scrolled = appendPages(loaded, { cursors: [7], pages: [page(5, 6)] })
    expect(appendPages(scrolled, older)).toBe(scrolled)
  })

  test('are forgotten but for the newest', () => {
    const thread = appendPages(loaded, older)
    expect(listMessages(keepNewest(thread, 2)).map(({ seq }) => seq)).toEqual(range(4, 9))
    expect(keepNewest(thread, 3)).toBe(thread)
  })
})
