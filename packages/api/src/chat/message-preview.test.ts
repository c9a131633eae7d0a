import { expect, test } from 'vitest'
import { PREVIEW_LENGTH_MAX, toMessagePreview } from './message-preview.ts'

const codePoints = (text: string) => Array.from(text).length

test('a short message is its own preview, on one line', () => {
  expect(toMessagePreview('  Where is\n\n my\torder?  ')).toBe('Where is my order?')
})

test('a message of exactly the limit is not cut', () => {
  const body = '🙂'.repeat(PREVIEW_LENGTH_MAX)
  expect(toMessagePreview(body)).toBe(body)
})

test('a longer one is cut to the limit, the ellipsis included', () => {
  const preview = toMessagePreview('a'.repeat(PREVIEW_LENGTH_MAX + 1))
  expect(preview).toBe(`${'a'.repeat(PREVIEW_LENGTH_MAX - 1)}…`)
})

test('a preview never ends inside a character that is made of several', () => {
  const family = '👨‍👩‍👧‍👦'
  const preview = toMessagePreview('a'.repeat(PREVIEW_LENGTH_MAX - 4) + family)
  expect(preview).toBe(`${'a'.repeat(PREVIEW_LENGTH_MAX - 4)}…`)
})

test('Urdu letters keep their diacritics', () => {
  const word = 'کِتابْ '
  const preview = toMessagePreview(word.repeat(60))
  expect(preview.endsWith('…')).toBe(true)
  expect(codePoints(preview)).toBeLessThanOrEqual(PREVIEW_LENGTH_MAX)
  expect(word.repeat(60).startsWith(preview.slice(0, -1))).toBe(true)
  expect(preview.at(-2)).not.toBe('\u{650}')
})

test('a single character that is longer than a preview is left out, never stored too long', () => {
  const zalgo = `z${'\u{301}'.repeat(1_000)}`
  expect(toMessagePreview(zalgo)).toBe('…')
})
