import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HTTP_PATHS, type PathAudience } from './http-paths.ts'
import { openTwoTenants, type TwoTenants } from './two-tenants.ts'

const TOKEN = 'a-token-of-the-operator'
const PERMISSIONS_OF_UPLOADS: Record<string, string[]> = { '/t/:tenantKey/imports': ['customer:import'] }

let tenants: TwoTenants

beforeAll(async () => {
  tenants = await openTwoTenants()
})

afterAll(() => tenants[Symbol.asyncDispose]())

function pathsFor(audience: PathAudience): string[] {
  return Object.keys(HTTP_PATHS).filter((path) => HTTP_PATHS[path] === audience)
}

/** The same path as nobody, as the owner of the tenant in it, and as the owner of another. */
async function askAsEach(path: string, headers: Record<string, string> = {}) {
  const url = path.replace(':tenantKey', tenants.own.tenantKey).replace('*', 'x')
  const cookies = ['', tenants.own.cookie, tenants.foreign.cookie]
  return Promise.all(
    cookies.map((cookie) => tenants.http.app.inject({ url, headers: { ...headers, cookie } })),
  )
}

describe('a path for everyone', () => {
  test.each(pathsFor('everyone'))('says the same to everyone, and nothing of anybody: %s', async (path) => {
    const answers = await askAsEach(path)
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1)
    for (const { body, headers } of answers) {
      expect(body).not.toContain(tenants.own.tenantKey)
      expect(headers).not.toHaveProperty('set-cookie')
    }
  })
})

describe('a page', () => {
  test.each(pathsFor('page'))('is the same whoever asks, and whether its tenant exists: %s', async (path) => {
    const headers = { accept: 'text/html' }
    const missing = await tenants.http.app.inject({
      url: path.replace(':tenantKey', 'no-such-tenant').replace('*', 'x'),
      headers,
    })
    const answers = [...(await askAsEach(path, headers)), missing]
    const withoutNonce = answers.map(({ statusCode, body }) =>
      `${statusCode} ${body}`.replace(/nonce="[^"]+"/, ''),
    )
    expect(new Set(withoutNonce).size).toBe(1)
    for (const { headers: sent } of answers) expect(sent).not.toHaveProperty('set-cookie')
  })
})

describe('an internal path', () => {
  test.each(pathsFor('internal'))(
    'opens to no session from elsewhere, nor through a proxy: %s',
    async (path) => {
      for (const cookie of ['', tenants.own.cookie]) {
        const url = `${path}?tenant_key=${tenants.own.tenantKey}`
        const ask = async (options: { remoteAddress?: string; headers?: Record<string, string> }) => {
          const { remoteAddress = '127.0.0.1', headers } = options
          const answer = await tenants.http.app.inject({
            url,
            remoteAddress,
            headers: { cookie, ...headers },
          })
          return answer.statusCode
        }
        expect(await ask({})).toBe(200)
        expect(await ask({ remoteAddress: '192.0.2.7' })).toBe(403)
        expect(await ask({ headers: { 'x-forwarded-for': '127.0.0.1' } })).toBe(403)
        expect(await ask({ remoteAddress: '192.0.2.7', headers: { authorization: `Bearer ${TOKEN}` } })).toBe(
          403,
        )
      }
    },
  )
})

describe('an upload', () => {
  test.each(pathsFor('upload'))(
    'is taken from whoever may, from our own pages, in their own tenant: %s',
    async (path) => {
      const ask = async (headers: Record<string, string>, tenantKey = tenants.own.tenantKey) => {
        const answer = await tenants.http.app.inject({
          method: 'POST',
          url: `${path.replace(':tenantKey', tenantKey)}?name=people.csv`,
          headers: { 'content-type': 'application/octet-stream', ...headers },
          payload: 'name\nAmina',
        })
        return { status: answer.statusCode, body: answer.body }
      }
      const { own, foreign } = tenants
      expect(await ask({ cookie: own.cookie })).toMatchObject({ status: 201 })
      expect(await ask({})).toMatchObject({ status: 401 })
      const stranger = await ask({ cookie: foreign.cookie })
      expect(stranger.status).toBe(404)
      expect(stranger).toEqual(await ask({ cookie: foreign.cookie }, 'no-such-tenant'))
      const elsewhere = { cookie: own.cookie, origin: 'https://elsewhere.test' }
      expect(await ask(elsewhere)).toMatchObject({ status: 403 })
      for (const permission of PERMISSIONS_OF_UPLOADS[path] ?? []) {
        expect(await ask({ cookie: await tenants.signInWithout(permission) })).toMatchObject({ status: 403 })
      }
    },
  )

  test('each says which permission it needs', () => {
    expect(Object.keys(PERMISSIONS_OF_UPLOADS)).toEqual(pathsFor('upload'))
  })
})

describe('the path of sign-in', () => {
  test('tells a session only about itself, and nobody about anybody', async () => {
    const answers = await askAsEach('/api/auth/get-session')
    const emails = answers.map(({ body }) => /[a-z]+@[a-z]+\.test/.exec(body)?.[0])
    expect(emails).toEqual([undefined, 'owner@rabin.test', 'owner@zaitoon.test'])
  })
})
