import { expect, test } from 'vitest'
import { detectEncoding, watchUtf8 } from './detect-encoding.ts'

const TEXT = 'name;city\r\nJosé García;Málaga\r\n'
const URDU = 'نام;شہر\r\nعلی رضا;لاہور\r\n'

function detect(bytes: Uint8Array) {
  const utf8 = watchUtf8()
  // Split inside a character, as chunks of a stream are.
  for (let at = 0; at < bytes.length; at += 7) utf8.see(bytes.subarray(at, at + 7))
  return detectEncoding(bytes, { isUtf8: utf8.isUtf8() })
}

/** Bytes of a code page, by looking every character up in its table. */
function encode(text: string, encoding: 'windows-1252' | 'windows-1256'): Uint8Array {
  const decoder = new TextDecoder(encoding)
  const table = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const),
  )
  return Uint8Array.from(text, (character) => {
    const byte = table.get(character)
    if (byte === undefined) throw new Error(`${encoding} has no ${character}`)
    return byte
  })
}

function utf16(text: string, order: 'le' | 'be'): Buffer {
  const bytes = Buffer.from(text, 'utf16le')
  return order === 'le' ? bytes : bytes.swap16()
}

test.each([
  ['utf-8', Buffer.from(TEXT)],
  ['utf-8', Buffer.from(URDU)],
  ['utf-8', Buffer.from(`\uFEFF${URDU}`)],
  ['utf-8', Buffer.from('name\nAmina\n')],
  ['utf-16le', utf16(`\uFEFF${TEXT}`, 'le')],
  ['utf-16be', utf16(`\uFEFF${URDU}`, 'be')],
  ['utf-16le', utf16(TEXT, 'le')],
  ['utf-16be', utf16(URDU, 'be')],
  ['windows-1252', encode(TEXT, 'windows-1252')],
  // The page has the Arabic letter alone.
  ['windows-1256', encode(URDU.replaceAll('ی', 'ي'), 'windows-1256')],
] as const)('%s is found (%#)', (encoding, bytes) => {
  expect(detect(bytes)).toBe(encoding)
})

test('a file that is UTF-8 but for its last byte is none', () => {
  expect(detect(Buffer.concat([Buffer.from(URDU), Buffer.from([0xd9])]))).not.toBe('utf-8')
})
