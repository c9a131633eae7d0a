import { createTestDatabase, type TestDatabase } from '@sarai/db/testing'
import { TOTP, Secret } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createChangeFeed } from '../change/change-feed.ts'
import { createContext, type Log } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Mail } from '../mail/mail.ts'
import type { MailText } from '../mail/mail-text.ts'
import type { Files } from '../file/files.ts'
import { createCaller } from '../root.ts'
import { readRefusal } from '../testing.ts'
import { type Auth, createAuth } from './auth.ts'
import { RECOVERY_CODES_COUNT } from './recovery-code.ts'
import {
  PASSWORD_CHECK_FAILURES_MAX,
  RESETS_OF_ACCOUNT_MAX,
  SECOND_STEP_FAILURES_MAX,
} from './sign-in-limit.ts'
import { sweepExpired } from './sweep.ts'

const PASSWORD = 'correct horse battery'
const OTHER_PASSWORD = 'another horse, another battery'
const BASE_URL = 'http://localhost:3000'
const SILENT: Log = { info() {}, warn() {}, error() {} }

let database: TestDatabase
let auth: Auth
let email: string
let userId: string
let people = 0
let outbox: { to: string; text: MailText }[]
const mail: Mail = {
  send: async (to, text) => {
    outbox.push({ to, text })
    return true
  },
  close() {},
}

beforeAll(async () => {
  database = await createTestDatabase()
  auth = createAuth({ master: database.master, secret: database.secret, baseUrl: BASE_URL })
})
beforeEach(async () => {
  outbox = []
  email = `person-${people++}@rabin.test`
  userId = (await auth.createUser({ name: 'Amina', email, password: PASSWORD })).id
  await database.master.deleteFrom('attempt_counters').execute()
})
afterAll(() => database[Symbol.asyncDispose]())

async function post(path: string, body: object): Promise<{ body: unknown; cookie: string }> {
  const request = new Request(`${BASE_URL}/api/auth/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'user-agent': 'Test Browser' },
  })
  const response = await auth.handler(request, { address: '192.0.2.7' })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { body: await response.json(), cookie }
}

const signIn = (password = PASSWORD) => post('sign-in/email', { email, password })

async function refusalOf(answer: Promise<unknown>): Promise<string> {
  const error: unknown = await answer.then(
    () => 'nothing',
    (thrown: unknown) => thrown,
  )
  if (error instanceof DomainError) return error.code
  throw new Error('this was not refused', { cause: error })
}

/** Procedures as the browser with this cookie calls them; each a request of its own. */
function as(cookie: string) {
  return createCaller(() =>
    createContext({
      requestId: 'a-request',
      log: SILENT,
      database,
      changes: createChangeFeed({ database, log: SILENT }),
      jobs: { wake: () => undefined },
      files: {} as Files,
      auth: auth.parts,
      mail,
      baseUrl: BASE_URL,
      client: { address: '192.0.2.7', userAgent: 'Test Browser' },
      requestedTenantKey: null,
      session: () => auth.findSession(new Headers({ cookie })),
    }),
  )
}

async function listActions(): Promise<string[]> {
  const rows = await database.master
    .selectFrom('audit_log')
    .where('actor_id', '=', userId)
    .select('action')
    .orderBy('id')
    .execute()
  return rows.map(({ action }) => action)
}

describe('sessions', () => {
  test('are listed with device, place and time, this one first', async () => {
    await signIn()
    const { cookie } = await signIn()
    const { items } = await as(cookie).auth.session.list()
    expect(items.map(({ isCurrent }) => isCurrent)).toEqual([true, false])
    expect(items[0]).toMatchObject({ userAgent: 'Test Browser', address: '192.0.2.7' })
    expect(JSON.stringify(items)).not.toContain(decodeURIComponent(cookie).split('=')[1]?.split('.')[0])
  })

  test('one that is revoked is refused with its next request, and so are all others at once', async () => {
    const [here, there, elsewhere] = [await signIn(), await signIn(), await signIn()]
    const { items } = await as(there.cookie).auth.session.list()
    await as(here.cookie).auth.session.revoke({ id: items[0]?.id ?? '' })
    expect(await auth.findSession(new Headers({ cookie: there.cookie }))).toBeNull()
    expect(await as(here.cookie).auth.session.revokeOthers()).toEqual({ count: 1 })
    expect(await auth.findSession(new Headers({ cookie: elsewhere.cookie }))).toBeNull()
    expect(await auth.findSession(new Headers({ cookie: here.cookie }))).not.toBeNull()
    expect(await listActions()).toEqual(['user.session-revoked', 'user.session-revoked'])
  })

  test('of somebody else are not there', async () => {
    const { cookie } = await signIn()
    const { items } = await as(cookie).auth.session.list()
    email = 'eve@rabin.test'
    await auth.createUser({ name: 'Eve', email, password: PASSWORD })
    const eve = await signIn()
    const refusal = await readRefusal(as(eve.cookie).auth.session.revoke({ id: items[0]?.id ?? '' }))
    expect(refusal.data.domain?.code).toBe('NOT_FOUND')
    expect(await auth.findSession(new Headers({ cookie }))).not.toBeNull()
  })

  test('that have expired are swept, others are not', async () => {
    const { cookie } = await signIn()
    await signIn()
    const past = new Date(Date.now() - 1_000)
    const { items } = await as(cookie).auth.session.list()
    const { id } = items[1] ?? { id: '' }
    await database.master.updateTable('sessions').set({ expires_at: past }).where('id', '=', id).execute()
    await sweepExpired(database.master)
    const left = await database.master
      .selectFrom('sessions')
      .where('user_id', '=', userId)
      .select('id')
      .execute()
    expect(left.map((row) => row.id)).toEqual([items[0]?.id])
  })

  test('a session that the browser brings along is never the one that sign-in opens', async () => {
    const before = await signIn()
    const after = await signIn()
    expect(after.cookie).not.toBe(before.cookie)
  })
})

describe('a password', () => {
  test('is changed by who knows it, which ends the other sessions and the links', async () => {
    const [here, there] = [await signIn(), await signIn()]
    await as(here.cookie).auth.password.requestReset({ email })
    await expect.poll(() => outbox).toHaveLength(1)
    await as(here.cookie).auth.password.change({ current: PASSWORD, password: OTHER_PASSWORD })
    expect(await auth.findSession(new Headers({ cookie: here.cookie }))).not.toBeNull()
    expect(await auth.findSession(new Headers({ cookie: there.cookie }))).toBeNull()
    expect(await refusalOf(signIn(PASSWORD))).toBe('UNAUTHENTICATED')
    expect((await signIn(OTHER_PASSWORD)).cookie).not.toBe('')
    const refusal = await readRefusal(
      as('').auth.password.reset({ token: tokenIn(outbox[0]?.text), password: PASSWORD }),
    )
    expect(refusal.data.domain?.code).toBe('NOT_FOUND')
  })

  test('is not changed by who does not, and guessing ends', async () => {
    const { cookie } = await signIn()
    const guess = () => as(cookie).auth.password.change({ current: 'a guess', password: OTHER_PASSWORD })
    const first = await readRefusal(guess())
    expect(first.data).toMatchObject({
      httpStatus: 400,
      fields: { fieldErrors: { current: [expect.any(String)] } },
    })
    for (let count = 1; count < PASSWORD_CHECK_FAILURES_MAX; count++) await readRefusal(guess())
    expect((await readRefusal(guess())).data.domain).toMatchObject({
      code: 'RATE_LIMITED',
      details: { retryAfterMs: expect.any(Number) },
    })
  })

  test('is reset by a link that works once and ends every session', async () => {
    const { cookie } = await signIn()
    await as('').auth.password.requestReset({ email, locale: 'ur' })
    await expect.poll(() => outbox).toHaveLength(1)
    const token = tokenIn(outbox[0]?.text)
    expect(outbox[0]).toMatchObject({ to: email, text: { html: expect.stringContaining('dir="rtl"') } })
    expect(await as('').auth.password.reset({ token, password: OTHER_PASSWORD })).toEqual({ email })
    expect(await auth.findSession(new Headers({ cookie }))).toBeNull()
    expect((await signIn(OTHER_PASSWORD)).cookie).not.toBe('')
    const again = await readRefusal(as('').auth.password.reset({ token, password: PASSWORD }))
    expect(again.data.domain?.code).toBe('NOT_FOUND')
    const stored = await database.master.selectFrom('password_resets').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(token)
  })

  test('of nobody gets the same answer and no mail; asking on and on ends for both alike', async () => {
    for (const address of [email, 'nobody@rabin.test']) {
      for (let count = 0; count < RESETS_OF_ACCOUNT_MAX; count++) {
        expect(await as('').auth.password.requestReset({ email: address })).toEqual({ isMailed: true })
      }
      const refusal = await readRefusal(as('').auth.password.requestReset({ email: address }))
      expect(refusal.data.domain?.code).toBe('RATE_LIMITED')
    }
    await expect.poll(() => outbox).toHaveLength(RESETS_OF_ACCOUNT_MAX)
    expect(new Set(outbox.map(({ to }) => to))).toEqual(new Set([email]))
  })
})

function tokenIn(text: MailText | undefined): string {
  return /#(\S+)/.exec(text?.text ?? '')?.[1] ?? ''
}

describe('the second step', () => {
  async function turnOn(): Promise<{ cookie: string; totp: TOTP; recoveryCodes: string[] }> {
    const { cookie } = await signIn()
    const { secret } = await as(cookie).auth.twoFactor.begin({ password: PASSWORD })
    const totp = new TOTP({ secret: Secret.fromBase32(secret) })
    const { recoveryCodes } = await as(cookie).auth.twoFactor.confirm({ code: totp.generate() })
    return { cookie, totp, recoveryCodes }
  }

  async function challenge(): Promise<string> {
    const { body, cookie } = await signIn()
    expect(cookie).toBe('')
    return (body as { secondStep: { challenge: string } }).secondStep.challenge
  }

  /** Of the next step: the one of this step has been used to turn it on. A step lasts longer than a test's answer. */
  const unusedCode = (totp: TOTP) => totp.generate({ timestamp: Date.now() + 30_000 })

  const answer = (token: string, code: string) => post('sign-in/second-step', { challenge: token, code })

  test('is not asked for before a first code has shown that the device knows the secret', async () => {
    const { cookie } = await signIn()
    await as(cookie).auth.twoFactor.begin({ password: PASSWORD })
    expect((await readRefusal(as(cookie).auth.twoFactor.confirm({ code: '000000' }))).data.httpStatus).toBe(
      400,
    )
    expect((await signIn()).cookie).not.toBe('')
    expect(await as(cookie).auth.twoFactor.status()).toEqual({ isOn: false, recoveryCodesLeft: 0 })
  })

  test('opens no session without a code; a code opens one, and the same code no other', async () => {
    const { totp } = await turnOn()
    const code = unusedCode(totp)
    const [one, other] = [await challenge(), await challenge()]
    const entered = await answer(one, code)
    expect(await auth.findSession(new Headers({ cookie: entered.cookie }))).toMatchObject({ user: { email } })
    expect(await refusalOf(answer(other, code))).toBe('UNAUTHENTICATED')
    expect(await refusalOf(answer(one, totp.generate({ timestamp: Date.now() + 30_000 })))).toBe('NOT_FOUND')
  })

  test('of two requests with one code at the same moment, one gets in', async () => {
    const { totp } = await turnOn()
    const code = unusedCode(totp)
    const challenges = [await challenge(), await challenge(), await challenge()]
    const answers = await Promise.allSettled(challenges.map((token) => answer(token, code)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('guessing codes ends, whatever challenge they are tried with', async () => {
    const { totp } = await turnOn()
    for (let count = 0; count < SECOND_STEP_FAILURES_MAX; count++)
      expect(await refusalOf(answer(await challenge(), '000000'))).toBe('UNAUTHENTICATED')
    expect(await refusalOf(answer(await challenge(), totp.generate()))).toBe('RATE_LIMITED')
  })

  test('a recovery code gets in once, however it is typed', async () => {
    const { cookie, recoveryCodes } = await turnOn()
    expect(recoveryCodes).toHaveLength(RECOVERY_CODES_COUNT)
    const [code = ''] = recoveryCodes
    const typed = ` ${code.toUpperCase().replaceAll('-', ' ')} `
    expect((await answer(await challenge(), typed)).cookie).not.toBe('')
    expect(await refusalOf(answer(await challenge(), code))).toBe('UNAUTHENTICATED')
    expect(await as(cookie).auth.twoFactor.status()).toEqual({
      isOn: true,
      recoveryCodesLeft: RECOVERY_CODES_COUNT - 1,
    })
  })

  test('is taken away by who knows the password, and its codes with it', async () => {
    const { cookie, recoveryCodes } = await turnOn()
    const guess = await readRefusal(as(cookie).auth.twoFactor.disable({ password: 'a guess' }))
    expect(guess.data.httpStatus).toBe(400)
    const renewed = await as(cookie).auth.twoFactor.renewRecoveryCodes({ password: PASSWORD })
    expect(await refusalOf(answer(await challenge(), recoveryCodes[1] ?? ''))).toBe('UNAUTHENTICATED')
    expect((await answer(await challenge(), renewed.recoveryCodes[1] ?? '')).cookie).not.toBe('')
    await as(cookie).auth.twoFactor.disable({ password: PASSWORD })
    expect((await signIn()).cookie).not.toBe('')
    expect(await listActions()).toEqual([
      'user.two-factor-enabled',
      'user.recovery-codes-renewed',
      'user.two-factor-disabled',
    ])
  })

  test('its secret and codes cannot be read from the tables', async () => {
    const { cookie } = await signIn()
    const { secret } = await as(cookie).auth.twoFactor.begin({ password: PASSWORD })
    const rows = await database.master.selectFrom('two_factors').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(secret)
  })
})

test('nothing of a person’s account is there for who is not signed in', async () => {
  const { session, twoFactor, password } = as('').auth
  const calls = [
    session.list(),
    session.revokeOthers(),
    twoFactor.status(),
    twoFactor.begin({ password: PASSWORD }),
    password.change({ current: PASSWORD, password: OTHER_PASSWORD }),
  ]
  for (const call of calls) expect((await readRefusal(call)).data.domain?.code).toBe('UNAUTHENTICATED')
})
