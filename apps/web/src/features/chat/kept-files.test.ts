import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { KEPT_FILES_BYTES_MAX, openKeptFiles } from './kept-files.ts'
import { forgetWords } from '../../lib/words.ts'

const owner = { tenantKey: 'rabin', userId: 'ayesha' }

/** Says that it is as large as the test wants. */
function blob(bytes: number): Blob {
  return new Blob([new Uint8Array(bytes)])
}

test('bytes are found again by who kept them, until they are forgotten with all of that person', async () => {
  const files = openKeptFiles(owner)
  expect(await files.keep('a', blob(3))).toBe(true)
  expect((await openKeptFiles(owner).find('a'))?.size).toBe(3)
  expect(await openKeptFiles({ ...owner, tenantKey: 'zaitoon' }).find('a')).toBeUndefined()
  expect(await openKeptFiles({ ...owner, userId: 'bilal' }).find('a')).toBeUndefined()
  files.forget('a')
  expect(await files.find('a')).toBeUndefined()
  await files.keep('b', blob(1))
  await forgetWords(owner.userId)
  expect(await files.find('b')).toBeUndefined()
})

test('no more than KEPT_FILES_BYTES_MAX is kept', async () => {
  const files = openKeptFiles({ ...owner, userId: 'full' })
  expect(await files.keep('large', blob(KEPT_FILES_BYTES_MAX))).toBe(true)
  expect(await files.keep('more', blob(1))).toBe(false)
  files.forget('large')
  expect(await files.keep('more', blob(1))).toBe(true)
})
