import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  createTestPerson,
  signIn,
  signInRequest,
  startTestHttp,
  TEST_PASSWORD,
  type TestHttp,
} from './testing.ts'

/** As in the auth folder: what one account may fail from one address. */
const FAILURES_MAX = 10

let shared: TestHttp
let http: TestHttp

beforeAll(async () => {
  shared = await startTestHttp()
  await createTestPerson(shared, 'owner@rabin.test')
})

afterAll(() => shared[Symbol.asyncDispose]())

/** Failures are counted in the database, for every process; here from the beginning for each test. */
beforeEach(async () => {
  await shared.database.master.deleteFrom('attempt_counters').execute()
  http = await startTestHttp({ database: shared.database })
  return () => http[Symbol.asyncDispose]()
})

const RIGHT = { email: 'owner@rabin.test', password: TEST_PASSWORD }
const WRONG = { email: 'owner@rabin.test', password: 'wrong horse battery' }
const UNKNOWN = { email: 'nobody@rabin.test', password: 'wrong horse battery' }

async function mine(cookie: string): Promise<number> {
  return (await http.app.inject({ url: '/trpc/tenant.mine', headers: { cookie } })).statusCode
}

test('a wrong password and an unknown account are answered alike, down to the headers', async () => {
  const [wrong, unknown] = [
    await http.app.inject(signInRequest(WRONG)),
    await http.app.inject(signInRequest(UNKNOWN)),
  ]
  expect(wrong.statusCode).toBe(401)
  expect(wrong.json()).toEqual({ error: { code: 'UNAUTHENTICATED', message: expect.any(String) } })
  expect([unknown.statusCode, unknown.body]).toEqual([wrong.statusCode, wrong.body])
  const stable = ({ headers }: typeof wrong) => ({ ...headers, date: null, 'x-request-id': null })
  expect(stable(unknown)).toEqual(stable(wrong))
  expect(wrong.headers).not.toHaveProperty('set-cookie')
})

test.each([WRONG, UNKNOWN])(
  'after ten failures the next is 429 and says when to come back: $email',
  async (guess) => {
    for (let count = 0; count < FAILURES_MAX; count++) {
      expect((await http.app.inject(signInRequest(guess))).statusCode).toBe(401)
    }
    const refused = await http.app.inject(signInRequest(guess))
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.json()).toMatchObject({
      error: { code: 'RATE_LIMITED', details: { retryAfterMs: expect.any(Number) } },
    })
  },
)

test('what a caller says of its address counts only from a proxy that is trusted', async () => {
  const guess = (from: TestHttp, address: string) =>
    from.app.inject(signInRequest(WRONG, { 'x-forwarded-for': address })).then(({ statusCode }) => statusCode)
  await using behindProxy = await startTestHttp({ database: shared.database, trustedProxies: ['127.0.0.1'] })
  for (let count = 0; count < FAILURES_MAX; count++) {
    await guess(http, `192.0.2.${count}`)
    await guess(behindProxy, '192.0.2.1')
  }
  expect(await guess(http, '192.0.2.99')).toBe(429)
  expect(await guess(behindProxy, '192.0.2.1')).toBe(429)
  expect(await guess(behindProxy, '192.0.2.99')).toBe(401)
})

test('signing out ends the session with the next request, for every copy of the cookie', async () => {
  const cookie = await signIn(http, RIGHT.email)
  expect(await mine(cookie)).toBe(200)
  const out = await http.app.inject({
    method: 'POST',
    url: '/api/auth/sign-out',
    headers: { cookie },
    payload: {},
  })
  expect(out.statusCode).toBe(200)
  expect(await mine(cookie)).toBe(401)
})

test('a session that is revoked in the database is over at once', async () => {
  const cookie = await signIn(http, RIGHT.email)
  expect(await mine(cookie)).toBe(200)
  await shared.database.master.deleteFrom('sessions').execute()
  expect(await mine(cookie)).toBe(401)
})

test('nobody can sign up', async () => {
  const payload = { name: 'Eve', email: 'eve@rabin.test', password: TEST_PASSWORD }
  const response = await http.app.inject({ method: 'POST', url: '/api/auth/sign-up/email', payload })
  expect(response.statusCode).toBe(404)
  expect((await http.app.inject(signInRequest(payload))).statusCode).toBe(401)
})
