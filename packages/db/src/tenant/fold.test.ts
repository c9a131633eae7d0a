import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldText, foldWords, splitWords } from './fold.ts'

describe('folding', () => {
  test.each([
    ['كريم', 'کریم', 'Arabic and Urdu kaf and ye'],
    ['علی', 'على', 'ye and alef maksura'],
    ['فاطمة', 'فاطمہ', 'te marbuta and he'],
    ['فاطمه', 'فاطمہ', 'Arabic and Urdu he'],
    ['أحمد', 'احمد', 'alef with hamza'],
    ['آمنہ', 'امنہ', 'alef with madda'],
    ['ا\u0653منہ', 'آمنہ', 'a letter taken apart'],
    ['مؤمن', 'مومن', 'waw with hamza'],
    ['عائشہ', 'عایشہ', 'ye with hamza'],
    ['شعراء', 'شعرا', 'hamza on the line'],
    ['مُحَمَّد', 'محمد', 'vowel signs'],
    ['محـــمد', 'محمد', 'tatweel'],
    ['می\u200cروم', 'میروم', 'zero-width joiners'],
    ['۰۳۰۰ ٠٣٠٠ ０３００', '0300 0300 0300', 'digits of three scripts'],
    ['José Müller', 'jose muller', 'diacritics'],
    ['Jose\u0301', 'JOSÉ', 'a mark after its letter'],
    ['Łukasz Øst Straße Æon', 'lukasz ost strasse aeon', 'letters that no decomposition takes apart'],
    ['ＡＢｃ', 'abc', 'full width'],
    ['İzmir Işık', 'izmir isik', 'the two i of Turkish'],
    ['ΑΘΗΝΑ МОСКВА', 'αθηνα москва', 'capitals of other scripts'],
  ])('%s is %s: %s', (one, other) => {
    expect(foldText(one)).toBe(foldText(other))
  })

  test('leaves apart what people tell apart', () => {
    expect(foldText('نور')).not.toBe(foldText('نوں'))
    expect(foldText('بار')).not.toBe(foldText('پار'))
    expect(foldText('علی')).not.toBe(foldText('علے'))
  })

  test('twice is once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text))
      }),
      { numRuns: 50 },
    )
  })
})

test.each([
  ['O’Neill & Söhne', 'o neill sohne'],
  [' amina.khan@example.com ', 'amina khan example com'],
  ['خان،احمد۔', 'خان احمد'],
  ['"\\%_', ''],
  ['نئی دہلی', 'نیی دہلی'],
])('the words of %s are "%s"', (text, words) => {
  expect(foldWords(text)).toBe(words)
})

test('words that are split off say where they stand, and are those that are compared', () => {
  expect(splitWords('  O’Neill, کَریم؟')).toEqual([
    { from: 2, to: 3, folded: 'o' },
    { from: 4, to: 9, folded: 'neill' },
    { from: 11, to: 16, folded: 'کریم' },
  ])
  const letters = fc.constantFrom(...Array.from('aÉß ِ-’.@كیىئہةآأؤءُّـ\u200c\u200f۳٫،"_🏨Ω\u0301\n'))
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 40 }), (text) => {
      const words = splitWords(text)
      expect(words.map(({ folded }) => folded).join(' ')).toBe(foldWords(text))
      for (const { from, to, folded } of words) expect(foldText(text.slice(from, to))).toBe(folded)
    }),
  )
})
