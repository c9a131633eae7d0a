import { addMember, createAuth } from '@sarai/api'
import { TEST_SECRET } from '@sarai/db/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestPerson, signIn, signInRequest, startTestHttp, TEST_PASSWORD } from '../src/testing.ts'
import { callProcedure } from './call-procedure.ts'
import { openTwoTenants, type TwoTenants } from './two-tenants.ts'

let tenants: TwoTenants

beforeAll(async () => {
  tenants = await openTwoTenants()
})

afterAll(() => tenants[Symbol.asyncDispose]())

async function codeOf(cookie: string, tenantKey: string | null = tenants.own.tenantKey) {
  const path = tenantKey === null ? 'tenant.mine' : 'permission.mine'
  const { code } = await callProcedure(tenants.http, { tenantKey, cookie, path, type: 'query' })
  return code
}

async function makeMember(email: string) {
  const { http, own } = tenants
  const person = await createTestPerson(http, email)
  const tenant = await http.database.getTenant(own.tenantKey)
  await addMember(http.database, { tenant, userId: person.userId, role: 'agent' })
  return { ...person, cookie: await signIn(http, email) }
}

describe('a session that somebody else chose', () => {
  test.each(['chosen', 'chosen.chosen', ''])('is not taken over by signing in: %j', async (value) => {
    const planted = `sarai.session_token=${value}`
    const request = signInRequest({ email: tenants.own.email, password: TEST_PASSWORD }, { cookie: planted })
    const [given] = (await tenants.http.app.inject(request)).cookies
    expect(given?.value).not.toContain('chosen')
    expect(await codeOf(planted)).toBe('UNAUTHENTICATED')
  })

  test('is not the one that is signed in afterwards: each sign-in makes its own', async () => {
    const { own, foreign, http } = tenants
    const request = signInRequest({ email: own.email, password: TEST_PASSWORD }, { cookie: foreign.cookie })
    const [given] = (await http.app.inject(request)).cookies
    expect(foreign.cookie).not.toContain(encodeURIComponent(given?.value ?? 'none'))
    expect(await codeOf(foreign.cookie)).toBe('TENANT_UNKNOWN')
    expect(await codeOf(foreign.cookie, foreign.tenantKey)).toBeUndefined()
  })
})

describe('a cookie that was kept', () => {
  test('is worth nothing after signing out', async () => {
    const { cookie } = await makeMember('leaver@rabin.test')
    expect(await codeOf(cookie)).toBeUndefined()
    await tenants.http.app.inject({
      method: 'POST',
      url: '/api/auth/sign-out',
      headers: { cookie },
      payload: {},
    })
    expect([await codeOf(cookie), await codeOf(cookie, null)]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED'])
  })

  test('is worth nothing after the password has changed', async () => {
    const { cookie, userId } = await makeMember('changer@rabin.test')
    await tenants.http.auth.setPassword({ userId, password: 'another horse battery' })
    expect(await codeOf(cookie)).toBe('UNAUTHENTICATED')
  })

  test('opens no tenant that its owner has been removed from, with the next request', async () => {
    const { http, own } = tenants
    const { cookie, userId } = await makeMember('removed@rabin.test')
    expect(await codeOf(cookie)).toBeUndefined()
    const removal = { ...own, path: 'permission.member.remove', type: 'mutation', input: { userId } } as const
    expect((await callProcedure(http, removal)).status).toBe(200)
    expect(await codeOf(cookie)).toBe('TENANT_UNKNOWN')
    expect(await codeOf(cookie, null)).toBeUndefined()
  })
})

describe('the cookie of a session', () => {
  test.each([
    ['http://localhost:3000', 'sarai.session_token', false],
    ['https://desk.example', '__Secure-sarai.session_token', true],
  ])('is for the server alone, on this site alone: %s', async (baseUrl, name, isSecure) => {
    const { database } = tenants.http
    const auth = createAuth({ master: database.master, secret: TEST_SECRET, baseUrl })
    await using http = await startTestHttp({ database, auth })
    // What a proxy says of the scheme changes nothing: the address that was configured counts.
    const headers = { 'x-forwarded-proto': isSecure ? 'http' : 'https', 'x-forwarded-host': 'evil.example' }
    const request = signInRequest({ email: tenants.own.email, password: TEST_PASSWORD }, headers)
    const { cookies } = await http.app.inject(request)
    expect(cookies.map((cookie) => cookie.name)).toEqual([name])
    expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    expect(cookies[0]?.secure).toBe(isSecure || undefined)
    expect(cookies[0]).not.toHaveProperty('domain')
  })
})
