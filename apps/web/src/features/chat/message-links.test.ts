import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitLinks } from './message-links.ts'

test('an address ends before the punctuation of its sentence, in both languages', () => {
  expect(splitLinks('See https://sarai.test/a?b=1. Thanks')).toMatchObject([
    { type: 'text', text: 'See ' },
    { type: 'link', text: 'https://sarai.test/a?b=1' },
    { type: 'text', text: '. Thanks' },
  ])
  expect(splitLinks('یہ دیکھیں https://sarai.test/ا۔')[1]).toMatchObject({
    type: 'link',
    text: 'https://sarai.test/ا',
  })
})

test('nothing but http and https becomes a link, and no text is lost', () => {
  expect(splitLinks('javascript:alert(1)')).toMatchObject([{ type: 'text', text: 'javascript:alert(1)' }])
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(
        splitLinks(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text)
    }),
  )
})
