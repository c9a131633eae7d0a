import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listItems } from '../../lib/paged-list.ts'
import {
  applyConversation,
  type ConversationChange,
  type ConversationFilter,
  type ConversationList,
  toRead,
  withReadState,
} from './conversation-lists.ts'
import { COLLEAGUE, makeConversation, makeMessage, makeMine, ME, range } from './testing-chat.ts'

const later = (number: number, overrides = {}) =>
  makeConversation(number, { updatedAt: new Date(Date.UTC(2026, 11, 1)).toISOString(), ...overrides })

function makeList(numbers: number[], nextCursor: string | null = null): ConversationList {
  return {
    pages: [{ items: numbers.map((number) => makeConversation(number)), nextCursor }],
    pageParams: [null],
  }
}

function apply(filter: ConversationFilter, item = later(2), list = makeList([3, 2, 1])): string[] {
  const applied = applyConversation(list, item, { filter, userId: ME.id })
  return listItems(applied).map((conversation) => conversation.customerName)
}

function makeChange(message = makeMessage(11), conversation = makeConversation(1)): ConversationChange {
  const { lastReadSeq: _, unread: __, ...shared } = conversation
  const at = message.createdAt
  return {
    kind: 'message.created',
    entityId: message.id,
    seq: 1,
    at,
    message,
    conversation: { ...shared, lastSeq: message.seq, updatedAt: at },
  }
}

describe('applyConversation', () => {
  test('what has just happened comes to the top, once', () => {
    expect(apply({})).toEqual(['Customer 2', 'Customer 3', 'Customer 1'])
  })

  test('each box and filter lets go of what no longer belongs, and takes what does', () => {
    expect(apply({ box: 'unassigned' }, later(2, { assigneeId: COLLEAGUE.id }))).toEqual([
      'Customer 3',
      'Customer 1',
    ])
    expect(apply({ box: 'mine' }, later(9, { assigneeId: ME.id }), makeList([]))).toEqual(['Customer 9'])
    expect(apply({ box: 'mine' }, later(9, { assigneeId: COLLEAGUE.id }), makeList([]))).toEqual([])
    expect(apply({}, later(2, { mergedInto: makeConversation(1).id }))).toEqual(['Customer 3', 'Customer 1'])
    expect(apply({ status: 'open' }, later(2, { status: 'resolved' }))).toEqual(['Customer 3', 'Customer 1'])
    expect(apply({ status: 'resolved' }, later(2, { status: 'resolved' }), makeList([]))).toEqual([
      'Customer 2',
    ])
    expect(apply({ customerId: makeConversation(1).customerId }, later(2), makeList([]))).toEqual([])
    expect(apply({ waiting: true }, later(2), makeList([2]))).toEqual([])
    expect(apply({ assigneeId: ME.id }, later(2, { assigneeId: COLLEAGUE.id }), makeList([2]))).toEqual([])
  })

  test('a label and a priority let go of what lost them and take what got them; the most urgent comes first', () => {
    const labelId = makeConversation(7).id
    const labelled = later(9, { labelIds: [labelId], priority: 'high' })
    expect(apply({ labelId }, labelled, makeList([]))).toEqual(['Customer 9'])
    expect(apply({ labelId }, later(3), makeList([3]))).toEqual([])
    expect(apply({ priority: 'high' }, labelled, makeList([]))).toEqual(['Customer 9'])
    expect(apply({ teamId: labelId }, later(3, { teamId: labelId }), makeList([]))).toEqual(['Customer 3'])
    expect(apply({ teamId: labelId }, later(3), makeList([3]))).toEqual([])
    expect(apply({ priority: 'low' }, labelled, makeList([9]))).toEqual([])
    const old = makeConversation(1, { priority: 'urgent' })
    expect(apply({ sort: 'priority' }, old)).toEqual(['Customer 1', 'Customer 3', 'Customer 2'])
  })

  test('a list of a period keeps what it has and takes nothing new: only the server knows what lay in it', () => {
    const during = { moment: 'resolved' as const, from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }
    expect(apply({ during }, later(9), makeList([3]))).toEqual(['Customer 3'])
    expect(apply({ during }, later(3), makeList([3]))).toEqual(['Customer 3'])
  })

  test('a searched list keeps its order and takes nothing that the server did not find', () => {
    expect(apply({ search: 'x' })).toEqual(['Customer 3', 'Customer 2', 'Customer 1'])
    expect(apply({ search: 'x' }, later(9))).toEqual(['Customer 3', 'Customer 2', 'Customer 1'])
  })

  test('news that is older than what is known changes nothing', () => {
    const list = makeList([3, 2, 1])
    const older = makeConversation(2, { lastSeq: 9 })
    expect(applyConversation(list, older, { filter: {}, userId: ME.id })).toBe(list)
  })

  test('whatever order changes arrive in, the list is the last active first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 })), (numbers) => {
        const list = numbers.reduce(
          (all, number) => applyConversation(all, makeConversation(number), { filter: {}, userId: ME.id }),
          makeList([]),
        )
        const expected = [...new Set(numbers)].toSorted((one, other) => other - one)
        expect(listItems(list).map((item) => item.customerName)).toEqual(
          expected.map((number) => `Customer ${number}`),
        )
      }),
    )
  })
})

describe('unread', () => {
  test('counts what others write, once however often it is told, and not what I write', () => {
    const known = makeConversation(1)
    const once = withReadState(makeChange(), known, ME.id)
    expect(once).toMatchObject({ unread: 1, lastReadSeq: 10, lastSeq: 11 })
    expect(withReadState(makeChange(), once, ME.id)?.unread).toBe(1)
    expect(withReadState(makeChange(makeMine(11)), known, ME.id)?.unread).toBe(0)
  })

  test('a new conversation has nothing read; an unknown old one is not guessed at', () => {
    expect(withReadState(makeChange(makeMessage(1)), undefined, ME.id)).toMatchObject({
      unread: 1,
      lastReadSeq: 0,
    })
    expect(withReadState(makeChange(makeMessage(11)), undefined, ME.id)).toBeUndefined()
  })

  test('reading to the end leaves nothing, and never moves back', () => {
    const behind = makeConversation(1, { lastReadSeq: 4, unread: 5 })
    expect(toRead(behind, 10)).toMatchObject({ unread: 0, lastReadSeq: 10 })
    expect(toRead(behind, 8)).toMatchObject({ unread: 2, lastReadSeq: 8 })
    expect(toRead(behind, 3)).toBe(behind)
    expect(range(1, 3).reduce(toRead, behind)).toBe(behind)
  })
})
