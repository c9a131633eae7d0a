import { newId } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestPerson, openTestApi, readRefusal, type TestApi, type TestPerson } from '../testing.ts'
import { USER_LIST_LIMIT_MAX, USER_SEARCH_LENGTH_MAX } from './schema.ts'
import { setOperator } from './users.ts'

let api: TestApi
let operator: TestPerson

beforeAll(async () => {
  api = await openTestApi()
  operator = await createTestPerson(api, { isOperator: true })
})
afterAll(() => api[Symbol.asyncDispose]())

const call = () => operator.enter(null).operator.user
const countSessions = (userId: string) =>
  api.database.master.selectFrom('sessions').select('id').where('user_id', '=', userId).execute()

describe('operator.user', () => {
  test('makes somebody with a first password that is said once, and lists everybody over the borders of pages', async () => {
    const made = await call().create({ email: 'Nadia@people.test', name: 'Nadia' })
    expect(made).toMatchObject({
      email: 'nadia@people.test',
      initialPassword: expect.stringMatching(/^[\w-]{20}$/),
    })
    const emails: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<ReturnType<typeof call>['list']>> = await call().list({
        limit: 1,
        cursor,
      })
      emails.push(...page.items.map(({ email }) => email))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(emails).toEqual([operator.user.email, 'nadia@people.test'].toSorted())
    const { items } = await call().list({ search: 'NADIA' })
    expect(items).toMatchObject([{ userId: made.userId, name: 'Nadia', isOperator: false, tenantCount: 0 }])
    expect(JSON.stringify(items)).not.toContain('assword')
  })

  test('refuses an e-mail that somebody has', async () => {
    const refusal = await readRefusal(call().create({ email: operator.user.email, name: 'Twin' }))
    expect(refusal.data.domain?.code).toBe('CONFLICT')
  })

  test('sets a new password, ends every session of that person and says so to every process', async () => {
    const person = await createTestPerson(api)
    const now = new Date()
    await api.database.master
      .insertInto('sessions')
      .values({
        id: person.user.id,
        user_id: person.user.id,
        token: person.user.id,
        expires_at: new Date(now.getTime() + 60_000),
        ip_address: null,
        user_agent: null,
        created_at: now,
        updated_at: now,
      })
      .execute()
    const heard: string[] = []
    const stop = api.database.onControlChange((notice) => {
      if (notice.kind === 'person.changed') heard.push(notice.userId)
    })
    const { initialPassword } = await call().resetPassword({ email: person.user.email })
    stop()
    expect(initialPassword).toMatch(/^[\w-]{20}$/)
    expect(await countSessions(person.user.id)).toEqual([])
    expect(heard).toEqual([person.user.id])
  })

  test('signs a person out everywhere, says so to every process, and counts their sessions', async () => {
    const person = await createTestPerson(api)
    const times = {
      created_at: new Date(),
      updated_at: new Date(),
      expires_at: new Date(Date.now() + 60_000),
    }
    await api.database.master
      .insertInto('sessions')
      .values(
        ['one', 'two'].map((token) => ({
          ...times,
          id: newId(),
          user_id: person.user.id,
          token: `${token}-${person.user.id}`,
          ip_address: null,
          user_agent: null,
        })),
      )
      .execute()
    const { email } = person.user
    expect((await call().list({ search: email })).items).toMatchObject([{ sessionCount: 2 }])
    const heard: string[] = []
    const stop = api.database.onControlChange((notice) => {
      if (notice.kind === 'person.changed') heard.push(notice.userId)
    })
    expect(await call().endSessions({ email })).toMatchObject({ sessions: 2 })
    stop()
    expect(heard).toEqual([person.user.id])
    expect((await call().list({ search: email })).items).toMatchObject([{ sessionCount: 0 }])
  })

  test('switches the second step of a person off, once', async () => {
    const person = await createTestPerson(api)
    const { email, id } = person.user
    const secret = { user_id: id, secret: 'sealed', created_at: new Date(), confirmed_at: new Date() }
    await api.database.master.insertInto('two_factors').values(secret).execute()
    expect((await call().list({ search: email })).items).toMatchObject([{ hasTwoFactor: true }])
    await call().switchTwoFactorOff({ email })
    expect((await call().list({ search: email })).items).toMatchObject([{ hasTwoFactor: false }])
    const refusal = await readRefusal(call().switchTwoFactorOff({ email }))
    expect(refusal.data.domain?.code).toBe('CONFLICT')
  })

  test('lists operators alone, if asked to', async () => {
    const person = await createTestPerson(api)
    const { email } = person.user
    await call().setOperator({ email, isOperator: true })
    expect((await call().list({ operatorsAlone: true })).items).toMatchObject([{ email }])
    await api.database.master.deleteFrom('operators').execute()
  })

  test('says of an e-mail that nobody has that nobody has it', async () => {
    const refusal = await readRefusal(call().resetPassword({ email: 'nobody@people.test' }))
    expect(refusal.data.domain?.code).toBe('NOT_FOUND')
  })

  test('makes and unmakes operators, never the last one', async () => {
    const [first, second] = [await createTestPerson(api), await createTestPerson(api)]
    for (const { user } of [first, second]) await call().setOperator({ email: user.email, isOperator: true })
    expect((await call().list({ search: first.user.email })).items).toMatchObject([{ isOperator: true }])
    await call().setOperator({ email: first.user.email, isOperator: false })
    await call().setOperator({ email: first.user.email, isOperator: false })
    const refusal = await readRefusal(call().setOperator({ email: second.user.email, isOperator: false }))
    expect(refusal.data.domain?.code).toBe('CONFLICT')
    await api.database.master.deleteFrom('operators').execute()
  })

  test('of two who unmake each other at once, one stays', async () => {
    const pair = [await createTestPerson(api), await createTestPerson(api)]
    for (const { user } of pair) await setOperator(api.database, { email: user.email, isOperator: true })
    const settled = await Promise.allSettled(
      pair.map(({ user }) => setOperator(api.database, { email: user.email, isOperator: false })),
    )
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await api.database.master.deleteFrom('operators').execute()
  })

  test.each([
    ['limit', { limit: USER_LIST_LIMIT_MAX + 1 }],
    ['search', { search: 'x'.repeat(USER_SEARCH_LENGTH_MAX + 1) }],
  ])('refuses a %s out of bounds', async (field, input) => {
    const refusal = await readRefusal(call().list(input))
    expect(Object.keys(refusal.data.fields?.fieldErrors ?? {})).toEqual([field])
  })

  test('is for operators alone', async () => {
    const person = await createTestPerson(api)
    expect((await readRefusal(person.enter(null).operator.user.list())).data.code).toBe('FORBIDDEN')
  })
})
