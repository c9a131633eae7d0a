import { AUDIT_LIST_LIMIT_MAX } from '@sarai/api/audit/schema'
import { newId } from '@sarai/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callProcedure } from './call-procedure.ts'
import { openTwoTenants, type TwoTenants } from './two-tenants.ts'

const FORMULA = '=HYPERLINK("http://192.0.2.66/","look")'

let tenants: TwoTenants

beforeAll(async () => {
  tenants = await openTwoTenants()
  const path = 'permission.role.create'
  const input = { name: FORMULA, permissions: [] }
  await callProcedure(tenants.http, { ...tenants.own, path, type: 'mutation', input })
})
afterAll(() => tenants[Symbol.asyncDispose]())

interface Asked {
  url?: string
  cookie?: string
  filter?: unknown
  headers?: Record<string, string>
}

async function ask({ url = '/t/rabin/audit.csv', cookie = tenants.own.cookie, filter, headers }: Asked = {}) {
  const query = filter === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(filter))}`
  const answer = await tenants.http.app.inject({ url: url + query, headers: { cookie, ...headers } })
  return {
    status: answer.statusCode,
    body: answer.body,
    headers: answer.headers,
    lines: linesOf(answer.body),
  }
}

function linesOf(body: string): string[] {
  return body.split('\r\n').slice(1, -1)
}

test('the file has what the filter shows, is named, kept by no cache, and runs no formula', async () => {
  const answer = await ask({ filter: { actions: ['role.created'] } })
  expect(answer.status).toBe(200)
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(answer.headers['content-disposition']).toMatch(
    /^attachment; filename="audit-rabin-\d{4}-\d\d-\d\d\.csv"$/,
  )
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.body.startsWith('\uFEFFtime,who,')).toBe(true)
  expect(answer.lines.every((line) => line.includes(',role.created,'))).toBe(true)
  expect(answer.lines.some((line) => line.includes(`"'=HYPERLINK(""http`))).toBe(true)
  expect((await ask({ filter: { actions: ['member.joined'] } })).lines).toEqual([])
})

test('a log of many pages is one file, each entry once', async () => {
  const actorId = newId()
  const names = Array.from({ length: AUDIT_LIST_LIMIT_MAX * 2 + 1 }, (_, at) => `entry-${at}-`)
  await tenants.http.database.withTenant('rabin', async (db) => {
    for (const name of names) {
      const entity = { entity_id: newId(), entity_name: name }
      const actor = { actor_kind: 'user' as const, actor_id: actorId, actor_name: 'Busy' }
      await db
        .insertInto('audit_log')
        .values({ id: newId(), at: new Date(), action: 'role.updated', ...actor, ...entity })
        .execute()
    }
  })
  const { lines } = await ask({ filter: { actor: actorId } })
  expect(lines.map((line) => /entry-\d+-/.exec(line)?.[0])).toEqual(names.toReversed())
})

test('nobody but who may read the log is given it, in the words of the other paths', async () => {
  const codeOf = ({ status, body }: { status: number; body: string }) => [
    status,
    (JSON.parse(body) as { error: { code: string } }).error.code,
  ]
  expect(codeOf(await ask({ cookie: '' }))).toEqual([401, 'UNAUTHENTICATED'])
  const stranger = await ask({ cookie: tenants.foreign.cookie })
  expect(codeOf(stranger)).toEqual([404, 'TENANT_UNKNOWN'])
  const missing = await ask({ cookie: tenants.foreign.cookie, url: '/t/no-such-tenant/audit.csv' })
  expect(missing.body).toBe(stranger.body)
  expect(codeOf(await ask({ cookie: await tenants.signInWithout('audit:read') }))).toEqual([403, 'FORBIDDEN'])
  expect(codeOf(await ask({ url: '/api/operator/audit.csv' }))).toEqual([403, 'FORBIDDEN'])
  const operator = await ask({ url: '/api/operator/audit.csv', cookie: await tenants.signInOperator() })
  expect(operator.status).toBe(200)
  expect(operator.body).not.toContain('HYPERLINK')
})

test('a page of another site cannot fetch it, and a filter that is none is told so', async () => {
  expect((await ask({ headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
  for (const filter of ['text', null, { actions: [] }, { actions: ['no.such'] }, { unknown: 1 }]) {
    const answer = await ask({ filter })
    expect(answer.status, JSON.stringify(filter)).toBe(400)
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'INVALID' } })
  }
  const broken = await tenants.http.app.inject({
    url: '/t/rabin/audit.csv?input={&input=',
    headers: { cookie: tenants.own.cookie },
  })
  expect(broken.statusCode).toBe(400)
})
