import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { URL_LENGTH_MAX } from '../src/http.ts'
import { toRequest } from './call-procedure.ts'
import { exampleFor, listAttacked } from './rows.ts'
import { openTwoTenants, type TwoTenants } from './two-tenants.ts'

let tenants: TwoTenants

beforeAll(async () => {
  tenants = await openTwoTenants()
})

afterAll(() => tenants[Symbol.asyncDispose]())

describe('every answer of a procedure', () => {
  test.each(listAttacked().filter(({ type }) => type !== 'subscription'))(
    'is JSON that no cache keeps and no browser takes for anything else: $path',
    async (procedure) => {
      const input = exampleFor(procedure)
      for (const cookie of ['', tenants.own.cookie, tenants.foreign.cookie]) {
        const tenantKey = procedure.meta.audience === 'member' ? 'rabin' : null
        const { headers } = await tenants.http.app.inject(
          toRequest({ ...procedure, tenantKey, cookie, input }),
        )
        expect(headers['content-type']).toBe('application/json; charset=utf-8')
        expect(headers).toMatchObject({
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'content-security-policy': expect.stringContaining("default-src 'self'"),
        })
      }
    },
  )
})

describe('every refusal', () => {
  test.each([
    [400, { url: '/%' }],
    [400, { url: '/trpc/%E0%A4%A' }],
    [401, { url: '/trpc/tenant.mine' }],
    [403, { url: '/metrics', remoteAddress: '192.0.2.1' }],
    [403, { url: '/trpc/tenant.mine', headers: { origin: 'https://evil.example' } }],
    [403, { url: '/', headers: { host: 'evil.example' } }],
    [404, { url: '/nope/nope.php' }],
    [404, { url: '/api/auth/nope' }],
    [404, { method: 'PUT', url: '/trpc/tenant.mine' }],
    [404, { url: '/t/rabin/trpc/nope' }],
    [405, { url: '/t/rabin/trpc/customer.create' }],
    [413, { method: 'POST', url: '/api/auth/sign-in/email', payload: { email: 'x'.repeat(5_000) } }],
    [414, { url: `/${'x'.repeat(URL_LENGTH_MAX)}` }],
    [
      415,
      { method: 'POST', url: '/trpc/tenant.mine', headers: { 'content-type': 'text/plain' }, payload: 'x' },
    ],
  ] as const)('%i carries every header and is not kept: %j', async (status, request) => {
    const { statusCode, headers, body } = await tenants.http.app.inject(request)
    expect(statusCode).toBe(status)
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': expect.stringMatching(/^application\/json; charset=utf-8$/),
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers).not.toHaveProperty('server')
    expect(() => JSON.parse(body) as unknown).not.toThrow()
  })
})

describe('text of a caller', () => {
  const SCRIPT = '<script>alert(1)</script>'

  test.each(['/', '/sign-in', '/rabin/chat', '/nope', '/api/nope', '/t/rabin/trpc/nope', '/trpc/nope'])(
    'is in no page and in no answer as markup: %s',
    async (path) => {
      const { cookie } = tenants.own
      for (const accept of ['text/html', 'application/json']) {
        const url = `${path}/${encodeURIComponent(SCRIPT)}?x=${encodeURIComponent(SCRIPT)}`
        const headers = { cookie, accept, referer: `http://localhost/${SCRIPT}` }
        const answer = await tenants.http.app.inject({ url, headers })
        const isPage = String(answer.headers['content-type']).startsWith('text/html')
        if (isPage) expect(answer.body).not.toContain('alert(1)')
        expect(answer.headers['content-security-policy']).not.toContain('unsafe')
      }
    },
  )

  test('comes back as JSON of a type that a browser does not run', async () => {
    const { own, http } = tenants
    const created = await http.app.inject(
      toRequest({ ...own, path: 'customer.create', type: 'mutation', input: { name: SCRIPT } }),
    )
    expect(created.statusCode).toBe(200)
    expect(created.headers['content-type']).toContain('application/json')
    expect(created.headers['x-content-type-options']).toBe('nosniff')
  })
})
