import { request as httpRequest } from 'node:http'
import { newId } from '@sarai/db'
import { FILE_BYTES_MAX } from '@sarai/api/file/schema'
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callProcedure } from './call-procedure.ts'
import { THINGS, type Side } from './things.ts'
import { openTwoTenants, type TwoTenants } from './two-tenants.ts'

const NO_TENANT = 'no-such-tenant'
const SVG = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const HTML = '<!doctype html><script>alert(1)</script>'
/** One pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let tenants: TwoTenants
let own: Side
let foreign: Side

beforeAll(async () => {
  tenants = await openTwoTenants()
  own = tenants.own
  foreign = tenants.foreign
})
afterAll(() => tenants[Symbol.asyncDispose]())

async function ask(options: InjectOptions) {
  const answer = await tenants.http.app.inject(options)
  expect(answer.statusCode).toBeLessThan(500)
  return answer
}

interface Sent {
  cookie?: string
  tenantKey?: string
  name?: string
  content?: Buffer | string
  headers?: Record<string, string>
}

function upload({ cookie = own.cookie, tenantKey = own.tenantKey, name = 'a.png', ...sent }: Sent = {}) {
  const { content = PNG, headers } = sent
  return ask({
    method: 'POST',
    url: `/t/${tenantKey}/files?name=${encodeURIComponent(name)}`,
    headers: { cookie, 'content-type': 'application/octet-stream', ...headers },
    payload: content,
  })
}

function download(
  id: string,
  {
    cookie = own.cookie,
    tenantKey = own.tenantKey,
    query = '',
  }: { cookie?: string; tenantKey?: string; query?: string } = {},
) {
  return ask({ url: `/t/${tenantKey}/files/${id}${query}`, headers: { cookie } })
}

const codeOf = (answer: { json(): unknown }) => (answer.json() as { error: { code: string } }).error.code

async function uploadOne(sent: Sent = {}): Promise<string> {
  const answer = await upload(sent)
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json<{ id: string }>().id
}

/** With a message, so that every member may read it. */
async function sendOne(side: Side, sent: Sent = {}): Promise<string> {
  const id = await uploadOne({ ...side, ...sent })
  const conversationId = await THINGS.conversation.make(side)
  const input = { conversationId, clientId: newId(), body: '', attachmentIds: [id] }
  const answer = await callProcedure(side.http, {
    ...side,
    path: 'chat.message.send',
    type: 'mutation',
    input,
  })
  expect(answer.status, answer.body).toBe(200)
  return id
}

async function makeKey(permissions: string[]): Promise<string> {
  const input = { name: newId(), permissions }
  const { body } = await callProcedure(own.http, {
    ...own,
    path: 'permission.key.create',
    type: 'mutation',
    input,
  })
  return (JSON.parse(body) as { result: { data: { secret: string } } }).result.data.secret
}

describe('who may', () => {
  test('without a session, or with a forged one, nothing comes in or goes out', async () => {
    const id = await sendOne(own)
    for (const cookie of ['', 'sarai.session_token=forged.forged', `${own.cookie}x`]) {
      for (const answer of [await upload({ cookie }), await download(id, { cookie })]) {
        expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'UNAUTHENTICATED'])
      }
    }
  })

  test('a session of another tenant cannot tell whether this one exists, or its file', async () => {
    const id = await sendOne(own)
    const { cookie } = foreign
    const uploads = [await upload({ cookie }), await upload({ cookie, tenantKey: NO_TENANT })]
    const downloads = [await download(id, { cookie }), await download(id, { cookie, tenantKey: NO_TENANT })]
    for (const answer of [...uploads, ...downloads]) {
      expect([answer.statusCode, answer.body]).toEqual([404, uploads[0]?.body])
      expect(codeOf(answer)).toBe('TENANT_UNKNOWN')
    }
  })

  test('a role that lacks the permission is refused', async () => {
    const id = await sendOne(own)
    const uploaded = await upload({ cookie: await tenants.signInWithout('chat:reply') })
    expect([uploaded.statusCode, codeOf(uploaded)]).toEqual([403, 'FORBIDDEN'])
    const cookie = await tenants.signInWithout('chat:read')
    const downloaded = await download(id, { cookie })
    expect([downloaded.statusCode, codeOf(downloaded)]).toEqual([403, 'FORBIDDEN'])
  })

  test('an API key sends what it has uploaded itself, and only as far as its permissions go', async () => {
    const [reader, writer] = [await makeKey(['chat:read']), await makeKey(['chat:read', 'chat:reply'])]
    const refused = await upload({ cookie: '', headers: { authorization: `Bearer ${reader}` } })
    expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'FORBIDDEN'])
    const headers = { authorization: `Bearer ${writer}` }
    const id = await uploadOne({ cookie: '', headers })
    expect((await download(id)).statusCode).toBe(404)
    const conversationId = await THINGS.conversation.make(own)
    const input = { conversationId, clientId: newId(), body: '', attachmentIds: [id] }
    const send = { path: 'chat.message.send', type: 'mutation', tenantKey: own.tenantKey, input } as const
    expect((await callProcedure(own.http, { ...send, cookie: own.cookie })).status).toBe(404)
    expect((await callProcedure(own.http, { ...send, cookie: '', headers })).status).toBe(200)
    expect((await download(id)).rawPayload).toEqual(PNG)
  })

  test('an id of another tenant is answered as one that does not exist, byte for byte', async () => {
    const before = await tenants.readAll(foreign)
    const theirs = await sendOne(foreign)
    const waiting = await uploadOne(foreign)
    const after = await tenants.readAll(foreign)
    const nothing = await download(newId())
    expect([nothing.statusCode, codeOf(nothing)]).toEqual([404, 'NOT_FOUND'])
    for (const id of [theirs, waiting, 'nothing', '..%2f..%2fetc%2fpasswd', '%00', `${theirs}/`]) {
      const answer = await download(id)
      expect(answer.statusCode).toBe(404)
      if (!id.endsWith('/')) expect(answer.body).toBe(nothing.body)
    }
    expect((await download(theirs, foreign)).rawPayload).toEqual(PNG)
    expect(before).not.toBe(after)
    expect(await tenants.readAll(foreign)).toBe(after)
  })

  test('a page of another site makes nobody upload', async () => {
    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of elsewhere) {
      expect((await upload({ headers })).statusCode).toBe(403)
    }
  })

  test('nobody enters a suspended tenant for a file either', async () => {
    const id = await sendOne(own)
    await tenants.http.database.setTenantStatus(own.tenantKey, 'suspended')
    try {
      expect(codeOf(await download(id))).toBe('TENANT_SUSPENDED')
      expect(codeOf(await upload())).toBe('TENANT_SUSPENDED')
    } finally {
      await tenants.http.database.setTenantStatus(own.tenantKey, 'active')
    }
  })
})

describe('what goes out', () => {
  const HARMLESS = {
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'cache-control': 'private, max-age=3600',
    vary: 'cookie',
  }

  test('a picture is shown, and saved where it is asked for', async () => {
    const id = await sendOne(own)
    const shown = await download(id)
    expect(shown.rawPayload).toEqual(PNG)
    expect(shown.headers).toMatchObject({
      ...HARMLESS,
      'content-type': 'image/png',
      'content-length': String(PNG.length),
      'content-disposition': 'inline; filename=a.png',
    })
    const saved = await download(id, { query: '?download' })
    expect(saved.headers).toMatchObject({ 'content-disposition': 'attachment; filename=a.png' })
  })

  test.each([
    ['notes.txt', HTML, 'text/plain; charset=utf-8'],
    ['a.pdf', '%PDF-1.7\n%%EOF\n', 'application/pdf'],
  ])('everything else is saved, never opened: %s', async (name, content, type) => {
    const answer = await download(await sendOne(own, { name, content }), { query: '?inline=1' })
    expect(answer.headers).toMatchObject({
      ...HARMLESS,
      'content-type': type,
      'content-disposition': `attachment; filename=${name}`,
    })
  })

  test('a name cannot write a header, nor lead out of a folder', async () => {
    const id = await sendOne(own, { name: '../x"\r\nset-cookie: a=b\r\n;filename=evil.exe' })
    const { headers } = await download(id)
    expect(headers).not.toHaveProperty('set-cookie')
    expect(headers['content-disposition']).toBe('inline; filename="x set-cookie a=b ;filename=evil.exe.png"')
  })
})

describe('what comes in', () => {
  test.each([
    ['an SVG', 'logo.svg', SVG],
    ['an SVG under another name', 'logo.png', SVG],
    ['HTML', 'page.html', HTML],
    ['HTML under another name', 'page.png', HTML],
    ['a program', 'setup.exe', `MZ${'\0'.repeat(200)}`],
  ])('%s is refused, and nothing of it stays', async (_what, name, content) => {
    const before = await tenants.readAll(own)
    const answer = await upload({ name, content, headers: { 'content-type': 'image/png' } })
    expect([answer.statusCode, codeOf(answer)]).toEqual([415, 'UNSUPPORTED_TYPE'])
    expect(await tenants.readAll(own)).toBe(before)
  })

  test('an empty file, and one without a name that says a type, are clear errors', async () => {
    const empty = await upload({ content: '' })
    expect([empty.statusCode, codeOf(empty)]).toEqual([400, 'INVALID'])
    const nameless = await ask({
      method: 'POST',
      url: `/t/${own.tenantKey}/files?name=a&name=b`,
      headers: { cookie: own.cookie },
      payload: PNG,
    })
    expect(nameless.json()).toMatchObject({ name: 'file.png', picture: { width: 1, height: 1 } })
  })

  test('a file of FILE_BYTES_MAX is taken, one byte more is not, whatever was declared', async () => {
    const whole = Buffer.concat([PNG, Buffer.alloc(FILE_BYTES_MAX - PNG.length)])
    expect((await upload({ content: whole })).statusCode).toBe(201)
    const declared = await upload({ content: Buffer.concat([whole, Buffer.alloc(1)]) })
    expect([declared.statusCode, codeOf(declared)]).toEqual([413, 'TOO_LARGE'])
    expect(declared.json()).toMatchObject({ error: { details: { bytesMax: FILE_BYTES_MAX } } })
  })

  test('a stream without a length is cut at the limit, and its sender hung up on', async () => {
    const port = Number(new URL(await tenants.http.listen()).port)
    const chunk = Buffer.alloc(1024 * 1024)
    let sentBytes = 0
    const ended = await new Promise<string>((resolve) => {
      const sending = httpRequest({
        port,
        method: 'POST',
        path: `/t/${own.tenantKey}/files?name=a.png`,
        headers: { cookie: own.cookie, 'transfer-encoding': 'chunked' },
      })
      sending.on('response', (response) => resolve(String(response.statusCode)))
      sending.on('error', () => resolve('hung up'))
      const send = (): void => {
        if (sending.destroyed || sentBytes > 20 * FILE_BYTES_MAX) return
        sentBytes += chunk.length
        sending.write(chunk, send)
      }
      send()
    })
    expect(['413', 'hung up']).toContain(ended)
    expect(sentBytes).toBeLessThan(4 * FILE_BYTES_MAX)
  })
})
