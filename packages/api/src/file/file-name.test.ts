import { expect, test } from 'vitest'
import { toFileName } from './file-name.ts'
import { FILE_NAME_LENGTH_MAX } from './schema.ts'

test.each([
  ['invoice.png', 'invoice.png'],
  ['Photo.PNG', 'Photo.PNG'],
  ['رسید ۱۲.png', 'رسید ۱۲.png'],
  ['../../etc/passwd.png', 'passwd.png'],
  ['C:\\temp\\a.png', 'a.png'],
  ['a\u0000b\r\nc.png', 'a b c.png'],
  ['a"b<c>.png', 'a b c .png'],
  ['...png', 'png.png'],
  ['', 'file.png'],
  ['.png', 'png.png'],
  ['half \uD83D a.png', 'half a.png'],
])('a name is as it may be saved: %j', (requested, name) => {
  expect(toFileName(requested, 'image/png')).toBe(name)
})

test('an end that says something else than the bytes gets the right one behind it', () => {
  expect(toFileName('setup.exe', 'image/jpeg')).toBe('setup.exe.jpg')
  expect(toFileName('page.html', 'text/plain')).toBe('page.html.txt')
  expect(toFileName('noend', 'application/pdf')).toBe('noend.pdf')
  expect(toFileName('photo.jpeg', 'image/jpeg')).toBe('photo.jpeg')
})

test('marks that turn a name around are taken out, the joiner of Urdu words is not', () => {
  expect(toFileName('annex\u202Egnp.exe', 'application/zip')).toBe('annexgnp.exe.zip')
  expect(toFileName('می\u200Cروم.png', 'image/png')).toBe('می\u200Cروم.png')
})

test('a long name is cut before its end', () => {
  const name = toFileName(`${'👍'.repeat(400)}.png`, 'image/png')
  expect(Array.from(name)).toHaveLength(FILE_NAME_LENGTH_MAX)
  expect(name).toMatch(/👍\.png$/u)
})
