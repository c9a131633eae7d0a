import { expect, test } from 'vitest'
import { createClaims, type Told } from './claims.ts'
import { LOOKING_MS, PRESENCE_TABS_MAX, PRESENCE_TABS_PER_MEMBER_MAX, WRITING_MS } from './schema.ts'

const PLACE = { conversationId: 'c', customerId: 'k' }

function told(more: Partial<Told> = {}): Told {
  return { userId: 'amina', tabId: 'tab', place: PLACE, doing: 'looking', ...more }
}

/** At a time, when no other process knows anything of the tab. */
const at = (now: number) => ({ now, rivalAt: 0 })

test('who writes and says nothing more only looks after 8 seconds, and is gone after 75', () => {
  const claims = createClaims()
  claims.tell(told({ doing: 'reply' }), at(1_000))
  expect(claims.list(1_000 + WRITING_MS - 1)).toMatchObject([{ doing: 'reply' }])
  expect(claims.list(1_000 + WRITING_MS)).toMatchObject([{ doing: 'looking' }])
  expect(claims.list(1_000 + LOOKING_MS - 1)).toHaveLength(1)
  expect(claims.list(1_000 + LOOKING_MS)).toEqual([])
})

test('saying the same again keeps it alive and changes nothing that others would have to be told', () => {
  const claims = createClaims()
  claims.tell(told(), at(1_000))
  const before = claims.list(1_000)
  claims.tell(told(), at(60_000))
  expect(claims.list(60_000)).toEqual(before)
  expect(claims.list(1_000 + LOOKING_MS)).toEqual(before)
})

test('a tab that comes back to this process is right again, whatever the clock of the other says', () => {
  const claims = createClaims()
  claims.tell(told(), at(1_000))
  claims.tell(told(), { now: 2_000, rivalAt: 9_000 })
  expect(claims.list(2_000)).toMatchObject([{ at: 9_001 }])
})

test('of one member 20 tabs are kept and of a tenant 2,000, those that said something last', () => {
  const claims = createClaims()
  for (let tab = 0; tab <= PRESENCE_TABS_PER_MEMBER_MAX; tab++) claims.tell(told({ tabId: `${tab}` }), at(1))
  const own = claims.list(1).map(({ tabId }) => tabId)
  expect(own).toHaveLength(PRESENCE_TABS_PER_MEMBER_MAX)
  expect(own).not.toContain('0')
  for (let person = 0; person < PRESENCE_TABS_MAX; person++) claims.tell(told({ userId: `${person}` }), at(1))
  expect(claims.size).toBe(PRESENCE_TABS_MAX)
  expect(claims.list(1).some(({ userId }) => userId === 'amina')).toBe(false)
})
