import { expect, test } from 'vitest'
import { replaceMeasured } from './write-report.ts'

const BEGIN = '<!-- measured: written by npm run bench -- --write -->'
const END = '<!-- measured: end -->'

test('new figures take the place of the old ones, and what people wrote around them stays', () => {
  const before = `# Title\n\nWhy.\n\n${BEGIN}\n\nold\n\n${END}\n\n## What was tried\n`
  expect(replaceMeasured(before, 'new')).toBe(
    `# Title\n\nWhy.\n\n${BEGIN}\n\nnew\n\n${END}\n\n## What was tried\n`,
  )
})

test('a page without its marks is not overwritten', () => {
  expect(() => replaceMeasured('# Title', 'new')).toThrow('has lost its mark')
  expect(() => replaceMeasured(`${BEGIN} old`, 'new')).toThrow('has lost its mark')
})
