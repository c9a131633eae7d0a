import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { PassThrough, Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { receiveFile } from './receive-file.ts'

const MEGABYTE = Buffer.alloc(1024 * 1024, 1)

/** Says how many chunks were asked for. */
function endless() {
  const counted = { chunks: 0 }
  const body = new Readable({
    read() {
      counted.chunks += 1
      this.push(MEGABYTE)
    },
  })
  return { body, counted }
}

async function listReceived(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('sarai-file-')).toSorted()
}

test('what arrives is on the disk until it is disposed of, with its length and sum', async () => {
  let path: string
  {
    await using received = await receiveFile(Readable.from([Buffer.from('ab'), Buffer.from('c')]), {
      bytesMax: 3,
    })
    path = received.path
    expect(await readFile(path, 'utf8')).toBe('abc')
    expect(received).toMatchObject({
      bytes: 3,
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    })
  }
  await expect(readFile(path)).rejects.toThrow('ENOENT')
})

test('a body without end is cut at the first byte too many, and nothing of it is left', async () => {
  const before = await listReceived()
  const { body, counted } = endless()
  await expect(receiveFile(body, { bytesMax: 2 * MEGABYTE.length })).rejects.toMatchObject({
    code: 'TOO_LARGE',
    details: { bytesMax: 2 * MEGABYTE.length },
  })
  expect(counted.chunks).toBeLessThan(10)
  expect(body.destroyed).toBe(true)
  expect(await listReceived()).toEqual(before)
})

test('an empty file is refused', async () => {
  await expect(receiveFile(Readable.from([]), { bytesMax: 10 })).rejects.toMatchObject({ code: 'INVALID' })
})

test('a sender who falls silent, or leaves, has sent nothing', async () => {
  const silent = new PassThrough()
  silent.write('half')
  await expect(receiveFile(silent, { bytesMax: 10, idleMaxMs: 20 })).rejects.toMatchObject({
    code: 'INVALID',
  })
  const leaving = new PassThrough()
  leaving.write('half')
  const received = receiveFile(leaving, { bytesMax: 10 })
  leaving.destroy()
  await expect(received).rejects.toMatchObject({ code: 'INVALID' })
})
