import { NEVER_BY_KEY, PERMISSIONS } from '@sarai/api/permission/schema'
import { newId } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, callProcedure, type ProcedureCall } from './call-procedure.ts'
import { type AttackedProcedure, exampleFor, listAttacked } from './rows.ts'
import { type Side, type Thing, THINGS } from './things.ts'
import { openTwoTenants, type TwoTenants } from './two-tenants.ts'

const OFFERED = PERMISSIONS.filter((permission) => !NEVER_BY_KEY.includes(permission))
/** What is a member's own, and what is checked again by the session while it lasts. */
const FOR_PEOPLE_ALONE = [
  'bulk.archive',
  'bulk.archiveMatching',
  'bulk.assign',
  'bulk.assignMatching',
  'bulk.tag',
  'bulk.tagMatching',
  'chat.cannedReply.create',
  'chat.cannedReply.list',
  'chat.cannedReply.remove',
  'chat.cannedReply.update',
  'chat.changes',
  'chat.conversation.markRead',
  'chat.view.counts',
  'chat.view.create',
  'chat.view.delete',
  'chat.view.list',
  'chat.view.restore',
  'chat.view.update',
  'customer.columns.mine',
  'customer.columns.save',
  'customer.view.create',
  'customer.view.delete',
  'customer.view.list',
  'customer.view.restore',
  'customer.view.update',
  'import.byId',
  'import.check',
  'import.discard',
  'import.list',
  'import.preview',
  'import.results',
  'import.start',
  'job.byId',
  'job.cancel',
  'job.list',
  'job.refused',
  'job.undo',
  'notification.saveSettings',
  'notification.settings',
  'notification.unread',
  'presence.tell',
  'scheduled.cancel',
  'scheduled.create',
  'scheduled.held',
  'scheduled.sendNow',
  'scheduled.update',
]

/** Theirs who wrote them, and of nobody else whatever they may. */
const OF_ITS_AUTHOR = [
  'chat.message.edit',
  'chat.message.remove',
  'customer.note.delete',
  'customer.note.edit',
  'customer.note.restore',
]
/** A file that waits is there for its uploader alone. */
const OF_ITS_UPLOADER = ['chat.attachment.discard']

let tenants: TwoTenants
let own: Side
let foreign: Side

beforeAll(async () => {
  tenants = await openTwoTenants()
  own = tenants.own
  foreign = tenants.foreign
})
afterAll(() => tenants[Symbol.asyncDispose]())

interface MadeKey {
  id: string
  secret: string
}

async function makeKey(
  side: Side,
  permissions: readonly string[] = OFFERED,
  endsAfterDays?: number,
): Promise<MadeKey> {
  const input = { name: newId(), permissions, endsAfterDays }
  const { status, body } = await change(side, 'permission.key.create', input)
  expect(status, body).toBe(200)
  return (JSON.parse(body) as { result: { data: MadeKey } }).result.data
}

function change(side: Side, path: string, input: object): Promise<Answer> {
  return callProcedure(tenants.http, { ...side, path, type: 'mutation', input })
}

/** As a program calls: with a key, and no cookie unless it is said. */
function callWith(
  { secret }: Pick<MadeKey, 'secret'>,
  asked: Partial<ProcedureCall> & Pick<ProcedureCall, 'path' | 'type'>,
): Promise<Answer> {
  const { headers, ...rest } = asked
  return callProcedure(tenants.http, {
    tenantKey: own.tenantKey,
    cookie: '',
    ...rest,
    headers: { authorization: `Bearer ${secret}`, ...headers },
  })
}

const LIST = { path: 'customer.list', type: 'query', input: {} } as const
const CREATE = { path: 'customer.create', type: 'mutation' } as const

async function makeInput(procedure: AttackedProcedure): Promise<unknown> {
  const ids = new Map<string, string>()
  for (const { path, thing } of procedure.ids) {
    ids.set(path, thing === undefined || thing === 'new' ? newId() : await (THINGS[thing] as Thing).make(own))
  }
  return exampleFor(procedure, { valueAt: (path) => ids.get(path) })
}

const procedures = listAttacked()
const ofTenants = procedures.filter(({ meta }) => meta.audience === 'member')
const ofNoTenant = procedures.filter(({ meta }) => ['user', 'operator'].includes(meta.audience))

describe('a key with everything that a key may have', () => {
  let key: MadeKey
  beforeAll(async () => {
    key = await makeKey(own)
  })

  test.each(ofTenants)('gets an answer of $path, or is told that it may not', async (procedure) => {
    const answer = await callWith(key, { ...procedure, input: await makeInput(procedure) })
    const isRefused =
      [...FOR_PEOPLE_ALONE, ...OF_ITS_AUTHOR].includes(procedure.path) ||
      NEVER_BY_KEY.some((permission) => permission === procedure.meta.permission)
    if (isRefused) expect(answer).toMatchObject({ code: 'FORBIDDEN' })
    else if (OF_ITS_UPLOADER.includes(procedure.path)) expect(answer).toMatchObject({ code: 'NOT_FOUND' })
    else expect([200, 409, procedure.row.refuses?.status], answer.body).toContain(answer.status)
  })

  test.each(ofNoTenant)(
    'opens nothing of $path, with its maker’s session beside it neither',
    async (procedure) => {
      // From an address of its own: one that is refused too often is told to wait.
      const remoteAddress = `192.0.2.${ofNoTenant.indexOf(procedure) + 1}`
      for (const tenantKey of [null, own.tenantKey]) {
        const input = exampleFor(procedure)
        const answer = await callWith(key, {
          ...procedure,
          tenantKey,
          input,
          remoteAddress,
          cookie: own.cookie,
        })
        expect(answer).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
      }
    },
  )

  test('writes in its own name, to be read beside what it did', async () => {
    const input = { name: 'Made by a program' }
    const { status, body } = await callWith(key, { ...CREATE, input })
    expect(status, body).toBe(200)
    const { id } = (JSON.parse(body) as { result: { data: { id: string } } }).result.data
    const timeline = await callWith(key, {
      path: 'customer.timeline',
      type: 'query',
      input: { customerId: id },
    })
    expect(timeline.body).toContain(`"actor":{"id":"${key.id}"`)
    const rows = await tenants.http.database.withTenant(own.tenantKey, (db) =>
      db.selectFrom('audit_log').selectAll().where('entity_id', '=', id).execute(),
    )
    expect(rows).toMatchObject([{ actor_kind: 'api-key', actor_id: key.id, action: 'customer.created' }])
  })

  test('needs no Origin, and a page of another site gains nothing by a cookie', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    expect(await callWith(key, { ...CREATE, input: { name: 'From afar' }, headers })).toMatchObject({
      status: 200,
    })
    const byCookie = await callProcedure(tenants.http, {
      ...own,
      ...CREATE,
      input: { name: 'Forged' },
      headers,
    })
    expect(byCookie.status).toBe(403)
  })
})

describe('a key that does not open this tenant', () => {
  test.each(ofTenants)(
    'another tenant’s is refused $path, whatever session comes with it',
    async (procedure) => {
      const key = await keyOfForeign()
      const input = exampleFor(procedure)
      const remoteAddress = `198.51.100.${ofTenants.indexOf(procedure) + 1}`
      const answer = await callWith(key, { ...procedure, input, remoteAddress, cookie: own.cookie })
      expect(answer.code).toBe('UNAUTHENTICATED')
    },
  )

  test('is answered the same whether it was made up, has ended, was revoked, or the tenant does not exist', async () => {
    const [revoked, ended] = [await makeKey(own), await makeKey(own, OFFERED, 1)]
    expect((await callWith(revoked, LIST)).status).toBe(200)
    await change(own, 'permission.key.revoke', { id: revoked.id })
    await tenants.http.database.withTenant(own.tenantKey, (db) =>
      db.updateTable('api_keys').set({ expires_at: new Date() }).where('id', '=', ended.id).execute(),
    )
    const forged = { secret: `${ended.secret.slice(0, -4)}AAAA` }
    const answers = [
      await callWith(revoked, LIST),
      await callWith(ended, LIST),
      await callWith(forged, LIST),
      await callWith({ secret: 'sarai_x' }, LIST),
      await callWith(await keyOfForeign(), { ...LIST, tenantKey: 'no-such-tenant' }),
    ]
    expect(answers[0]).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
    expect(answers).toEqual(Array(5).fill(answers[0]))
  })

  let made: Promise<MadeKey> | undefined
  function keyOfForeign(): Promise<MadeKey> {
    return (made ??= makeKey(foreign))
  }
})

describe('what a key may do', () => {
  test('is what was chosen for it', async () => {
    const key = await makeKey(own, ['customer:read'])
    expect((await callWith(key, LIST)).status).toBe(200)
    const refused = await callWith(key, { ...CREATE, input: { name: 'Not mine' } })
    expect(refused).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    expect(refused.body).toContain('"details":{"permission":"customer:create"}')
  })

  test('is never more than its maker may, now', async () => {
    const cookie = await tenants.signInWithout('customer:update')
    const maker = { ...own, cookie }
    const more = await change(maker, 'permission.key.create', {
      name: 'more',
      permissions: ['customer:update'],
    })
    expect(more).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    const key = await makeKey(maker, ['customer:read', 'customer:create'])
    await tenants.signInWithout('customer:create')
    expect((await callWith(key, { ...CREATE, input: { name: 'No more' } })).code).toBe('FORBIDDEN')
    expect((await callWith(key, LIST)).status).toBe(200)
  })

  test('never includes letting people in', async () => {
    for (const permission of NEVER_BY_KEY) {
      const answer = await change(own, 'permission.key.create', { name: 'all', permissions: [permission] })
      expect(answer.status).toBe(400)
    }
  })
})
