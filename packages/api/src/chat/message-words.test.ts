import { describe, expect, test } from 'vitest'
import { hasPieces, makeSnippet, readPieces, SNIPPET_LENGTH_MAX } from './message-words.ts'

/** The snippet as a line, with what matched in brackets. */
function show(text: string, search: string): string {
  return makeSnippet(text, readPieces(search))
    .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
    .join('')
}

test.each([
  ['INV-2041  علی inv-2041', ['inv 2041', 'علی']],
  ['amina@example.com', ['amina example com']],
  ['?! —', []],
])('what was typed as %s is looked for as %j', (typed, pieces) => {
  expect(readPieces(typed)).toEqual(pieces)
})

test.each([
  ['Your refund is on its way', 'ref way', true],
  ['Your refund is on its way', 'fund', false],
  ['invoice INV-2041', 'inv-20', true],
  ['invoice 2041 for INV', 'inv-20', false],
  ['كيا آپ کا پارسل', 'پارسل کیا', true],
])('"%s" has "%s": %s', (text, typed, has) => {
  expect(hasPieces(text, readPieces(typed))).toBe(has)
})

describe('a snippet', () => {
  test.each([
    ['Your REFUND is\n\non its way', 'ref', 'Your [REF]UND is on its way'],
    ['José sent josé', 'jose', '[José] sent [josé]'],
    ['كَرِيم کا پارسل', 'کری', '[كَرِي]م کا پارسل'],
    ['Order INV-2041, inv-2050', 'inv-20', 'Order [INV-20]41, [inv-20]50'],
    ['Straße', 'strass', '[Straß]e'],
    ['refund refunded', 'refund refu', '[refund] [refund]ed'],
    ['آرڈر ۲۰۴۱ آیا', '2041', 'آرڈر [۲۰۴۱] آیا'],
  ])('of "%s" for "%s" is "%s"', (text, typed, line) => {
    expect(show(text, typed)).toBe(line)
  })

  test('begins a few words before the first match and says what it leaves out', () => {
    const line = show(`${'before '.repeat(50)}refund${' after'.repeat(50)}`, 'refund')
    expect(line).toMatch(/^…(before ){5}\[refund\]( after)+ ?…$|^…(before ){5}\[refund\]( after)+ ?\w*…$/)
    expect(line.length).toBeLessThanOrEqual(SNIPPET_LENGTH_MAX + '…[]…'.length)
  })

  test('never cuts a character in two, though one word fills it', () => {
    const line = show(`${'a'.repeat(SNIPPET_LENGTH_MAX - 1)}🏨🏨`, 'aaa')
    expect(line.isWellFormed()).toBe(true)
    expect(line).toContain('[aaa]')
  })
})
