import { expect, test } from 'vitest'
import {
  ChangesInput,
  fillIn,
  listUnfilled,
  MESSAGE_BODY_LENGTH_MAX,
  MessageBody,
  messageLengthLeft,
  SetConversationStatusInput,
} from './schema.ts'

const accepts = (body: string) => MessageBody.safeParse(body).success
const message = (body: string) => MessageBody.safeParse(body).error?.issues[0]?.message

test('a message may have as many characters as the limit, whatever they take in bytes', () => {
  for (const character of ['a', 'ی', '字', '🙂']) {
    expect(accepts(character.repeat(MESSAGE_BODY_LENGTH_MAX))).toBe(true)
    expect(accepts(character.repeat(MESSAGE_BODY_LENGTH_MAX + 1))).toBe(false)
  }
})

test('one character too many is said in words', () => {
  expect(message('a'.repeat(MESSAGE_BODY_LENGTH_MAX + 1))).toBe('A message has at most 10000 characters.')
  expect(message('a'.repeat(5 * MESSAGE_BODY_LENGTH_MAX))).toBe('A message has at most 10000 characters.')
})

test('the longest message fits into TEXT', () => {
  expect(Buffer.byteLength('🙂'.repeat(MESSAGE_BODY_LENGTH_MAX))).toBeLessThanOrEqual(65_535)
})

test('what is left to write counts as the limit does', () => {
  expect(messageLengthLeft('')).toBe(MESSAGE_BODY_LENGTH_MAX)
  expect(messageLengthLeft('🙂ab')).toBe(MESSAGE_BODY_LENGTH_MAX - 3)
})

test('a message of nothing but space is refused', () => {
  expect(message(' \n\t ')).toBe('Write something first.')
})

test('NUL and half surrogate pairs are refused and never stored as something else', () => {
  for (const body of ['a\0b', '\u{D83D}', 'a\u{DE00}b']) {
    expect(message(body)).toBe('This text contains characters that cannot be saved. Type it again.')
  }
  expect(accepts('🙂 👨‍👩‍👧 \u{FFFD}')).toBe(true)
})

test('until when is said for a snooze and for nothing else', () => {
  const id = '01990000-0000-7000-8000-000000000000'
  const snoozedUntil = '2027-01-01T00:00:00.000Z'
  expect(SetConversationStatusInput.safeParse({ id, status: 'snoozed' }).success).toBe(false)
  expect(SetConversationStatusInput.safeParse({ id, status: 'open', snoozedUntil }).success).toBe(false)
  expect(SetConversationStatusInput.safeParse({ id, status: 'snoozed', snoozedUntil }).success).toBe(true)
})

test('a stream needs no input, and takes only an id that it can have given out', () => {
  for (const input of [
    undefined,
    {},
    { lastEventId: null },
    { lastEventId: '0' },
    { lastEventId: '999999999999999' },
  ]) {
    expect(ChangesInput.safeParse(input).success).toBe(true)
  }
  for (const lastEventId of ['', '-1', '1.5', '1e3', 'x', '9999999999999999']) {
    expect(ChangesInput.safeParse({ lastEventId }).success).toBe(false)
  }
})

test('the places of a canned reply are filled in, and what nobody knows stays and is named', () => {
  const body = 'Dear {{customer.name}}, {{ agent.name }} of {{tenant.name}}. {{customer.company}} {{other}}'
  const filled = fillIn(body, {
    'customer.name': 'Amina {{agent.name}}',
    'agent.name': 'Bilal',
    'tenant.name': 'Rabin',
    'customer.company': null,
  })
  expect(filled).toBe('Dear Amina {{agent.name}}, Bilal of Rabin. {{customer.company}} {{other}}')
  expect(listUnfilled('{{customer.company}} and {{ customer.company }} and {{other}}')).toEqual([
    'customer.company',
  ])
  expect(listUnfilled('nothing { here }')).toEqual([])
})
