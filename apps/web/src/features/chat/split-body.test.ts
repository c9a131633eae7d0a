import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitBody } from './split-body.ts'

const BILAL = { userId: 'b', name: 'Bilal' }
const BILAL_AHMED = { userId: 'c', name: 'Bilal Ahmed (night)' }

test('an address ends before the punctuation of its sentence, in both languages', () => {
  expect(splitBody('See https://sarai.test/a?b=1. Thanks', [])).toMatchObject([
    { type: 'text', text: 'See ' },
    { type: 'link', text: 'https://sarai.test/a?b=1' },
    { type: 'text', text: '. Thanks' },
  ])
  expect(splitBody('یہ دیکھیں https://sarai.test/ا۔', [])[1]).toMatchObject({
    type: 'link',
    text: 'https://sarai.test/ا',
  })
})

test('a name is marked where it is that of somebody who is named, the longer before the shorter', () => {
  const text = 'Ask @Bilal Ahmed (night), then @Bilal; @Sana is away. https://sarai.test/@Bilal'
  expect(splitBody(text, [BILAL, BILAL_AHMED]).filter(({ type }) => type !== 'text')).toEqual([
    { type: 'mention', text: '@Bilal Ahmed (night)', at: 4 },
    { type: 'mention', text: '@Bilal', at: 31 },
    { type: 'link', text: 'https://sarai.test/@Bilal', at: 54 },
  ])
})

test('nothing but http and https becomes a link, and no text is lost', () => {
  expect(splitBody('javascript:alert(1)', [])).toMatchObject([{ type: 'text', text: 'javascript:alert(1)' }])
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string({ minLength: 1 })), (text, names) => {
      const mentions = names.map((name) => ({ userId: name, name }))
      const parts = splitBody(text, mentions)
      expect(parts.map((part) => part.text).join('')).toBe(text)
      for (const part of parts) expect(text.startsWith(part.text, part.at)).toBe(true)
    }),
  )
})
