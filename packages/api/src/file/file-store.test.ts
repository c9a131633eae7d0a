import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { newId } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FileKey, type FileStore, openFileStore } from './file-store.ts'
import { parseStorageUrl } from './storage-url.ts'
import { startTestS3, type TestS3 } from './testing-s3.ts'

let folder: string
let s3: TestS3

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sarai-store-'))
  s3 = await startTestS3()
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await s3[Symbol.asyncDispose]()
})

const put = (store: FileStore, key: FileKey, content: string) =>
  store.put(key, Readable.from([Buffer.from(content)]), {
    bytes: Buffer.byteLength(content),
    mediaType: 'text/plain',
  })

async function readText(store: FileStore, key: FileKey): Promise<string | undefined> {
  const content = await store.read(key)
  return content && text(content)
}

describe.each([
  ['a folder', () => openFileStore({ kind: 'folder', path: folder })],
  ['a store that speaks S3', () => openFileStore(parseStorageUrl(s3.url))],
])('%s', (_name, open) => {
  test('gives back what was put, until it is removed; twice is the same as once', async () => {
    const store = await open()
    const key = { tenantId: newId(), fileId: newId() }
    expect(await readText(store, key)).toBeUndefined()
    await put(store, key, 'سلام')
    expect(await readText(store, key)).toBe('سلام')
    await store.remove(key)
    await store.remove(key)
    expect(await readText(store, key)).toBeUndefined()
  })

  test('everything of one tenant goes, and nothing of another; also where there is nothing', async () => {
    const store = await open()
    const [one, other] = [newId(), newId()]
    const keys = [one, one, other].map((tenantId) => ({ tenantId, fileId: newId() }))
    for (const key of keys) await put(store, key, 'x')
    await store.removeAllOf(one)
    await store.removeAllOf(newId())
    expect(await Promise.all(keys.map((key) => readText(store, key)))).toEqual([undefined, undefined, 'x'])
  })

  test.each(['', '.', '../elsewhere', 'a/b', '01a21804-dcc2-74f1-9818-c84d748f8ef4/'])(
    'an id that is none of ours touches nothing: %j',
    async (crooked) => {
      const store = await open()
      await expect(store.removeAllOf(crooked)).rejects.toThrow('no id of ours')
      await expect(store.read({ tenantId: newId(), fileId: crooked })).rejects.toThrow('no id')
    },
  )
})

test('a folder holds nothing but folders of tenants, files by their ids', async () => {
  const store = await openFileStore({ kind: 'folder', path: folder })
  const key = { tenantId: newId(), fileId: newId() }
  await put(store, key, 'x')
  expect(await readdir(join(folder, key.tenantId))).toEqual([key.fileId])
})

test('a store that speaks S3 is asked with the key of its URL, in the bucket, with type and length', async () => {
  const store = await openFileStore(parseStorageUrl(s3.url))
  const key = { tenantId: newId(), fileId: newId() }
  await put(store, key, 'x')
  expect(s3.unsigned).toBe(0)
  expect(s3.objects.get(`bucket/${key.tenantId}/${key.fileId}`)).toEqual({
    content: Buffer.from('x'),
    type: 'text/plain',
  })
})
