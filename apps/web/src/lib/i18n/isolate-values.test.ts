import compile from 'icu-minify/compile'
import { expect, test } from 'vitest'
import { isolateValues } from './isolate-values.ts'

/** With signs that can be read for those that cannot. */
function isolated(message: string): unknown {
  return JSON.parse(
    JSON.stringify(isolateValues(compile(message)))
      .replaceAll('\u2068', '⟨')
      .replaceAll('\u2069', '⟩'),
  ) as unknown
}

test('names keep their direction to themselves, numbers stay part of the sentence', () => {
  expect(isolated('{name} merged “{subject}”, {count, number} of {percent}%')).toEqual([
    '⟨',
    ['name'],
    '⟩',
    ' merged “',
    '⟨',
    ['subject'],
    '⟩',
    '”, ',
    ['count', 4],
    ' of ',
    ['percent'],
    '%',
  ])
})

test('so they do in each branch and in tags', () => {
  expect(isolated('{count, plural, one {{names} is here} other {tags}} <b>{tag}!</b>')).toEqual([
    ['count', 2, { one: ['⟨', ['names'], '⟩', ' is here'], other: 'tags' }],
    ' ',
    ['b', '⟨', ['tag'], '⟩', '!'],
  ])
})

test('a message without them is what it was', () => {
  expect(isolated('Nothing here')).toBe('Nothing here')
})
