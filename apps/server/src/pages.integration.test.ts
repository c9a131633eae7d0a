import { RESERVED_TENANT_KEYS, TENANT_KEY_PATTERN } from '@sarai/api/tenant/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestHttp, type TestHttp } from './testing.ts'

let http: TestHttp
const paths: string[] = []

beforeAll(async () => {
  http = await startTestHttp({ onRoute: (path) => paths.push(path) })
})

afterAll(() => http[Symbol.asyncDispose]())

const HTML = { accept: 'text/html,application/xhtml+xml' }

describe('the page', () => {
  test.each([
    '/',
    '/sign-in',
    '/workspaces',
    '/operator',
    '/operator/tenants',
    '/rabin',
    '/rabin/dashboard',
    '/rabin/customers',
    '/rabin/customers/01a2',
    '/rabin/chat/01a2',
    '/rabin/settings/permissions',
    '/sign-in?returnTo=%2Frabin%2Fchat',
  ])('is served for %s', async (url) => {
    const response = await http.app.inject({ url, headers: HTML })
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(response.headers['cache-control']).toBe('no-cache')
    expect(response.body).toContain('<title>Sarai</title>')
  })

  test('comes with a nonce of its own, the same in the policy and in the page', async () => {
    const nonceOf = async () => {
      const { body, headers } = await http.app.inject({ url: '/sign-in', headers: HTML })
      const [, nonce] = /<meta property="csp-nonce" nonce="([^"]+)">/.exec(body) ?? []
      expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
      return nonce
    }
    expect(await nonceOf()).not.toBe(await nonceOf())
  })

  test.each([
    '/rabin/nope',
    '/nope/nope/nope',
    '/RABIN/chat',
    '/r',
    ...RESERVED_TENANT_KEYS.map((key) => `/${key}/dashboard`),
  ])('says not found, to a person, for %s', async (url) => {
    const response = await http.app.inject({ url, headers: HTML })
    const isOwnArea = /^\/(api|trpc|assets|operator)\//.test(url)
    if (url.startsWith('/operator/')) expect(response.statusCode).toBe(200)
    else expect(response.statusCode).toBe(404)
    if (!isOwnArea) expect(response.headers['content-type']).toContain('text/html')
  })

  test.each([
    '/api',
    '/api/',
    '/api/nope',
    '/api/internal',
    '/trpc',
    '/assets/nope.js',
    '/nope.php',
    '/.env',
    '/.git/config',
    '/assets/..%2f..%2fpackage.json',
    '/..%2f..%2fetc%2fpasswd',
    '/index.html/x',
  ])('is not given to a program that asks for %s', async (url) => {
    const response = await http.app.inject({ url, headers: { accept: 'application/json' } })
    expect(response.statusCode).toBe(404)
  })

  test.each(['/api/nope', '/api/auth/nope', '/assets/nope.js', '/t/rabin/nope'])(
    'even to a person, %s is JSON',
    async (url) => {
      const response = await http.app.inject({ url, headers: HTML })
      expect(response.statusCode).toBe(404)
      expect(response.json()).toEqual({ error: { code: 'NOT_FOUND', message: expect.any(String) } })
    },
  )
})

describe('files', () => {
  test('named by their content are kept for ever, others asked for again', async () => {
    const asset = await http.app.inject('/assets/main-C0FFEE00.js')
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(asset.headers['content-type']).toContain('javascript')
    const icon = await http.app.inject('/favicon.svg')
    expect(icon.headers['cache-control']).toBe('no-cache')
    expect(icon.headers['content-type']).toContain('image/svg+xml')
    const again = await http.app.inject({
      url: '/favicon.svg',
      headers: { 'if-none-match': String(icon.headers.etag) },
    })
    expect(again.statusCode).toBe(304)
  })

  test.each(['br', 'gzip'])('are compressed for browsers that take %s', async (encoding) => {
    const response = await http.app.inject({
      url: '/assets/main-C0FFEE00.js',
      headers: { 'accept-encoding': encoding },
    })
    expect(response.headers['content-encoding']).toBe(encoding)
    expect(response.headers['vary']).toContain('accept-encoding')
    expect(response.rawPayload.length).toBeLessThan(1_000)
  })
})

test('only a server with the demo offers its public sign-ins', async () => {
  const mark = '<meta name="sarai-demo">'
  expect((await http.app.inject({ url: '/sign-in', headers: HTML })).body).not.toContain(mark)
  await using demo = await startTestHttp({ database: http.database, isDemo: true })
  expect((await demo.app.inject({ url: '/sign-in', headers: HTML })).body).toContain(mark)
})

test('a server whose web app is not built says what to do', async () => {
  await using bare = await startTestHttp({ database: http.database, webRoot: '/nonexistent' })
  const response = await bare.app.inject({ url: '/', headers: HTML })
  expect(response.statusCode).toBe(404)
  expect(response.json()).toMatchObject({ error: { message: expect.stringContaining('npm start') } })
})

/** The first words of all paths, as far as a tenant could have them for a key. */
function firstWords(): string[] {
  expect(paths).toEqual(
    expect.arrayContaining(['/t/:tenantKey/trpc/*', '/trpc/*', '/api/auth/*', '/:tenantKey/chat/*']),
  )
  const words = paths.map((path) => path.split('/')[1] ?? '')
  return [...new Set(words)].filter((word) => TENANT_KEY_PATTERN.test(word))
}

test('every word that a path begins with is reserved, so that no tenant can take it', () => {
  expect(RESERVED_TENANT_KEYS).toEqual(expect.arrayContaining(firstWords()))
})

test('every reserved word is used by a path, or kept for one that is planned', () => {
  const planned = ['widget']
  expect([...firstWords(), ...planned].toSorted()).toEqual(expect.arrayContaining([...RESERVED_TENANT_KEYS]))
})
