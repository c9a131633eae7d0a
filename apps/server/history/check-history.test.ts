import { expect, test } from 'vitest'
import { checkHistory, type Finding, type History, type KnownMessage } from './check-history.ts'

const message = (seq: number, tenantKey = 'rabin'): KnownMessage => ({
  tenantKey,
  conversationId: `conversation of ${tenantKey}`,
  clientId: `client-${tenantKey}-${seq}`,
  seq,
})
const hear = (...messages: KnownMessage[]) =>
  messages.map((heard, at) => ({ ...heard, eventId: 10 * (at + 1) }))

const THREE = [message(1), message(2), message(3)]
const FOREIGN = message(1, 'zaitoon')

/** Three messages of one tenant and one of another, each heard by everybody who should. */
function makeHistory(overrides: Partial<History> = {}): History {
  return {
    acknowledged: [...THREE, FOREIGN],
    stored: [...THREE, FOREIGN],
    readers: [
      { name: 'a', tenantKey: 'rabin', heard: hear(...THREE), resets: 0 },
      { name: 'b', tenantKey: 'zaitoon', heard: hear(FOREIGN), resets: 0 },
    ],
    ...overrides,
  }
}

function check(heard: KnownMessage[], overrides: Partial<History> = {}): Finding['kind'][] {
  const readers = [{ name: 'a', tenantKey: 'rabin', heard: hear(...heard), resets: 0 }]
  return [...new Set(checkHistory(makeHistory({ readers, ...overrides })).map(({ kind }) => kind))]
}

test('a history in which everything is right has no findings', () => {
  expect(checkHistory(makeHistory())).toEqual([])
})

test('a message that a reader never heard is lost', () => {
  expect(check(THREE.slice(0, 2))).toEqual(['lost'])
})

test('a message lost in the middle is lost, and the next one out of order', () => {
  expect(check([message(1), message(3)])).toEqual(['lost', 'reordered'])
})

test('an acknowledged message that the database does not have is lost, though all readers agree', () => {
  expect(check(THREE.slice(0, 2), { stored: [...THREE.slice(0, 2), FOREIGN] })).toEqual(['lost'])
})

test('a message that a reader heard twice is doubled', () => {
  expect(check([...THREE, message(3)])).toContain('doubled')
})

test('a message that is stored twice under one client id is doubled, though all readers agree', () => {
  const again = { ...message(3), seq: 4 }
  expect(check([...THREE, again], { stored: [...THREE, again, FOREIGN] })).toEqual(['doubled'])
})

test('messages heard in another order are reordered', () => {
  expect(check([message(2), message(1), message(3)])).toEqual(['reordered'])
})

test('an event whose number does not grow is reordered, though its message is the next', () => {
  const heard = hear(...THREE).map((one) => ({ ...one, eventId: 5 }))
  const readers = [{ name: 'a', tenantKey: 'rabin', heard, resets: 0 }]
  expect(checkHistory(makeHistory({ readers })).map(({ kind }) => kind)).toEqual(['reordered', 'reordered'])
})

test('a message of the other tenant is foreign, whatever else is right', () => {
  expect(check([...THREE, FOREIGN])).toEqual(['foreign'])
})

test('a message that nobody stored is invented', () => {
  expect(check([...THREE, message(4)])).toEqual(['invented'])
})

test('a reader that was told to begin again may have missed something', () => {
  const readers = [{ name: 'a', tenantKey: 'rabin', heard: hear(...THREE), resets: 1 }]
  expect(checkHistory(makeHistory({ readers })).map(({ kind }) => kind)).toEqual(['reset'])
})

test('what was sent and never acknowledged may be there, but then for all', () => {
  const stored = [...THREE, message(4), FOREIGN]
  expect(check([...THREE, message(4)], { stored })).toEqual([])
  expect(check(THREE, { stored })).toEqual(['lost'])
})
