import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTwoTenants, type TwoTenants } from './two-tenants.ts'

let tenants: TwoTenants
let port: number

beforeAll(async () => {
  tenants = await openTwoTenants()
  port = Number(new URL(await tenants.http.listen()).port)
})

afterAll(() => tenants[Symbol.asyncDispose]())

/** Bytes as they are, and all that comes back until the server hangs up. Who stays listens; who leaves says so first. */
async function sendBytes(bytes: string, { leaves = false } = {}): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const received: Buffer[] = []
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('data', (chunk) => void received.push(chunk))
  // A server that will not read the rest resets the connection; what it said before has arrived.
  socket.on('error', () => undefined)
  socket.on('close', () => resolve(Buffer.concat(received).toString('latin1')))
  socket.write(bytes, 'latin1')
  if (leaves) socket.end()
  return promise
}

function countAnswers(received: string): number {
  return received.match(/^HTTP\/1\.1 \d{3}/gm)?.length ?? 0
}

function statusOf(received: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1])
}

/** What would be answered if the second half of a request were taken for a request. */
const SMUGGLED = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n'
const POST = 'POST /trpc/tenant.mine HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'

describe('a request whose end could be read in two ways', () => {
  test.each([
    ['both lengths', `${POST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['two lengths', `${POST}Content-Length: 0\r\nContent-Length: ${SMUGGLED.length}\r\n\r\n${SMUGGLED}`],
    ['a list of lengths', `${POST}Content-Length: 0, 44\r\n\r\n${SMUGGLED}`],
    ['a length that is none', `${POST}Content-Length: +0\r\n\r\n${SMUGGLED}`],
    ['a negative length', `${POST}Content-Length: -1\r\n\r\n${SMUGGLED}`],
    ['chunked twice', `${POST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['chunked in disguise', `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['a chunk that is no number', `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n${SMUGGLED}`],
    ['a space before the colon', `${POST}Content-Length : 44\r\n\r\n${SMUGGLED}`],
    ['a header over two lines', `${POST}X-A: b\r\n Content-Length: 44\r\n\r\n`],
    ['a line that ends with LF', `${POST}X-A: b\nContent-Length: 44\r\n\r\n${SMUGGLED}`],
    ['NUL in a header', `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: a\0b\r\n\r\n`],
    [
      'two hosts',
      `GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    ],
    ['no host', `GET /healthz HTTP/1.1\r\n\r\n`],
  ])('is refused, and only once: %s', async (_what, bytes) => {
    const received = await sendBytes(bytes)
    expect(countAnswers(received)).toBe(1)
    expect([400, 403]).toContain(statusOf(received))
    expect(received).not.toContain('"alive"')
  })

  test('waits for no body longer than its caller stays: fewer bytes than promised run nothing', async () => {
    const body = '{"name":"Smuggled"}'
    const before = await tenants.readAll(tenants.own)
    const received = await sendBytes(
      `POST /t/rabin/trpc/customer.create HTTP/1.1\r\nHost: localhost\r\nCookie: ${tenants.own.cookie}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}`,
      { leaves: true },
    )
    expect(countAnswers(received)).toBeLessThanOrEqual(1)
    expect(received).not.toContain('Smuggled')
    expect(await tenants.readAll(tenants.own)).toBe(before)
  })
})

describe('too much', () => {
  test.each([
    ['one header', `X-A: ${'x'.repeat(40_000)}\r\n`],
    ['many headers', Array.from({ length: 3_000 }, (_, index) => `X-${index}: y\r\n`).join('')],
    ['a cookie', `Cookie: sarai.session_token=${'x'.repeat(40_000)}\r\n`],
  ])('of headers is 431: %s', async (_what, headers) => {
    const received = await sendBytes(`GET /trpc/tenant.mine HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`)
    expect(statusOf(received)).toBe(431)
    expect(countAnswers(received)).toBe(1)
  })
})

describe('a method that is written into a header or a query', () => {
  test.each(['X-HTTP-Method-Override: POST', 'X-Method-Override: POST', 'X-HTTP-Method: POST'])(
    'is not believed: %s',
    async (header) => {
      const received = await sendBytes(
        `GET /t/rabin/trpc/customer.create?_method=POST&input=%7B%22name%22%3A%22x%22%7D HTTP/1.1\r\nHost: localhost\r\n` +
          `Cookie: ${tenants.own.cookie}\r\n${header}\r\nConnection: close\r\n\r\n`,
      )
      expect(statusOf(received)).toBe(405)
    },
  )
})

describe('a path as a browser would never send it', () => {
  test.each([
    '/assets/../../package.json',
    '/../../../../etc/passwd',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/%252e%252e/package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets/....//....//package.json',
    '/assets/main-C0FFEE00.js/../../index.html%00.js',
    '/.vite/manifest.json',
    '\\..\\..\\package.json',
    'file:///etc/passwd',
  ])('reaches no file: %s', async (path) => {
    const received = await sendBytes(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    expect([400, 403, 404]).toContain(statusOf(received))
    expect(received).not.toMatch(/root:|"private"|"name": ?"/)
  })

  test('that names another host is answered for ours, or not at all', async () => {
    const received = await sendBytes(
      'GET http://evil.example/trpc/tenant.mine HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    )
    expect([400, 403, 404]).toContain(statusOf(received))
  })
})
