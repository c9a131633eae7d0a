import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { checkPortFree, findFreePort } from './free-port.mjs'

async function listen(answer: string) {
  const server = createServer((_, response) => response.end(answer)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

test('a port in use is refused with the way to choose another', async () => {
  await using server = await listen('something else')
  await expect(checkPortFree('127.0.0.1', server.port)).rejects.toThrow(`PORT=${server.port + 1}`)
})

test('a Sarai that is running already is recognised', async () => {
  await using server = await listen('{"error":{"code":"TENANT_KEY_MALFORMED","message":""}}')
  await expect(checkPortFree('127.0.0.1', server.port)).rejects.toThrow('a Sarai that is running already')
})

test('a free port passes', async () => {
  await expect(checkPortFree('127.0.0.1', 0)).resolves.toBeUndefined()
})

test('Vite takes the next port if another program has its own', async () => {
  await using server = await listen('something else')
  expect(await findFreePort(server.port)).toBeGreaterThan(server.port)
})
