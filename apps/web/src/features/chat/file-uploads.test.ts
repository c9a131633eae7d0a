import type { Attachment } from '@sarai/api'
import { expect, test } from 'vitest'
import { FileUploads, UPLOADS_AT_ONCE_MAX } from './file-uploads.ts'
import type { KeptChosen } from './kept-chosen.ts'
import { CONVERSATION_ID } from './testing-chat.ts'
import { toFailure, UploadError, type UploadFailure, type UploadOptions } from './upload-file.ts'

interface Call extends UploadOptions {
  name: string
  accept: () => void
  fail: (failure: UploadFailure) => void
}

/** A server that answers when the test says so. */
function open({ kept = new Map<string, Blob>(), room = Number.POSITIVE_INFINITY } = {}) {
  const calls: Call[] = []
  const discarded: string[] = []
  const chosen = new Map<string, KeptChosen>()
  let made = 0
  const uploads = new FileUploads({
    upload: ({ name, content }, options) =>
      new Promise<Attachment>((resolve, reject) => {
        calls.push({
          ...options,
          name,
          accept: () => {
            made += 1
            resolve({ id: `attachment ${made}`, name, mediaType: 'image/png', bytes: content.size })
          },
          fail: (failure) => reject(new UploadError(failure)),
        })
      }),
    discard: (id) => discarded.push(id),
    keep: async (key, content) => {
      const hasRoom = content.size <= room
      if (hasRoom) kept.set(key, content)
      return hasRoom
    },
    findKept: async (key) => kept.get(key),
    forget: (key) => kept.delete(key),
    choose: (chosenFile) => chosen.set(chosenFile.key, chosenFile),
    unchoose: (key) => chosen.delete(key),
  })
  return { uploads, calls, discarded, kept, chosen }
}

const file = (name: string) => new File(['content'], name)
const settle = () => new Promise((resolve) => setTimeout(resolve))
const states = (uploads: FileUploads) => uploads.getSnapshot().map(({ name, state }) => `${name} ${state}`)
const call = (calls: Call[], index: number): Call => {
  const found = calls[index]
  if (!found) throw new Error(`upload ${index} has not begun`)
  return found
}

async function addOne(world: ReturnType<typeof open>, name = 'a.png') {
  world.uploads.add(CONVERSATION_ID, [file(name)])
  await settle()
  const upload = world.uploads.getSnapshot().at(-1)
  if (!upload) throw new Error('nothing was added')
  return upload
}

test('a few go at once, the others wait for their turn', async () => {
  const { uploads, calls } = open()
  const names = Array.from({ length: UPLOADS_AT_ONCE_MAX + 1 }, (_, index) => `${index}.png`)
  uploads.add(CONVERSATION_ID, names.map(file))
  await settle()
  expect(calls).toHaveLength(UPLOADS_AT_ONCE_MAX)
  expect(states(uploads).at(-1)).toBe('3.png waiting')
  call(calls, 0).accept()
  await settle()
  expect(calls).toHaveLength(UPLOADS_AT_ONCE_MAX + 1)
  expect(states(uploads)[0]).toBe('0.png done')
})

test('says how far it is, fails with a reason, and goes on when it is tried again', async () => {
  const world = open()
  const { key } = await addOne(world)
  call(world.calls, 0).onProgress(3)
  expect(world.uploads.getSnapshot()).toMatchObject([{ state: 'uploading', sentBytes: 3 }])
  call(world.calls, 0).fail('tooLarge')
  await settle()
  expect(world.uploads.getSnapshot()).toMatchObject([{ state: 'failed', failure: 'tooLarge' }])
  world.uploads.wake()
  await settle()
  expect(world.calls).toHaveLength(1)
  world.uploads.retry(key)
  await settle()
  call(world.calls, 1).fail('network')
  await settle()
  world.uploads.wake()
  await settle()
  call(world.calls, 2).accept()
  await settle()
  expect(states(world.uploads)).toEqual(['a.png done'])
})

test('one that is removed is cut off, or forgotten by the server', async () => {
  const world = open()
  const first = await addOne(world, 'first.png')
  world.uploads.remove(first.key)
  expect(call(world.calls, 0).signal.aborted).toBe(true)
  const second = await addOne(world, 'second.png')
  call(world.calls, 1).accept()
  await settle()
  world.uploads.remove(second.key)
  expect(world.discarded).toEqual(['attachment 1'])
  expect(world.uploads.getSnapshot()).toEqual([])
})

test('a message waits for its files, whether they are done, under way or failed', async () => {
  const world = open()
  const { key, name, bytes } = await addOne(world)
  world.uploads.send([key])
  const chosen = { key, name, bytes }
  const first = world.uploads.ensure(CONVERSATION_ID, chosen)
  call(world.calls, 0).fail('network')
  await expect(first).rejects.toMatchObject({ failure: 'network' })
  const second = world.uploads.ensure(CONVERSATION_ID, chosen)
  await settle()
  call(world.calls, 1).accept()
  expect((await second).id).toBe('attachment 1')
  expect((await world.uploads.ensure(CONVERSATION_ID, chosen)).id).toBe('attachment 1')
  expect(world.calls).toHaveLength(2)
})

test('after a reload the bytes are those that were kept; without them the person is told', async () => {
  const before = open()
  const { key, name, bytes } = await addOne(before)
  before.uploads.send([key])
  const after = open()
  for (const [kept, content] of before.kept) after.kept.set(kept, content)
  const ensured = after.uploads.ensure(CONVERSATION_ID, { key, name, bytes })
  await settle()
  call(after.calls, 0).accept()
  expect((await ensured).bytes).toBe(bytes)
  const lost = open().uploads.ensure(CONVERSATION_ID, { key, name, bytes })
  await expect(lost).rejects.toMatchObject({ failure: 'lost' })
})

test('what the server has swept is uploaded again', async () => {
  const world = open()
  const { key, name, bytes } = await addOne(world)
  world.uploads.send([key])
  call(world.calls, 0).accept()
  await settle()
  world.uploads.expire(['attachment 1', 'of somebody else'])
  const ensured = world.uploads.ensure(CONVERSATION_ID, { key, name, bytes })
  await settle()
  call(world.calls, 1).accept()
  expect((await ensured).id).toBe('attachment 2')
})

test('a message that comes back brings its files, and one that arrived leaves none behind', async () => {
  const world = open()
  const { key, name, bytes } = await addOne(world)
  call(world.calls, 0).accept()
  await settle()
  world.uploads.send([key])
  world.uploads.takeBack(CONVERSATION_ID, [{ key, name, bytes }])
  world.uploads.finish([{ key, name, bytes }])
  expect(world.uploads.getSnapshot()).toMatchObject([{ state: 'done', isSent: false }])
  expect(world.kept.size).toBe(1)
  world.uploads.send([key])
  world.uploads.finish([{ key, name, bytes }])
  expect(world.uploads.getSnapshot()).toEqual([])
  expect(world.kept.size).toBe(0)
})

test.each<[number, string | null, UploadFailure]>([
  [401, 'UNAUTHENTICATED', 'signedOut'],
  [403, 'FORBIDDEN', 'forbidden'],
  [413, 'TOO_LARGE', 'tooLarge'],
  [415, 'UNSUPPORTED_TYPE', 'type'],
  [409, 'CONFLICT', 'tooMany'],
  [429, 'RATE_LIMITED', 'busy'],
  [503, 'TENANT_BUSY', 'busy'],
  [502, null, 'busy'],
  [500, 'INTERNAL_SERVER_ERROR', 'unexpected'],
])('%d %s is told as %s', (status, code, failure) => {
  expect(toFailure(status, code === null ? null : { error: { code } })).toBe(failure)
})

test('what the server has of a message that was to be sent later is in the composer again, once, and is not uploaded', async () => {
  const { uploads, calls, discarded, chosen } = open()
  const attachment = { id: 'attachment 9', name: 'bill.pdf', mediaType: 'application/pdf', bytes: 7 }
  uploads.bringBack(CONVERSATION_ID, [attachment])
  uploads.bringBack(CONVERSATION_ID, [attachment])
  expect(uploads.getSnapshot()).toMatchObject([{ state: 'done', attachment, isSent: false }])
  expect(await uploads.ensure(CONVERSATION_ID, { key: attachment.id, name: '', bytes: 7 })).toEqual(
    attachment,
  )
  expect(calls).toEqual([])
  expect([...chosen.values()]).toMatchObject([{ key: attachment.id, attachment }])
  uploads.remove(attachment.id)
  expect(discarded).toEqual([attachment.id])
})

test('what was chosen is there again after a reload: done if the server has it, otherwise it goes on', async () => {
  const before = open()
  before.uploads.add(CONVERSATION_ID, [file('there.png'), file('half.png')])
  await settle()
  call(before.calls, 0).accept()
  await settle()

  const after = open({ kept: before.kept })
  after.uploads.restore([...before.chosen.values()])
  await settle()
  expect(states(after.uploads)).toEqual(['there.png done', 'half.png uploading'])
  expect(after.calls.map(({ name }) => name)).toEqual(['half.png'])
  after.uploads.restore([...before.chosen.values()])
  expect(after.uploads.getSnapshot()).toHaveLength(2)
})

test('nothing is kept of what was taken out; what was sent stands beside no draft any more', async () => {
  const world = open()
  const { uploads, chosen, kept } = world
  const { key: out } = await addOne(world, 'out.png')
  const { key: sent } = await addOne(world, 'sent.png')
  expect([...chosen.keys()]).toEqual([out, sent])
  uploads.remove(out)
  uploads.send([sent])
  await settle()
  expect([...chosen.keys()]).toEqual([])
  expect([...kept.keys()]).toEqual([sent])
  uploads.takeBack(CONVERSATION_ID, [{ key: sent, name: 'sent.png', bytes: 7 }])
  expect([...chosen.keys()]).toEqual([sent])
})

test('what there is no room for is promised no reload, until the server has it', async () => {
  const world = open({ room: 0 })
  await addOne(world)
  expect(world.chosen.size).toBe(0)
  call(world.calls, 0).accept()
  await settle()
  expect([...world.chosen.values()]).toMatchObject([{ name: 'a.png', attachment: { id: 'attachment 1' } }])
})

test('two tabs: what one has uploaded, taken out or sent is so in the other', async () => {
  const one = open()
  const { key } = await addOne(one)
  const other = open({ kept: one.kept })
  other.uploads.restore([...one.chosen.values()])
  await settle()
  call(one.calls, 0).accept()
  await settle()
  other.uploads.hear(key, one.chosen.get(key))
  expect(states(other.uploads)).toEqual(['a.png done'])
  expect(call(other.calls, 0).signal.aborted).toBe(true)
  one.uploads.send([key])
  other.uploads.hear(key, one.chosen.get(key))
  expect(other.uploads.getSnapshot()).toEqual([])
  one.uploads.hear(key, undefined)
  expect(states(one.uploads)).toEqual(['a.png done'])
})
