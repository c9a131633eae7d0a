import type { ImportEncoding } from './schema.ts'

/** What a file without a byte order mark is judged by, other than UTF-8, which is looked for in all of it. */
export const ENCODING_SAMPLE_BYTES = 64 * 1024

const MARKS: readonly (readonly [ImportEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/**
 * What a file is written in: what its byte order mark says; UTF-16 if every other byte is zero, as digits, commas and
 * line ends are in it; UTF-8 if all of it is; else one of the two code pages of spreadsheets here, Latin or Arabic.
 */
export function detectEncoding(sample: Uint8Array, { isUtf8 }: { isUtf8: boolean }): ImportEncoding {
  const marked = MARKS.find(([, mark]) => mark.every((byte, at) => sample[at] === byte))
  if (marked) return marked[0]
  return findUtf16(sample) ?? (isUtf8 ? 'utf-8' : chooseCodePage(sample))
}

/** As many times more zeros stand on one side of the pairs of bytes than on the other: text has none, pictures have. */
const ONE_SIDED = 4

/** A text of any language has line ends and delimiters, and those are ASCII: half of each is a zero, always the same one. */
function findUtf16(sample: Uint8Array): ImportEncoding | undefined {
  const zeros = [0, 0]
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (even + odd < sample.length / 50) return undefined
  if (Math.max(even, odd) < Math.min(even, odd) * ONE_SIDED) return undefined
  return odd > even ? 'utf-16le' : 'utf-16be'
}

/** Letters beyond ASCII stand one by one among others in Latin words (José), and side by side in Arabic ones. */
function chooseCodePage(sample: Uint8Array): ImportEncoding {
  const counts = { alone: 0, together: 0 }
  const isHigh = (byte: number | undefined) => byte !== undefined && byte >= 0x80
  for (const [at, byte] of sample.entries()) {
    if (!isHigh(byte)) continue
    counts[isHigh(sample[at - 1]) || isHigh(sample[at + 1]) ? 'together' : 'alone']++
  }
  return counts.together > counts.alone ? 'windows-1256' : 'windows-1252'
}

/** A character in so many may be none that people write, from a program that was careless. */
const UNWRITTEN_ONE_IN = 50

/** Whether it is anything that people read: pictures, sounds and programs are full of control characters. */
export function isText(decoded: string): boolean {
  const unwritten = decoded.match(/[\u0000-\u0008\u000E-\u001F\uFFFD]/g)?.length ?? 0
  return unwritten * UNWRITTEN_ONE_IN <= decoded.length
}

/** Says of bytes that come piece by piece whether all of them together are UTF-8. */
export function watchUtf8(): { see(bytes: Uint8Array): void; isUtf8(): boolean } {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isRight = true
  const attempt = (decode: () => void) => {
    try {
      if (isRight) decode()
    } catch {
      isRight = false
    }
  }
  return {
    see: (bytes) => attempt(() => void decoder.decode(bytes, { stream: true })),
    isUtf8: () => {
      attempt(() => void decoder.decode())
      return isRight
    },
  }
}
