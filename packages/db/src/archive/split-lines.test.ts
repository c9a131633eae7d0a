import { expect, test } from 'vitest'
import { splitLines } from './split-lines.ts'

async function split(chunks: readonly (string | Buffer)[], lineBytesMax?: number): Promise<string[]> {
  async function* give() {
    for (const chunk of chunks) yield Buffer.from(chunk)
  }
  const lines: string[] = []
  for await (const line of splitLines(give(), lineBytesMax)) lines.push(line)
  return lines
}

test('lines are put together wherever the stream was cut, also in the middle of a letter', async () => {
  const bytes = Buffer.from('سلام\nدنیا\n\nend\n')
  for (let at = 0; at <= bytes.length; at++) {
    expect(await split([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(['سلام', 'دنیا', '', 'end'])
  }
})

test('nothing but a newline ends a line', async () => {
  expect(await split(['a\u2028b\u2029c\rd\u0085e\n'])).toEqual(['a\u2028b\u2029c\rd\u0085e'])
})

test('a line that never ends is refused, and so is one that the end of the stream cuts off', async () => {
  await expect(split(['x'.repeat(10)], 9)).rejects.toThrow(/longer than any row/)
  expect(await split(['x'.repeat(9), '\n'], 9)).toEqual(['x'.repeat(9)])
  await expect(split(['whole\nhal'])).rejects.toThrow(/in the middle of a row/)
})
