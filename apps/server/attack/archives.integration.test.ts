import { newId } from '@sarai/db'
import { ARCHIVE_UPLOAD_BYTES_MAX } from '@sarai/api/operator/schema'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { callProcedure } from './call-procedure.ts'
import { HTTP_PATHS } from './http-paths.ts'
import { openTwoTenants, type TwoTenants } from './two-tenants.ts'

const UPLOAD = '/api/operator/archives?intoKey=came-back'
const OTHER_SITE = { origin: 'https://elsewhere.test', 'sec-fetch-site': 'cross-site' }
let tenants: TwoTenants
let cookie: string
/** Of an export that is done. */
let transferId: string

beforeAll(async () => {
  tenants = await openTwoTenants()
  cookie = await tenants.signInOperator()
  transferId = await exportWhole()
})
afterAll(() => tenants[Symbol.asyncDispose]())

async function call(
  type: 'query' | 'mutation',
  path: string,
  input: object,
): Promise<Record<string, unknown>> {
  const answer = await callProcedure(tenants.http, { path, type, input, cookie, tenantKey: null })
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.body}`)
  return (JSON.parse(answer.body) as { result: { data: Record<string, unknown> } }).result.data
}

async function exportWhole(): Promise<string> {
  const { id } = await call('mutation', 'operator.transfer.export', { tenantKey: tenants.own.tenantKey })
  await untilState(id, 'done')
  return String(id)
}

async function untilState(id: unknown, state: string): Promise<void> {
  const read = async () => (await call('query', 'operator.transfer.byId', { transferId: id }))['state']
  await vi.waitUntil(async () => (await read()) !== 'running', { timeout: 60_000, interval: 100 })
  expect(await read()).toBe(state)
}

async function ask(options: InjectOptions) {
  const answer = await tenants.http.app.inject(options)
  expect(answer.statusCode).toBeLessThan(500)
  return answer
}

const download = (id = transferId, headers: object = { cookie }) =>
  ask({ url: `/api/operator/archives/${encodeURIComponent(id)}`, headers: { ...headers } })

const upload = (headers: object, payload: Buffer | string = 'no archive', url = UPLOAD) =>
  ask({ method: 'POST', url, headers: { 'content-type': 'application/zip', ...headers }, payload })

test('every path of an archive is attacked here', () => {
  const paths = Object.keys(HTTP_PATHS).filter((path) => HTTP_PATHS[path] === 'archive')
  expect(paths).toEqual(['/api/operator/archives', '/api/operator/archives/:transferId'])
})

test('an archive is given to operators alone, from our own pages, and to no other method', async () => {
  const { own, foreign } = tenants
  for (const headers of [{}, { cookie: 'sarai.session_token=forged.forged' }])
    expect((await download(transferId, headers)).statusCode).toBe(401)
  for (const side of [own, foreign]) {
    expect((await download(transferId, { cookie: side.cookie })).statusCode).toBe(403)
    expect((await upload({ cookie: side.cookie })).statusCode).toBe(403)
  }
  expect((await upload({})).statusCode).toBe(401)
  expect((await download(transferId, { cookie, ...OTHER_SITE })).statusCode).toBe(403)
  expect((await upload({ cookie, ...OTHER_SITE })).statusCode).toBe(403)
  const key = { authorization: `Bearer sarai_${'x'.repeat(40)}` }
  expect((await download(transferId, key)).statusCode).toBe(401)
  expect((await upload(key)).statusCode).toBe(401)
  expect(await tenants.http.database.findTenant('came-back')).toBeUndefined()
})

test('it is named, kept by no cache, opened by no browser, and written down with who fetched it', async () => {
  const answer = await download()
  expect(answer.statusCode).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'application/zip',
    'content-disposition': expect.stringMatching(/^attachment; filename="?rabin-\d{4}-\d\d-\d\d\.zip"?$/),
    'cache-control': 'no-store',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'content-length': String(answer.rawPayload.length),
  })
  expect(answer.rawPayload.subarray(0, 2).toString()).toBe('PK')
  const entries = await tenants.http.database.master
    .selectFrom('audit_log')
    .select(['action', 'address', 'actor_name'])
    .where('entity_id', '=', transferId)
    .execute()
  expect(entries).toEqual([{ action: 'archive.downloaded', address: '127.0.0.1', actor_name: 'Test Person' }])
})

test('an id that is none, crooked, or of somebody else, opens nothing', async () => {
  const { id } = await tenants.http.database.getTenant(tenants.own.tenantKey)
  for (const wrong of [newId(), id, '../../etc/passwd', '..%2f..%2fetc', 'x'.repeat(2_000), '%00'])
    expect((await download(wrong)).statusCode).toBe(404)
})

test('what comes in is bounded before it is read, and a hostile archive makes nothing', async () => {
  const tooLong = await upload({ cookie, 'content-length': String(ARCHIVE_UPLOAD_BYTES_MAX + 1) })
  expect(tooLong.statusCode).toBe(413)
  for (const query of [
    '',
    '?intoKey=UPPER',
    '?intoKey=operator',
    '?intoKey=a&intoKey=b',
    '?intoKey=new-one&evil=1',
  ])
    expect((await upload({ cookie }, 'x', `/api/operator/archives${query}`)).statusCode).toBe(400)
  const taken = await upload({ cookie }, 'x', '/api/operator/archives?intoKey=rabin')
  expect(taken.statusCode).toBe(409)
  const begun = await upload({ cookie }, 'PK\u0003\u0004 and nothing more')
  expect(begun.statusCode).toBe(201)
  const { id } = begun.json<{ id: string }>()
  await untilState(id, 'failed')
  expect(await tenants.http.database.findTenant('came-back')).toBeUndefined()
})

test('each act is written down: when it ends, when it is cancelled, and when its archive is removed', async () => {
  const begun = await call('mutation', 'operator.transfer.clone', {
    tenantKey: 'rabin',
    intoKey: 'rabin-copy',
  })
  await untilState(begun['id'], 'done')
  const { id, ended } = await tenants.http.database.transfers.begin(
    { kind: 'export', fromKey: 'rabin', requester: { id: null, name: 'elsewhere' } },
    ({ signal }) =>
      new Promise<object>((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      ),
    () => ({ code: 'TEST', message: 'never' }),
  )
  const over = ended.catch(() => undefined)
  await call('mutation', 'operator.transfer.cancel', { transferId: id })
  await over
  await call('mutation', 'operator.transfer.removeArchive', { transferId })
  const rows = await tenants.http.database.master
    .selectFrom('audit_log')
    .select('action')
    .where('action', 'in', ['tenant.exported', 'tenant.cloned', 'transfer.cancelled', 'archive.removed'])
    .orderBy('id')
    .execute()
  expect(rows.map(({ action }) => action)).toEqual([
    'tenant.exported',
    'tenant.cloned',
    'transfer.cancelled',
    'archive.removed',
  ])
  expect((await download()).statusCode).toBe(404)
})
