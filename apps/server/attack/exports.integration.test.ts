import { AUDIT_LIST_LIMIT_MAX } from '@sarai/api/audit/schema'
import { EXPORT_IDS_MAX, EXPORT_PAGE_ROWS } from '@sarai/api/customer/schema'
import { newId } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

describe('the list of customers as a file', () => {
  const url = '/t/rabin/customers.csv'
  const made = async (path: string, input: object) => {
    const answer = await callProcedure(tenants.http, { ...tenants.own, path, type: 'mutation', input })
    return (JSON.parse(answer.body) as { result: { data: { id: string } } }).result.data.id
  }

  test('has whom the filter finds, in its order, with the columns asked for, and runs no formula', async () => {
    const fieldId = await made('customer.field.create', { name: 'Route, daily', kind: 'number' })
    const tagId = await made('customer.tag.create', { name: 'Bakery' })
    const fields = { [fieldId]: 7 }
    const id = await made('customer.create', {
      name: FORMULA,
      company: 'Naan',
      phone: '+923001234567',
      fields,
    })
    await made('customer.setTags', { id, add: [tagId] })
    await made('customer.create', { name: 'Amina', company: 'Naan' })
    await made('customer.create', { name: 'Bilal', company: 'Elsewhere' })
    const list = { filter: { company: 'naan' }, sort: '-name', columns: ['tags', fieldId, 'phone'] }
    const answer = await ask({ url, filter: list })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="customers-rabin-\d{4}-\d\d-\d\d\.csv"$/,
    )
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.body.split('\r\n')).toEqual([
      '\uFEFFname,tags,"Route, daily",phone',
      'Amina,,,',
      `"'=HYPERLINK(""http://192.0.2.66/"",""look"")",Bakery,7,'+923001234567`,
      '',
    ])
    const { body } = await ask({ url, filter: { filter: { company: 'naan' } } })
    expect(body).toMatch(
      /^\uFEFFname,email,phone,company,city,tags,owner,createdAt,updatedAt,.*"Route, daily"/,
    )
    const written = await tenants.http.database.withTenant('rabin', (db) =>
      db.selectFrom('audit_log').selectAll().where('action', '=', 'customer.exported').execute(),
    )
    expect(written.map(({ details }) => JSON.stringify(details))).toEqual([
      expect.stringMatching(/count\W+2\b/),
      expect.stringMatching(/count\W+2\b/),
    ])
  })

  test('has whom somebody has selected of it, or all but some, and says how many that is', async () => {
    const ids = []
    for (const name of ['Chosen C', 'Chosen A', 'Chosen B'])
      ids.push(await made('customer.create', { name, company: 'Selected' }))
    const [c = '', a = ''] = ids
    const list = { filter: { company: 'selected' }, sort: 'name', columns: ['company'] }
    const post = async (payload: object, cookie = tenants.own.cookie) => {
      const answer = await tenants.http.app.inject({ method: 'POST', url, payload, headers: { cookie } })
      return {
        status: answer.statusCode,
        rows: Number(answer.headers['x-rows']),
        lines: linesOf(answer.body),
      }
    }
    expect(await post({ ...list, ids: [c, a] })).toEqual({
      status: 200,
      rows: 2,
      lines: ['Chosen A,Selected', 'Chosen C,Selected'],
    })
    expect((await post({ ...list, exceptIds: [a] })).lines).toEqual([
      'Chosen B,Selected',
      'Chosen C,Selected',
    ])
    expect(await post({ ...list, ids: [newId()] })).toMatchObject({ status: 200, rows: 0, lines: [] })
    const tooMany = Array.from({ length: EXPORT_IDS_MAX + 1 }, () => newId())
    expect((await post({ ...list, ids: tooMany })).status).toBe(400)
    expect((await post({ ...list, ids: [] })).status).toBe(400)
    expect((await post({ ...list, ids: [a] }, tenants.foreign.cookie)).status).toBe(404)
    expect((await post({ ...list, ids: [a] }, await tenants.signInWithout('customer:export'))).status).toBe(
      403,
    )
  })

  test('of thousands has each once, page after page', async () => {
    const names = Array.from(
      { length: EXPORT_PAGE_ROWS * 4 + 1 },
      (_, at) => `Many ${String(at).padStart(5, '0')}`,
    )
    const times = { created_at: new Date(), updated_at: new Date() }
    await tenants.http.database.withTenant('rabin', (db) =>
      db
        .insertInto('customers')
        .values(names.map((name) => ({ ...times, id: newId(), name, company: 'Crowd' })))
        .execute(),
    )
    const list = { filter: { company: 'crowd' }, columns: [] }
    expect((await ask({ url, filter: { ...list, sort: 'name' } })).lines).toEqual(names)
    const newest = (await ask({ url, filter: list })).lines
    expect(newest.toSorted()).toEqual(names)
  })

  test('is for who may export, of this tenant alone, asked from its own pages, and not by any filter', async () => {
    const codeOf = ({ status, body }: { status: number; body: string }) => [
      status,
      (JSON.parse(body) as { error: { code: string } }).error.code,
    ]
    expect(codeOf(await ask({ url, cookie: '' }))).toEqual([401, 'UNAUTHENTICATED'])
    expect(codeOf(await ask({ url, cookie: tenants.foreign.cookie }))).toEqual([404, 'TENANT_UNKNOWN'])
    const limited = await tenants.signInWithout('customer:export')
    expect(codeOf(await ask({ url, cookie: limited }))).toEqual([403, 'FORBIDDEN'])
    expect((await ask({ url, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
    for (const filter of ['text', null, {}, { filter: { unknown: 1 } }, { filter: {}, columns: ['secret'] }])
      expect(codeOf(await ask({ url, filter })), JSON.stringify(filter)).toEqual([400, 'INVALID'])
  })
})
