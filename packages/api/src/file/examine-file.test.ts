import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examineFile } from './examine-file.ts'
import { extensionOf, FILE_BYTES_MAX, PICTURE_SIDE_MAX, refuseFile } from './schema.ts'
import { HTML, makeJpegOnItsSide, makePng, PDF, PROGRAM, SVG } from './testing-files.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sarai-examine-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function examine(content: Buffer | string, name: string) {
  const path = join(folder, 'received')
  await writeFile(path, content)
  return examineFile(path, name)
}

test('the bytes say what a file is, whatever it is called', async () => {
  expect(await examine(PDF, 'photo.png')).toEqual({ type: 'application/pdf', picture: null })
  expect(await examine(makePng(3, 2), 'contract.pdf')).toMatchObject({ type: 'image/png' })
  expect(await examine('نام,رقم\nامینہ,۱۲\n', 'list.csv')).toEqual({ type: 'text/plain', picture: null })
})

describe('refused', () => {
  test.each<[string, Buffer | string, string]>([
    ['a picture that is a program', SVG, 'logo.svg'],
    ['one under the name of another', SVG, 'logo.png'],
    ['a page', HTML, 'page.html'],
    ['a page that calls itself a picture', HTML, 'page.png'],
    ['a program', PROGRAM, 'setup.exe'],
    ['a program that calls itself text', PROGRAM, 'notes.txt'],
    ['a script', '#!/bin/sh\nrm -rf /\n', 'notes.sh'],
    ['text that is none', Buffer.from([0xff, 0xfe, 0x41]), 'notes.txt'],
    ['text with control characters', 'a\u001b[2Jb', 'notes.txt'],
    ['bytes that nobody knows', Buffer.from([1, 2, 3, 4]), 'data.bin'],
  ])('%s', async (_what, content, name) => {
    await expect(examine(content, name)).rejects.toMatchObject({ code: 'UNSUPPORTED_TYPE' })
  })
})

test('a picture has the size in which it is shown, so that its place is known before it is there', async () => {
  expect((await examine(makePng(640, 480), 'a.png')).picture).toEqual({ width: 640, height: 480 })
  expect((await examine(makeJpegOnItsSide(4000, 3000), 'a.jpg')).picture).toEqual({
    width: 3000,
    height: 4000,
  })
})

test.each([
  [PICTURE_SIDE_MAX + 1, 1],
  [10_000, 10_000],
  [0, 100],
])('a picture that would cost its reader too much is a file like others: %d × %d', async (width, height) => {
  expect(await examine(makePng(width, height), 'a.png')).toEqual({ type: 'image/png', picture: null })
})

test('name and size are looked at before anything is sent', () => {
  expect(refuseFile({ name: 'a.PNG', size: 1 })).toBeNull()
  expect(refuseFile({ name: 'a.png', size: FILE_BYTES_MAX })).toBeNull()
  expect(refuseFile({ name: 'a.png', size: FILE_BYTES_MAX + 1 })).toBe('tooLarge')
  expect(refuseFile({ name: 'a.png', size: 0 })).toBe('empty')
  expect(refuseFile({ name: 'a.png.exe', size: 1 })).toBe('type')
  expect(refuseFile({ name: 'noend', size: 1 })).toBe('type')
  expect(extensionOf('.htaccess')).toBe('htaccess')
})
