import { expect, test } from 'vitest'
import { findTrigger, listMentioned, replaceTrigger } from './composer-trigger.ts'

const note = (body: string) => ({ body, private: true })
const find = (body: string) => findTrigger(note(body), body.length)

test.each([
  ['@', ''],
  ['Ask @bil', 'bil'],
  ['(@bilal ah', 'bilal ah'],
  ['پوچھیں @علی', 'علی'],
  ['line\n@s', 's'],
])('“%s” looks for “%s”', (body, query) => {
  expect(find(body)).toMatchObject({ kind: 'mention', query, to: body.length })
})

test.each(['me@example.test', '@bilal ', '@bilal\n', `@${'x'.repeat(62)}`, 'no sign'])(
  '“%s” looks for nobody',
  (body) => {
    expect(find(body)).toBeNull()
  },
)

test('a canned reply is looked for behind a slash that begins a word, in a reply and in a note', () => {
  for (const isNote of [true, false]) {
    const look = (body: string) => findTrigger({ body, private: isNote }, body.length)
    expect(look('Salaam\n/شک')).toEqual({ kind: 'canned', query: 'شک', from: 7, to: 10 })
    expect(look('/')).toMatchObject({ query: '' })
    for (const body of ['and/or', 'https://', '/two words', '9/5']) expect(look(body)).toBeNull()
  }
})

test('a canned reply takes the place of its shortcut alone', () => {
  const trigger = { kind: 'canned' as const, query: 'th', from: 0, to: 3 }
  expect(replaceTrigger('/th', trigger, 'Thanks')).toEqual({ body: 'Thanks', cursor: 6 })
})

test('nobody is named in what a customer will read', () => {
  expect(findTrigger({ body: '@bil', private: false }, 4)).toBeNull()
})

test('a chosen name takes the place of what was typed, in the middle of a text as well', () => {
  const body = 'Ask @bi about it'
  const trigger = findTrigger(note(body), 7)
  if (!trigger) throw new Error('a trigger was expected')
  expect(replaceTrigger(body, trigger, '@Bilal')).toEqual({ body: 'Ask @Bilal about it', cursor: 11 })
  expect(replaceTrigger('@bi', { ...trigger, from: 0, to: 3 }, '@Bilal')).toEqual({
    body: '@Bilal ',
    cursor: 7,
  })
})

test('somebody whose name was taken out of the text again, or stands in a reply, is not named; twice is once', () => {
  const mentions = [
    { userId: 'b', name: 'Bilal' },
    { userId: 'b', name: 'Bilal' },
    { userId: 's', name: 'Sana' },
  ]
  expect(listMentioned({ ...note('@Bilal: done'), mentions })).toEqual([{ userId: 'b', name: 'Bilal' }])
  expect(listMentioned({ body: '@Bilal', private: false, mentions })).toEqual([])
})
