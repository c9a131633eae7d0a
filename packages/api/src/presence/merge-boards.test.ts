import { expect, test } from 'vitest'
import type { Claim } from './claims.ts'
import { type Board, mergeBoards, newsBetween, NOBODY, wholeNews } from './merge-boards.ts'

function claim(userId: string, conversationId: string | null, more: Partial<Claim> = {}): Claim {
  const place = conversationId === null ? null : { conversationId, customerId: 'k' }
  return { userId, tabId: `tab of ${userId}`, place, doing: 'looking', at: 1, ...more }
}

function board(claims: Claim[], here = claims.map(({ userId }) => userId)): Board {
  return { here, claims }
}

function peopleAt(boards: Board[], conversationId = 'c') {
  return mergeBoards(boards).places.get(conversationId)?.people ?? []
}

test('a person with several tabs and processes is there once, doing the most that they do anywhere', () => {
  const boards = [
    board([claim('amina', 'c'), claim('amina', 'c', { tabId: 'second', doing: 'note' })]),
    board([claim('amina', 'c', { tabId: 'third', doing: 'reply' }), claim('bilal', 'c')]),
  ]
  expect(peopleAt(boards)).toEqual([
    { userId: 'amina', doing: 'reply' },
    { userId: 'bilal', doing: 'looking' },
  ])
})

test('a tab that told one process and then another is where it was told last', () => {
  const boards = [board([claim('amina', 'c', { at: 5 })]), board([claim('amina', 'd', { at: 7 })])]
  expect(peopleAt(boards, 'c')).toEqual([])
  expect(peopleAt(boards, 'd')).toHaveLength(1)
  const left = [...boards, board([claim('amina', null, { at: 9 })])]
  expect(mergeBoards(left).places.size).toBe(0)
})

test('who has no stream in any process is nowhere, whatever their tabs have said', () => {
  expect(peopleAt([board([claim('amina', 'c')], [])])).toEqual([])
  expect(peopleAt([board([claim('amina', 'c')], []), board([], ['amina'])])).toHaveLength(1)
})

test('only what has changed is told, and what has not changed to nobody', () => {
  const first = mergeBoards([board([claim('amina', 'c'), claim('bilal', 'd')])])
  const second = mergeBoards([board([claim('amina', 'c', { doing: 'reply' }), claim('bilal', null)])])
  expect(newsBetween(first, first)).toBeUndefined()
  expect(newsBetween(first, second)).toEqual({
    places: [
      { conversationId: 'c', customerId: 'k', people: [{ userId: 'amina', doing: 'reply' }] },
      { conversationId: 'd', customerId: 'k', people: [] },
    ],
  })
  expect(newsBetween(NOBODY, first)).toEqual({
    here: ['amina', 'bilal'],
    places: wholeNews(first).places,
  })
})
