import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FaultProxy } from './fault-proxy.ts'

/** Answers every byte with itself. */
const echo = createServer({ allowHalfOpen: true }, (socket) => {
  sockets.add(socket)
  socket.on('error', () => undefined).once('close', () => sockets.delete(socket))
  socket.on('end', () => socket.end())
  socket.on('data', (bytes: Buffer) => socket.write(bytes))
})
const sockets = new Set<Socket>()
let proxy: FaultProxy

beforeEach(async () => {
  echo.listen(0, '127.0.0.1')
  await once(echo, 'listening')
  const address = echo.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  proxy = await FaultProxy.open({ host: '127.0.0.1', port: address.port })
})

afterEach(async () => {
  await proxy[Symbol.asyncDispose]()
  await new Promise((resolve) => echo.close(resolve))
})

test('in good weather bytes pass in both directions, and an end is passed on', async () => {
  const client = await open()
  client.socket.write('hello')
  await client.has('hello')
  client.socket.end()
  await client.closed
  await until(() => sockets.size === 0 && proxy.open === 0)
})

test('latency delays and keeps the order', async () => {
  proxy.latencyMs = 20
  const client = await open()
  for (const letter of 'abcdef') client.socket.write(letter)
  await client.has('abcdef')
})

test('in a blackhole nothing arrives, not even an end, until it is cleared', async () => {
  const client = await open()
  client.socket.write('a')
  await client.has('a')
  proxy.blackhole()
  client.socket.write('b')
  const fresh = await open()
  fresh.socket.write('c')
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect([client.text(), fresh.text()]).toEqual(['a', ''])
  proxy.clear()
  await client.has('ab')
  await fresh.has('c')
})

test('after silence old connections stay dead and the server keeps them; new ones are well', async () => {
  const old = await open()
  old.socket.write('a')
  await old.has('a')
  proxy.silence()
  proxy.clear()
  old.socket.write('b')
  const fresh = await open()
  fresh.socket.write('c')
  await fresh.has('c')
  old.socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(old.text()).toBe('a')
  expect(sockets.size).toBe(2)
})

test('half closed: the client sees the end, the server does not', async () => {
  const client = await open()
  client.socket.write('a')
  await client.has('a')
  proxy.halfClose()
  await once(client.socket, 'end')
  expect(sockets.size).toBe(1)
})

test('a reset reaches both sides', async () => {
  const client = await open()
  client.socket.write('a')
  await client.has('a')
  proxy.reset()
  await client.closed
  await until(() => sockets.size === 0)
})

test.each([0, 1, 4, 9])('cut after %i bytes to the client: exactly so many arrive', async (bytes) => {
  proxy.cutAfter(bytes, 'to client')
  const client = await open()
  client.socket.write('0123456789')
  await client.closed
  expect(client.text()).toBe('0123456789'.slice(0, bytes))
  await until(() => sockets.size === 0)
})

test('cut after bytes to the server: the rest never gets there', async () => {
  const client = await open()
  client.socket.write('a')
  await client.has('a')
  proxy.cutAfter(2, 'to server')
  client.socket.write('bcd')
  await client.closed
  expect('abc'.startsWith(client.text())).toBe(true)
  await until(() => sockets.size === 0)
})

test('refused: nobody listens until it accepts again, on the same port', async () => {
  const old = await open()
  proxy.refuse()
  await expect(open()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  old.socket.write('a')
  await old.has('a')
  await proxy.accept()
  const fresh = await open()
  fresh.socket.write('b')
  await fresh.has('b')
})

test('a judge may answer in the place of the server, cut before it or after it, or fall silent', async () => {
  proxy.makeJudge = () => (bytes) => {
    const word = bytes.toString()
    if (word === 'answer') return { answer: Buffer.from('forged') }
    if (word === 'before' || word === 'after') return { cut: word }
    return word === 'silence' ? { isSilent: true } : undefined
  }
  const client = await open()
  client.socket.write('answer')
  await client.has('forged')
  client.socket.write('after')
  await client.closed
  expect(client.text()).toBe('forged')
  const other = await open()
  other.socket.write('before')
  await other.closed
  const third = await open()
  third.socket.write('silence')
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(third.text()).toBe('')
})

async function open() {
  const socket = connect({ port: proxy.endpoint.port, host: '127.0.0.1' })
  let text = ''
  socket.on('data', (bytes: Buffer) => (text += bytes.toString()))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await once(socket, 'connect')
  socket.on('error', () => undefined)
  return { socket, closed, text: () => text, has: (wanted: string) => until(() => text === wanted) }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2))
}
