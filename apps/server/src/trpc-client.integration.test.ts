import type { AppRouter } from '@sarai/api'
import { createTRPCClient, httpBatchLink, httpBatchStreamLink, TRPCClientError } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOwnedTenant, createTestPerson, signIn, startTestHttp, type TestHttp } from './testing.ts'

let http: TestHttp
let origin: string
let cookie: string

beforeAll(async () => {
  http = await startTestHttp()
  origin = await http.listen()
  const owner = await createTestPerson(http, 'owner@rabin.test')
  await createOwnedTenant(http, 'rabin', owner)
  cookie = await signIn(http, owner.email)
})

afterAll(() => http[Symbol.asyncDispose]())

describe.each([
  ['one answer', httpBatchLink],
  ['call by call', httpBatchStreamLink],
])("tRPC's own client, answered in %s", (_way, link) => {
  const client = (headers: Record<string, string>) =>
    createTRPCClient<AppRouter>({ links: [link({ url: `${origin}/t/rabin/trpc`, headers })] })

  test('asks several things in one request, and each gets its own answer', async () => {
    const desk = client({ cookie })
    const customer = await desk.customer.create.mutate({ name: 'امینہ' })
    const [list, mine, missing] = await Promise.allSettled([
      desk.customer.list.query({ search: 'امینہ' }),
      desk.permission.mine.query(),
      desk.customer.byId.query({ id: '01a20988-e13f-7515-aafe-18861247ecd2' }),
    ])
    expect(list).toMatchObject({
      value: { items: expect.arrayContaining([expect.objectContaining({ id: customer.id })]) },
    })
    expect(mine).toMatchObject({ value: { role: 'owner' } })
    expect(missing).toMatchObject({ reason: { data: { code: 'NOT_FOUND', domain: { code: 'NOT_FOUND' } } } })
  })

  test('reads a refusal of the whole request as one of its own errors', async () => {
    const error = await client({ cookie, origin: 'https://evil.example' })
      .permission.mine.query()
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TRPCClientError)
    expect(error).toMatchObject({ data: { code: 'FORBIDDEN', domain: { code: 'FORBIDDEN' } } })
  })
})
