import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BATCH_CALLS_MAX } from '@sarai/api'
import { BODY_BYTES_MAX, URL_LENGTH_MAX } from './http.ts'
import { JSON_DEPTH_MAX } from './json-body.ts'
import {
  createOwnedTenant,
  createTestPerson,
  signIn,
  signInRequest,
  startTestHttp,
  TEST_PASSWORD,
  type TestHttp,
} from './testing.ts'

let http: TestHttp
let cookie: string

beforeAll(async () => {
  http = await startTestHttp()
  const owner = await createTestPerson(http, 'owner@rabin.test')
  await createOwnedTenant(http, 'rabin', owner)
  cookie = await signIn(http, owner.email)
})

afterAll(() => http[Symbol.asyncDispose]())

/** Everything any answer must be: JSON, no fault of ours, nothing of the inside. */
async function ask(options: InjectOptions) {
  const response = await http.app.inject(options)
  expect(response.statusCode).toBeLessThan(500)
  expect(response.body).not.toMatch(/node_modules|at \w+ \(|\.ts:\d|SELECT |mysql|ER_[A-Z]/i)
  if (response.body !== '') expect(response.headers['content-type']).toContain('application/json')
  return response
}

function create(
  headers: Record<string, string> = {},
  payload: InjectOptions['payload'] = { name: 'Amina' },
): InjectOptions {
  return {
    method: 'POST',
    url: '/t/rabin/trpc/customer.create',
    headers: { cookie, 'content-type': 'application/json', ...headers },
    ...(payload === undefined ? {} : { payload }),
  }
}

describe('requests from another site', () => {
  test.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost.evil.example' },
    { origin: 'http://localhost:8080' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'nonsense' },
    { origin: 'http://localhost', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  ])('change nothing: %j', async (headers) => {
    const response = await ask(create(headers))
    expect(response.statusCode).toBe(403)
    expect(response.json()).toMatchObject({
      error: { data: { code: 'FORBIDDEN', domain: { code: 'FORBIDDEN' } } },
    })
    const signingIn = await ask(
      signInRequest({ email: 'owner@rabin.test', password: TEST_PASSWORD }, headers),
    )
    expect(signingIn.statusCode).toBe(403)
    expect(signingIn.json()).toEqual({ error: { code: 'FORBIDDEN', message: expect.any(String) } })
    const signingOut = await ask({
      method: 'POST',
      url: '/api/auth/sign-out',
      headers: { ...headers, cookie },
    })
    expect(signingOut.statusCode).toBe(403)
    const stream = await ask({
      url: '/t/rabin/trpc/chat.changes?input=%7B%7D',
      headers: { ...headers, cookie },
    })
    expect(stream.statusCode).toBe(403)
  })

  test.each<Record<string, string>>([
    {},
    { origin: 'http://localhost' },
    { origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' },
    { host: 'localhost:5173', origin: 'http://localhost:5173', 'sec-fetch-site': 'same-origin' },
    { host: 'localhost', origin: 'https://localhost' },
  ])('our own page and callers that are no browser are let through: %j', async (headers) => {
    expect((await ask(create(headers))).statusCode).toBe(200)
  })

  test('with a public address, its origin is ours', async () => {
    const publicUrl = new URL('https://desk.example')
    await using other = await startTestHttp({ database: http.database, publicUrl })
    const statusOf = async (headers: Record<string, string>) =>
      (await other.app.inject(create(headers))).statusCode
    expect(await statusOf({ host: 'desk.example', origin: 'https://desk.example' })).toBe(200)
    expect(await statusOf({ host: 'desk.example', origin: 'https://other.example' })).toBe(403)
    expect(await statusOf({ host: 'other.example', origin: 'https://other.example' })).toBe(403)
    const page = await other.app.inject('/sign-in')
    expect(page.headers['strict-transport-security']).toContain('max-age=31536000')
  })
})

describe('requests under a foreign name (DNS rebinding)', () => {
  test.each(['evil.example', 'localhost.evil.example', '192.0.2.1', '0.0.0.0', 'local host'])(
    'get nothing: %s',
    async (host) => {
      for (const url of [
        '/',
        '/api/internal/tenant-info?tenant_key=rabin',
        '/trpc/tenant.mine',
        '/metrics',
      ]) {
        expect((await ask({ url, headers: { host } })).statusCode).toBe(403)
      }
    },
  )

  test.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST'])(
    'loopback has these: %s',
    async (host) => {
      expect((await http.app.inject({ url: '/healthz', headers: { host } })).statusCode).toBe(200)
      expect((await ask({ url: '/trpc/tenant.mine', headers: { host } })).statusCode).toBe(401)
    },
  )

  test('a server for every address is asked by address or its public name, not by any other', async () => {
    await using open = await startTestHttp({ database: http.database, bound: '0.0.0.0' })
    const statusOf = async (host: string) =>
      (await open.app.inject({ url: '/sign-in', headers: { host } })).statusCode
    expect([
      await statusOf('192.0.2.1:3000'),
      await statusOf('[2001:db8::1]'),
      await statusOf('evil.example'),
    ]).toEqual([200, 200, 403])
  })
})

describe('bodies', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'application/jsonp',
    'text/json',
    '',
  ])('of another type than JSON are 415: %s', async (type) => {
    expect((await ask(create({ 'content-type': type }, '{"name":"Amina"}'))).statusCode).toBe(415)
    const signingIn = { ...signInRequest({}, { 'content-type': type }), payload: 'email=a&password=b' }
    expect((await ask(signingIn)).statusCode).toBe(415)
  })

  test.each(['{', '"', '[1,', 'nonsense', '{"name":"x"}}', '\u0000'])(
    'that are no JSON are 400: %s',
    async (payload) => {
      expect((await ask(create({}, payload))).statusCode).toBe(400)
    },
  )

  test.each(['{"__proto__":{"isOperator":true}}', '{"constructor":{"prototype":{"isOperator":true}}}'])(
    'that reach for prototypes are 400: %s',
    async (payload) => {
      expect((await ask(create({}, payload))).statusCode).toBe(400)
      expect(Object.hasOwn(Object.prototype, 'isOperator')).toBe(false)
    },
  )

  test.each([
    'null',
    '1',
    '"x"',
    '[]',
    '{}',
    '{"name":null}',
    '{"name":{"$gt":""}}',
    '{"name":"x","id":1}',
    `{"name":"${'x'.repeat(1_000)}"}`,
    '{"name":"x","email":"no"}',
  ])('that do not fit are 400 with the fields that are wrong: %s', async (payload) => {
    const response = await ask(create({}, payload))
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({
      error: { data: { code: 'BAD_REQUEST', fields: expect.any(Object) } },
    })
  })

  test('are counted in bytes: one too many is 413', async () => {
    const exact = JSON.stringify({ name: 'x'.repeat(BODY_BYTES_MAX - '{"name":""}'.length) })
    expect(Buffer.byteLength(exact)).toBe(BODY_BYTES_MAX)
    expect((await ask(create({}, exact))).statusCode).toBe(400)
    const response = await ask(create({}, `${exact} `))
    expect(response.statusCode).toBe(413)
    expect(response.json()).toMatchObject({ error: { data: { code: 'PAYLOAD_TOO_LARGE', httpStatus: 413 } } })
    const signingIn = await ask(signInRequest({ email: 'x', password: 'x'.repeat(5_000) }))
    expect(signingIn.statusCode).toBe(413)
    expect(signingIn.json()).toEqual({ error: { code: 'PAYLOAD_TOO_LARGE', message: expect.any(String) } })
  })

  test('deeper than any input are 400 and say how deep one may be: a thousand levels used to be a fault of ours', async () => {
    const nest = (depth: number) => `${'{"name":'.repeat(depth)}1${'}'.repeat(depth)}`
    const answer = async (payload: string) => (await ask(create({}, payload))).json()
    expect(await answer(nest(JSON_DEPTH_MAX))).toMatchObject({
      error: { data: { fields: expect.any(Object) } },
    })
    for (const depth of [JSON_DEPTH_MAX + 1, 5_000, 100_000]) {
      expect(await answer(nest(depth))).toMatchObject({
        error: { message: expect.stringContaining(String(JSON_DEPTH_MAX)), data: { httpStatus: 400 } },
      })
    }
    const signingIn = {
      ...signInRequest({}),
      payload: nest(100),
      headers: { 'content-type': 'application/json' },
    }
    expect((await ask(signingIn)).json()).toMatchObject({ error: { code: 'INVALID' } })
  })

  test.each(['\\ud800', 'a\\udc00b', '\\u0000', 'Amina\\u0000'])(
    'with text that cannot be stored as it is are 400: %s',
    async (text) => {
      expect((await ask(create({}, `{"name":"${text}"}`))).json()).toMatchObject({
        error: { data: { domain: { code: 'INVALID' } } },
      })
    },
  )

  test('that are compressed are not unpacked', async () => {
    expect((await ask(create({ 'content-encoding': 'gzip' }, Buffer.from('1f8b08', 'hex')))).statusCode).toBe(
      400,
    )
  })
})

describe('procedures', () => {
  test.each([
    'nope',
    'customer',
    'customer.nope',
    '__proto__',
    'constructor',
    'toString',
    'customer.__proto__',
    'customer.constructor.name',
    'hasOwnProperty',
    '_def',
    '_def.procedures',
    'customer.list.',
    '%2e%2e%2fetc',
    '%00',
    'a'.repeat(2_000),
  ])('that do not exist are 404: %s', async (path) => {
    for (const prefix of ['/trpc', '/t/rabin/trpc']) {
      expect((await ask({ url: `${prefix}/${path}`, headers: { cookie } })).statusCode).toBe(404)
      const post = { method: 'POST', url: `${prefix}/${path}`, headers: { cookie }, payload: {} } as const
      expect((await ask(post)).statusCode).toBe(404)
    }
  })

  test.each([
    '/trpc/%',
    '/trpc/%E0%A4%A',
    '/trpc/%25zz',
    '/t/%/trpc/customer.list',
    '/t/rabin/trpc/customer.list?input=%7B',
    '/t/rabin/trpc/customer.list?input=%',
    '/t/rabin/trpc/customer.list?batch=1&input=1',
  ])('asked in a broken way are 400: %s', async (url) => {
    expect((await ask({ url, headers: { cookie } })).statusCode).toBe(400)
  })

  test('a mutation cannot be asked for with GET, where another site could', async () => {
    expect(
      (
        await ask({
          url: '/t/rabin/trpc/customer.create?input=%7B%22name%22%3A%22x%22%7D',
          headers: { cookie },
        })
      ).statusCode,
    ).toBe(405)
  })

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND'] as const)(
    '%s asks for nothing',
    async (method) => {
      expect(
        (await ask({ method, url: '/t/rabin/trpc/customer.create', headers: { cookie } })).statusCode,
      ).toBe(404)
    },
  )

  test('twenty calls fit into one request, one more is refused before any has run', async () => {
    const batch = (calls: number) => ({
      url: `/t/rabin/trpc/${Array.from({ length: calls }, () => 'permission.mine').join(',')}?batch=1`,
      headers: { cookie },
    })
    const full = await ask(batch(BATCH_CALLS_MAX))
    expect(full.statusCode).toBe(200)
    expect(full.json()).toHaveLength(BATCH_CALLS_MAX)
    const tooMany = await ask(batch(BATCH_CALLS_MAX + 1))
    expect(tooMany.statusCode).toBe(400)
    expect(tooMany.json()).toMatchObject({ error: { data: { code: 'BAD_REQUEST' } } })
  })

  test('an address that is too long is refused', async () => {
    const url = (length: number) => '/trpc/tenant.mine?input='.padEnd(length, 'x')
    expect((await ask({ url: url(URL_LENGTH_MAX + 1), headers: { cookie } })).statusCode).toBe(414)
    expect((await ask({ url: url(URL_LENGTH_MAX), headers: { cookie } })).statusCode).not.toBe(414)
  })

  test('a tenant one is no member of is as unknown as one that does not exist', async () => {
    const stranger = await createTestPerson(http, 'stranger@zaitoon.test')
    const headers = { cookie: await signIn(http, stranger.email) }
    const foreign = await ask({ url: '/t/rabin/trpc/permission.mine', headers })
    const missing = await ask({ url: '/t/no-such-tenant/trpc/permission.mine', headers })
    expect(foreign.statusCode).toBe(404)
    expect(missing.json()).toEqual(foreign.json())
  })

  test.each(['RABIN', 'rabin%20', "rabin'--", '__proto__', '%00', '..', 'api'])(
    'a malformed tenant is an unknown one: %s',
    async (key) => {
      const response = await ask({ url: `/t/${key}/trpc/permission.mine`, headers: { cookie } })
      expect([400, 404]).toContain(response.statusCode)
    },
  )

  test('without a session nothing of a tenant is told', async () => {
    for (const given of [
      '',
      'sarai.session_token=forged',
      `${cookie.split('.').slice(0, -1).join('.')}.forged`,
    ]) {
      const response = await ask({ url: '/t/rabin/trpc/permission.mine', headers: { cookie: given } })
      expect(response.statusCode).toBe(401)
      expect(response.json()).toMatchObject({ error: { data: { domain: { code: 'UNAUTHENTICATED' } } } })
    }
  })
})

describe('every answer', () => {
  test.each(['/sign-in', '/healthz', '/trpc/tenant.mine', '/api/nope', '/api/internal/tenant-info'])(
    'carries the security headers: %s',
    async (url) => {
      const { headers } = await http.app.inject(url)
      const policy = String(headers['content-security-policy'])
      for (const directive of [
        "default-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "connect-src 'self'",
      ]) {
        expect(policy.split(';')).toContain(directive)
      }
      expect(policy).not.toMatch(/unsafe|\*/)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
      })
      expect(headers).not.toHaveProperty('access-control-allow-origin')
      expect(headers).not.toHaveProperty('x-powered-by')
    },
  )

  test('carries the id of its request, the given one if it is sane', async () => {
    const given = await http.app.inject({ url: '/healthz', headers: { 'x-request-id': 'trace-12345678' } })
    expect(given.headers['x-request-id']).toBe('trace-12345678')
    const strange = await http.app.inject({ url: '/healthz', headers: { 'x-request-id': '<script>' } })
    expect(strange.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })
})
