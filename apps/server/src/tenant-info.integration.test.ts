import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestTenant } from '@sarai/db/testing'
import { startTestHttp, type TestHttp } from './testing.ts'

const TOKEN = 'a-token-of-the-operator'
const PATH = '/api/internal/tenant-info?tenant_key=rabin'

let http: TestHttp
let withToken: TestHttp

beforeAll(async () => {
  http = await startTestHttp()
  await createTestTenant(http.database, { tenantKey: 'rabin', name: 'Rabin Home Appliances' })
  withToken = await startTestHttp({ database: http.database, internalToken: TOKEN })
})

afterAll(async () => {
  await withToken[Symbol.asyncDispose]()
  await http[Symbol.asyncDispose]()
})

describe('without a token', () => {
  test('a caller on this machine gets the tenant, and nothing that is secret', async () => {
    const response = await http.app.inject(PATH)
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(response.headers['cache-control']).toBe('no-store')
    expect(response.json()).toEqual({
      tenantKey: 'rabin',
      name: 'Rabin Home Appliances',
      status: 'active',
      schemaVersion: expect.any(Number),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    })
  })

  test('a suspended tenant is said to be suspended', async () => {
    await createTestTenant(http.database, { tenantKey: 'shut' })
    await http.database.setTenantStatus('shut', 'suspended')
    const response = await http.app.inject('/api/internal/tenant-info?tenant_key=shut')
    expect(response.json()).toMatchObject({ tenantKey: 'shut', status: 'suspended' })
  })

  test.each([
    '',
    '?tenant_key=',
    '?tenant_key=Rabin',
    '?tenant_key=ra',
    '?tenant_key=-rabin',
    '?tenant_key=rabin-',
    '?tenant_key=rab_in',
    '?tenant_key=rabin%00',
    '?tenant_key=rabin%0a',
    '?tenant_key=rabin&tenant_key=zaitoon',
    `?tenant_key=${'a'.repeat(33)}`,
    "?tenant_key=rabin'--",
    '?tenantKey=rabin',
    '?__proto__=rabin',
  ])('a malformed key is 400: %s', async (query) => {
    const response = await http.app.inject(`/api/internal/tenant-info${query}`)
    expect(response.statusCode).toBe(400)
    expect(response.json()).toEqual({ error: { code: 'INVALID', message: expect.any(String) } })
  })

  test.each(['nobody', 'api', 'operator'])('a key that no tenant has is 404: %s', async (key) => {
    const response = await http.app.inject(`/api/internal/tenant-info?tenant_key=${key}`)
    expect(response.statusCode).toBe(404)
    expect(response.json()).toEqual({ error: { code: 'TENANT_UNKNOWN', message: expect.any(String) } })
  })

  test('a tenant made after it was asked for is found', async () => {
    const url = '/api/internal/tenant-info?tenant_key=late-comer'
    expect((await http.app.inject(url)).statusCode).toBe(404)
    await createTestTenant(http.database, { tenantKey: 'late-comer' })
    expect((await http.app.inject(url)).statusCode).toBe(200)
  })

  test.each([
    ['forwarded', 'for=127.0.0.1'],
    ['x-forwarded-for', '127.0.0.1'],
    ['x-forwarded-host', 'localhost'],
    ['x-forwarded-proto', 'https'],
    ['x-real-ip', '127.0.0.1'],
    ['via', '1.1 proxy'],
    ['x-client-ip', '127.0.0.1'],
    ['cf-connecting-ip', '127.0.0.1'],
    ['true-client-ip', ''],
  ])('a forwarded caller is 403, whatever it says: %s', async (header, value) => {
    for (const url of [
      PATH,
      '/api/internal/tenant-info?tenant_key=NOT',
      '/api/internal/tenant-info?tenant_key=nobody',
    ]) {
      const response = await http.app.inject({ url, headers: { [header]: value } })
      expect(response.statusCode).toBe(403)
      expect(response.json()).toEqual({ error: { code: 'FORBIDDEN', message: expect.any(String) } })
    }
  })

  test.each(['192.0.2.7', '::ffff:192.0.2.7', '2001:db8::7', '128.0.0.1'])(
    'a caller from elsewhere is 403: %s',
    async (remoteAddress) => {
      expect((await http.app.inject({ url: PATH, remoteAddress })).statusCode).toBe(403)
    },
  )

  test.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])(
    'loopback in every form is this machine: %s',
    async (remoteAddress) => {
      expect((await http.app.inject({ url: PATH, remoteAddress })).statusCode).toBe(200)
    },
  )

  test('a token that nobody set lets nobody in', async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '192.0.2.7' }
    expect((await http.app.inject({ url: PATH, headers })).statusCode).toBe(403)
  })
})

describe('with a token', () => {
  test.each([
    undefined,
    'Bearer',
    'Bearer ',
    'Bearer wrong',
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(1)}`,
    TOKEN,
    `Basic ${TOKEN}`,
  ])('anything but the token is 401, on this machine too: %s', async (authorization) => {
    const response = await withToken.app.inject({
      url: PATH,
      headers: authorization === undefined ? {} : { authorization },
    })
    expect(response.statusCode).toBe(401)
    expect(response.json()).toEqual({ error: { code: 'UNAUTHENTICATED', message: expect.any(String) } })
  })

  test('with it, callers from elsewhere and behind proxies are answered', async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '192.0.2.7' }
    const response = await withToken.app.inject({ url: PATH, headers, remoteAddress: '192.0.2.7' })
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({ tenantKey: 'rabin' })
  })

  test('a wrong key is 400 and an unknown one 404 only for who has the token', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const statusOf = async (key: string) =>
      (await withToken.app.inject({ url: `/api/internal/tenant-info?tenant_key=${key}`, headers })).statusCode
    expect([await statusOf('NOT'), await statusOf('nobody')]).toEqual([400, 404])
  })
})

test('the metrics are for this machine or the token', async () => {
  const ask = (from: TestHttp, headers: Record<string, string>) =>
    from.app.inject({ url: '/metrics', headers })
  const forwarded = { 'x-forwarded-for': '192.0.2.7' }
  expect((await ask(http, {})).statusCode).toBe(200)
  expect((await ask(http, forwarded)).statusCode).toBe(403)
  expect((await ask(withToken, forwarded)).statusCode).toBe(403)
  const response = await ask(withToken, { ...forwarded, authorization: `Bearer ${TOKEN}` })
  expect(response.statusCode).toBe(200)
  expect(response.headers['content-type']).toContain('text/plain')
  expect(response.body).toMatch(/^sarai_connections\{state="idle"\} \d+$/m)
  expect(response.body).toContain('# TYPE sarai_connection_wait_seconds histogram')
  expect(response.body).toMatch(
    /^sarai_http_request_duration_seconds_count\{method="GET",route="\/metrics",status="4xx"\} \d+$/m,
  )
  expect(response.body).not.toContain('rabin')
})
