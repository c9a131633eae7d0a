import { createTestDatabase, type TestDatabase } from '@sarai/db/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DomainError } from '../errors.ts'
import { type Auth, createAuth } from './auth.ts'
import { SESSION_MAX_AGE_S } from './better-auth.ts'
import { SIGN_IN_FAILURES_OF_PAIR_MAX } from './sign-in-limit.ts'

const SECRET = 'a secret for tests, long enough to be taken'
const PASSWORD = 'correct horse battery'

let database: TestDatabase
let auth: Auth

beforeAll(async () => {
  database = await createTestDatabase()
  auth = createAuth({ master: database.master, secret: SECRET, baseUrl: 'http://localhost:3000' })
  await auth.createUser({ name: 'Amina', email: 'amina@rabin.test', password: PASSWORD })
})

afterAll(() => database[Symbol.asyncDispose]())

let clients = 0

function post(
  path: string,
  { body = {}, headers = {}, by = auth }: { body?: unknown; headers?: Record<string, string>; by?: Auth },
) {
  const request = new Request(`http://localhost:3000${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers,
  })
  // An address for each call, so that no test runs into another's limit.
  return by.handler(request, { address: `192.0.2.${clients++ % 250}` })
}

function signIn(email: string, password = PASSWORD, by = auth): Promise<Response> {
  return post('/api/auth/sign-in/email', { body: { email, password }, by })
}

function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

async function refusalOf(answer: Promise<unknown>): Promise<DomainError> {
  const error = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof DomainError) return error
  throw new Error('this was not refused', { cause: error })
}

describe('signing in', () => {
  test('opens a session that only the server can read, for this site alone', async () => {
    const response = await signIn('amina@rabin.test')
    expect(response.status).toBe(200)
    const [cookie = ''] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^sarai\.session_token=/)
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Lax')
    expect(cookie).toContain('Path=/')
    expect(cookie).toContain(`Max-Age=${SESSION_MAX_AGE_S}`)
    expect(cookie).not.toContain('Secure')
    expect(await auth.findSession(new Headers({ cookie: cookieOf(response) }))).toMatchObject({
      user: { name: 'Amina', email: 'amina@rabin.test' },
      isOperator: false,
    })
  })

  test('over https the cookie is Secure', async () => {
    const secure = createAuth({ master: database.master, secret: SECRET, baseUrl: 'https://desk.example' })
    const response = await signIn('amina@rabin.test', PASSWORD, secure)
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Secure-sarai\.session_token=.*; Secure/)
    expect(await secure.findSession(new Headers({ cookie: cookieOf(response) }))).not.toBeNull()
  })

  test('takes the address in any case and with spaces around it', async () => {
    expect((await signIn('  AMINA@Rabin.test ')).status).toBe(200)
  })

  test('does not show the session token to scripts', async () => {
    const response = await signIn('amina@rabin.test')
    const body: unknown = await response.json()
    const token = decodeURIComponent(cookieOf(response)).split(/[=.]/)[2] ?? ''
    expect(token).not.toBe('')
    expect(JSON.stringify(body)).not.toContain(token)
    expect(body).toEqual({ user: { id: expect.any(String), name: 'Amina', email: 'amina@rabin.test' } })
  })

  test('a wrong password and an unknown account get the same answer', async () => {
    const wrong = await refusalOf(signIn('amina@rabin.test', 'wrong horse battery'))
    const unknown = await refusalOf(signIn('nobody@rabin.test', 'wrong horse battery'))
    expect([unknown.code, unknown.userMessage, unknown.details]).toEqual([
      wrong.code,
      wrong.userMessage,
      wrong.details,
    ])
    expect(wrong.code).toBe('UNAUTHENTICATED')
  })

  test.each(['amina@rabin.test', 'nobody@rabin.test'])(
    'too many failures are refused alike for %s',
    async (email) => {
      const by = createAuth({ master: database.master, secret: SECRET, baseUrl: 'http://localhost:3000' })
      const guess = () => {
        const body = JSON.stringify({ email, password: 'wrong horse battery' })
        const request = new Request('http://localhost:3000/api/auth/sign-in/email', { method: 'POST', body })
        return refusalOf(by.handler(request, { address: '192.0.2.77' }))
      }
      for (let count = 0; count < SIGN_IN_FAILURES_OF_PAIR_MAX; count++)
        expect((await guess()).code).toBe('UNAUTHENTICATED')
      const refusal = await guess()
      expect(refusal.code).toBe('RATE_LIMITED')
      expect(refusal.details).toEqual({ retryAfterMs: expect.any(Number) })
    },
  )

  test.each([
    null,
    'text',
    {},
    { email: 'amina@rabin.test' },
    { email: {}, password: [] },
    { email: 'amina', password: 'x' },
  ])('asks for both an address and a password when given %j', async (body) => {
    expect((await refusalOf(post('/api/auth/sign-in/email', { body }))).code).toBe('INVALID')
  })

  test('keeps the address of the socket, whatever the caller says it is, and no more of the browser than fits', async () => {
    const headers = {
      'x-sarai-client-address': '203.0.113.9',
      'x-forwarded-for': '203.0.113.9',
      'user-agent': 'x'.repeat(2_000),
    }
    const response = await post('/api/auth/sign-in/email', {
      body: { email: 'amina@rabin.test', password: PASSWORD },
      headers,
    })
    const session = await auth.findSession(new Headers({ cookie: cookieOf(response) }))
    const row = await database.master
      .selectFrom('sessions')
      .where('id', '=', session?.id ?? '')
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(row.ip_address).toMatch(/^192\.0\.2\./)
    expect(row.user_agent).toHaveLength(512)
  })
})

describe('a session', () => {
  async function openSession(): Promise<Headers> {
    return new Headers({ cookie: cookieOf(await signIn('amina@rabin.test')) })
  }

  test('ends with signing out, for everybody who has a copy of the cookie', async () => {
    const headers = await openSession()
    const response = await post('/api/auth/sign-out', { headers: { cookie: headers.get('cookie') ?? '' } })
    expect(response.headers.getSetCookie()[0]).toContain('Max-Age=0')
    expect(await auth.findSession(headers)).toBeNull()
  })

  test('ends at once when its row is gone', async () => {
    const headers = await openSession()
    const session = await auth.findSession(headers)
    await database.master
      .deleteFrom('sessions')
      .where('id', '=', session?.id ?? '')
      .execute()
    expect(await auth.findSession(headers)).toBeNull()
  })

  test('ends when its time is over', async () => {
    const headers = await openSession()
    const session = await auth.findSession(headers)
    const ended = { expires_at: new Date(Date.now() - 1_000) }
    await database.master
      .updateTable('sessions')
      .set(ended)
      .where('id', '=', session?.id ?? '')
      .execute()
    expect(await auth.findSession(headers)).toBeNull()
  })

  test('cannot be forged: a token without our signature is nobody', async () => {
    const headers = await openSession()
    const cookie = headers.get('cookie') ?? ''
    const [name = '', value = ''] = cookie.split('=')
    const token = decodeURIComponent(value).split('.')[0]
    for (const forged of [
      `${name}=${token}`,
      `${name}=${token}.`,
      `${name}=${token}.AAAA`,
      `${name}=%`,
      `${name}=.`,
      name,
      '=',
    ]) {
      expect(await auth.findSession(new Headers({ cookie: forged }))).toBeNull()
    }
    const other = createAuth({
      master: database.master,
      secret: 'another secret for tests, long enough',
      baseUrl: 'http://localhost',
    })
    expect(await other.findSession(headers)).toBeNull()
  })

  test('says who is an operator as it is now', async () => {
    const headers = await openSession()
    const userId = (await auth.findSession(headers))?.user.id ?? ''
    await database.master
      .insertInto('operators')
      .values({ user_id: userId, created_at: new Date() })
      .execute()
    expect((await auth.findSession(headers))?.isOperator).toBe(true)
    await database.master.deleteFrom('operators').where('user_id', '=', userId).execute()
    expect((await auth.findSession(headers))?.isOperator).toBe(false)
  })

  test('is read by the page without its token, and prolonged by the visit', async () => {
    const headers = await openSession()
    const session = await auth.findSession(headers)
    const soon = { expires_at: new Date(Date.now() + 60 * 60_000) }
    await database.master
      .updateTable('sessions')
      .set(soon)
      .where('id', '=', session?.id ?? '')
      .execute()
    const request = () => new Request('http://localhost:3000/api/auth/get-session', { headers })
    const response = await auth.handler(request())
    const body = (await response.json()) as { session: { expiresAt: string } }
    expect(Object.keys(body)).toEqual(['user', 'session'])
    expect(new Date(body.session.expiresAt).getTime()).toBeGreaterThan(soon.expires_at.getTime())
    expect(response.headers.getSetCookie()[0]).toContain(`Max-Age=${SESSION_MAX_AGE_S}`)
    const none = await auth.handler(new Request('http://localhost:3000/api/auth/get-session'))
    expect(await none.json()).toBeNull()
  })
})

describe('people', () => {
  test('have an address that nobody else has, in whatever case', async () => {
    const taken = await refusalOf(
      auth.createUser({ name: 'Other', email: 'Amina@RABIN.test', password: PASSWORD }),
    )
    expect(taken.code).toBe('CONFLICT')
    expect(taken.details).toEqual({ userId: expect.any(String) })
  })

  test('made twice at the same moment are made once', async () => {
    const input = { name: 'Twin', email: 'twin@rabin.test', password: PASSWORD }
    const outcomes = await Promise.allSettled([auth.createUser(input), auth.createUser(input)])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const rows = await database.master
      .selectFrom('users')
      .where('email', '=', input.email)
      .select('id')
      .execute()
    expect(rows).toHaveLength(1)
  })

  test('who get a new password are signed out everywhere and come in only with it', async () => {
    const { id } = await auth.createUser({ name: 'Bilal', email: 'bilal@rabin.test', password: PASSWORD })
    const headers = new Headers({ cookie: cookieOf(await signIn('bilal@rabin.test')) })
    await auth.setPassword({ userId: id, password: 'another horse battery' })
    expect(await auth.findSession(headers)).toBeNull()
    expect((await refusalOf(signIn('bilal@rabin.test'))).code).toBe('UNAUTHENTICATED')
    expect((await signIn('bilal@rabin.test', 'another horse battery')).status).toBe(200)
  })

  test('who do not exist get no password', async () => {
    const refusal = refusalOf(
      auth.setPassword({ userId: '01a20988-e13f-7515-aafe-18861247ecd2', password: PASSWORD }),
    )
    expect((await refusal).code).toBe('NOT_FOUND')
  })
})

test.each([
  'sign-up/email',
  'update-user',
  'delete-user',
  'change-password',
  'list-sessions',
  'sign-in/social',
  'ok',
  'error',
])('nothing else of the library can be reached: %s', async (path) => {
  const body = { name: 'Eve', email: 'eve@rabin.test', password: PASSWORD }
  expect((await refusalOf(post(`/api/auth/${path}`, { body }))).code).toBe('NOT_FOUND')
})
