import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestHttp } from '../src/testing.ts'
import { callProcedure } from './call-procedure.ts'
import { countStatements } from './count-statements.ts'
import { THINGS } from './things.ts'
import { openSide, openTwoTenants, type TwoTenants } from './two-tenants.ts'

let tenants: TwoTenants

beforeAll(async () => {
  tenants = await openTwoTenants()
  await THINGS.customer.make(tenants.own)
  await THINGS.customer.make(tenants.foreign)
})

afterAll(() => tenants[Symbol.asyncDispose]())

describe('a key in the path', () => {
  test.each([
    'RABIN',
    'Rabin',
    'rabin%20',
    'rabin%00',
    'rabin%2f',
    'rabin.',
    'rabin;x',
    'rabin%2500',
    '%72%61%62%69%6E%2e',
    '%2572abin',
    'rabin%2ftrpc%2f..%2f..%2frabin',
    'rab\u0131n',
    'rabin\u200b',
    'rabin,zaitoon',
  ])('is taken as it is written, or for none: %s', async (key) => {
    const url = `/t/${encodeURI(key).replaceAll('%25', '%')}/trpc/customer.list?input=%7B%7D`
    for (const { cookie, mark } of [tenants.own, tenants.foreign]) {
      const answer = await tenants.http.app.inject({ url, headers: { cookie } })
      expect([400, 404]).toContain(answer.statusCode)
      expect(answer.body).not.toContain(mark)
    }
  })

  test.each([
    '/t/zaitoon/../rabin/trpc/customer.list',
    '/t/zaitoon/trpc/../../rabin/trpc/customer.list',
    '/t/zaitoon%2f..%2frabin/trpc/customer.list',
    '/t//rabin/trpc/customer.list',
    '//t/rabin/trpc/customer.list',
    '/T/rabin/trpc/customer.list',
    '/t/rabin/TRPC/customer.list',
    '/t/zaitoon/trpc/customer.list?tenantKey=rabin',
    '/t/zaitoon/trpc/customer.list/../../../rabin',
    '/trpc/customer.list?tenantKey=rabin',
    '/api/../t/rabin/trpc/customer.list',
  ])('leads a stranger nowhere by detours: %s', async (path) => {
    const { cookie } = tenants.foreign
    for (const headers of [{ cookie }, { cookie, 'x-tenant-key': 'rabin', 'x-original-url': '/t/rabin' }]) {
      const url = `${path}${path.includes('?') ? '&' : '?'}input=%7B%7D`
      const { body } = await tenants.http.app.inject({ url, headers })
      expect(body).not.toContain(tenants.own.mark)
    }
  })

  test('costs the same statements whether it is foreign, suspended or nobody’s', async () => {
    const { database } = tenants.http
    await openSide(tenants.http, 'asleep')
    await database.setTenantStatus('asleep', 'suspended')
    const counted = countStatements(database)
    await using http = await startTestHttp({ database: counted.database })
    const ask = async (tenantKey: string) => {
      counted.statements.length = 0
      const call = {
        tenantKey,
        cookie: tenants.foreign.cookie,
        path: 'customer.list',
        type: 'query',
      } as const
      const answer = await callProcedure(http, { ...call, input: {} })
      return { answer, statements: [...counted.statements] }
    }
    const foreign = await ask('rabin')
    expect(foreign.statements).toEqual(['sessions', 'memberships'])
    expect(await ask('asleep')).toEqual(foreign)
    expect(await ask('no-such-tenant')).toEqual(foreign)
  })
})

describe('a stream', () => {
  test.each(['0', '1', '2'])(
    'gives only its own tenant’s changes, whatever number it is asked from: %s',
    async (lastEventId) => {
      const { http, own, foreign } = tenants
      const mark = `last-of-${lastEventId}`
      await THINGS.customer.make(foreign)
      await THINGS.customer.make({ ...own, mark })
      const url = `/t/rabin/trpc/chat.changes?input=${encodeURIComponent(JSON.stringify({ lastEventId }))}`
      const headers = { cookie: own.cookie }
      const stream = (await http.app.inject({ url, headers, payloadAsStream: true })).stream()
      let told = ''
      for await (const chunk of stream) {
        told += String(chunk)
        if (told.includes(mark) || told.includes('"type":"reset"')) break
      }
      stream.destroy()
      expect(told).toContain('data:')
      expect(told).not.toContain(foreign.mark)
    },
  )

  test('is not opened by a member of another tenant, whatever number they bring', async () => {
    const { http, foreign } = tenants
    const call = { cookie: foreign.cookie, tenantKey: 'rabin', path: 'chat.changes' }
    const answer = await callProcedure(http, {
      ...call,
      type: 'subscription',
      input: { lastEventId: '1' },
      headers: { 'last-event-id': '1' },
    })
    expect(answer.code).toBe('TENANT_UNKNOWN')
    expect(answer.body).not.toContain(tenants.own.mark)
  })
})

describe('a page of a list', () => {
  test('that is asked for with another tenant’s cursor holds nothing of that tenant', async () => {
    const { http, own, foreign } = tenants
    for (let count = 0; count < 2; count++) {
      await THINGS.customer.make(own)
      await THINGS.customer.make(foreign)
    }
    const list = { path: 'customer.list', type: 'query' } as const
    const { body } = await callProcedure(http, { ...foreign, ...list, input: { limit: 1 } })
    const { result } = JSON.parse(body) as { result: { data: { nextCursor: string } } }
    expect(result.data.nextCursor).toEqual(expect.any(String))
    const input = { limit: 10, cursor: result.data.nextCursor }
    const answer = await callProcedure(http, { ...own, ...list, input })
    expect(answer.status).toBe(200)
    expect(answer.body).not.toContain(foreign.mark)
  })
})
