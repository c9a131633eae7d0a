import { expect, test } from 'vitest'
import { languageOf } from './text-language.ts'

test('a message is set in the language most of it is written in', () => {
  expect(languageOf('السلام علیکم، میرا order کہاں ہے؟')).toBe('ur')
  expect(languageOf('Please confirm, شکریہ')).toBe('en')
  expect(languageOf('12,500')).toBe('en')
})
