import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createHash } from 'node:crypto'
import { newId } from '@sarai/db'
import { failureOf } from '@sarai/db/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createTestPerson,
  makeContext,
  openTestApi,
  readRefusal,
  type TestApi,
  type TestPerson,
} from '../testing.ts'
import { sweepArchiveFolders, sweepArchives } from './archive-store.ts'
import { receiveArchive } from './receive-archive.ts'
import { ARCHIVE_KEPT_HOURS } from './schema.ts'
import { openTenantArchive, type Transfer } from './transfer-acts.ts'

const HOUR_MS = 3_600_000
const FILE = Buffer.from('a file of the business')
let api: TestApi
let operator: TestPerson

beforeAll(async () => {
  api = await openTestApi()
  operator = await createTestPerson(api, { isOperator: true, name: 'Omar' })
  const { email } = operator.user
  await call().tenant.create({ tenantKey: 'rabin', name: 'Rabin', ownerEmail: email })
  await attach('rabin')
})
afterAll(() => api[Symbol.asyncDispose]())

function call() {
  return operator.enter(null).operator
}

const asOperator = () => makeContext(api, { tenantKey: null, person: operator })

/** A file that the store has. */
async function attach(tenantKey: string): Promise<void> {
  const { id: tenantId } = await api.database.getTenant(tenantKey)
  const id = newId()
  const about = { bytes: FILE.length, mediaType: 'text/plain' }
  await api.files.store.put({ tenantId, fileId: id }, Readable.from([FILE]), about)
  await api.database.withTenant(tenantKey, (db) =>
    db
      .insertInto('attachments')
      .values({
        id,
        uploaded_by: operator.user.id,
        name: 'note.txt',
        media_type: about.mediaType,
        bytes: about.bytes,
        sha256: createHash('sha256').update(FILE).digest('hex'),
        created_at: new Date(),
        stored_at: new Date(),
      })
      .execute(),
  )
}

async function readEnd(id: string): Promise<Transfer> {
  const read = () => call().transfer.byId({ transferId: id })
  await expect.poll(async () => (await read()).state, { timeout: 60_000 }).not.toBe('running')
  return read()
}

async function exportWhole(): Promise<Transfer> {
  return readEnd((await call().transfer.export({ tenantKey: 'rabin' })).id)
}

/** Of one transfer and of the tenant it made, in order. */
async function readActions(name: string): Promise<string[]> {
  const rows = await api.database.master
    .selectFrom('audit_log')
    .select('action')
    .where('entity_name', 'like', name)
    .where('actor_id', '=', operator.user.id)
    .orderBy('id')
    .execute()
  return rows.map(({ action }) => action)
}

const upload = (body: Buffer, query: object, more: object = {}) =>
  receiveArchive(asOperator(), { query, body: Readable.from([body]), declaredBytes: body.length, ...more })

test('a tenant goes out into an archive, and in again from what was downloaded, with its files and its owner', async () => {
  const exported = await exportWhole()
  expect(exported).toMatchObject({
    kind: 'export',
    state: 'done',
    fromKey: 'rabin',
    requester: 'Omar',
    failure: null,
  })
  expect(exported.exported).toMatchObject({
    files: 1,
    filesUnreadable: 0,
    archive: { sha256: expect.any(String) },
  })
  expect((exported.archiveUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(
    (ARCHIVE_KEPT_HOURS - 1) * HOUR_MS,
  )

  const opened = await openTenantArchive(asOperator(), exported.id)
  const bytes = await buffer(opened.content)
  expect(bytes).toHaveLength(opened.bytes)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(opened.sha256)
  expect(opened.name).toMatch(/^rabin-\d{4}-\d\d-\d\d\.zip$/)

  const begun = await upload(bytes, {
    intoKey: 'came-back',
    name: 'Came back',
    ownerEmail: operator.user.email,
  })
  const imported = await readEnd(begun.id)
  expect(imported).toMatchObject({ kind: 'import', state: 'done', intoKey: 'came-back', exported: null })
  expect(imported.copied).toMatchObject({ rows: exported.exported?.rows, files: 1, members: 1, namesOnly: 0 })
  const hashes = (tables?: { name: string; sha256: string }[]) =>
    tables?.map(({ name, sha256 }) => [name, sha256])
  expect(hashes(imported.copied?.tables)).toEqual(hashes(exported.exported?.tables))
  expect(await api.database.getTenant('came-back')).toMatchObject({ status: 'active', name: 'Came back' })
  expect(await readActions('Came back (came-back)')).toEqual(['tenant.imported'])
  expect(await readActions('Rabin (rabin)')).toEqual(['tenant.created', 'tenant.exported'])

  await call().transfer.removeArchive({ transferId: exported.id })
  await call().transfer.removeArchive({ transferId: exported.id })
  expect(await failureOf(openTenantArchive(asOperator(), exported.id))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await readActions('rabin (export)')).toEqual(['archive.downloaded', 'archive.removed'])
})

test('a tenant is copied, and what is shown of one tenant is what is from or into it', async () => {
  const begun = await call().transfer.clone({ tenantKey: 'rabin', intoKey: 'rabin-copy', name: 'Copy' })
  expect(await readEnd(begun.id)).toMatchObject({
    state: 'done',
    kind: 'clone',
    copied: { files: 1, members: 1 },
  })
  const { items } = await call().transfer.list({ tenantKey: 'rabin-copy' })
  expect(items.map(({ id }) => id)).toEqual([begun.id])
  expect((await call().transfer.list({ tenantKey: 'rabin' })).items[0]?.id).toBe(begun.id)
  expect((await call().transfer.list({ cursor: begun.id })).items.map(({ id }) => id)).not.toContain(begun.id)
  expect(await readActions('Copy (rabin-copy)')).toEqual(['tenant.cloned'])
})

test('one that runs in any process is cancelled, once', async () => {
  const { id, ended } = await api.database.transfers.begin(
    { kind: 'export', fromKey: 'rabin', requester: { id: null, name: 'elsewhere' } },
    async ({ signal }) => {
      await once(signal, 'abort')
      throw signal.reason
    },
    () => ({ code: 'TEST', message: 'never' }),
  )
  const rejected = failureOf(ended)
  expect(await call().transfer.cancel({ transferId: id })).toMatchObject({ cancelAskedAt: expect.any(Date) })
  expect(await rejected).toMatchObject({ code: 'ABORTED' })
  expect(await readEnd(id)).toMatchObject({ state: 'cancelled', failure: null })
  const again = await readRefusal(call().transfer.cancel({ transferId: id }))
  expect(again.data.domain).toMatchObject({ code: 'CONFLICT', details: { reason: 'ended' } })
  const nobodys = await readRefusal(call().transfer.cancel({ transferId: newId() }))
  expect(nobodys.data.domain?.code).toBe('NOT_FOUND')
  expect((await readActions('rabin (export)')).at(-1)).toBe('transfer.cancelled')
})

describe('what is refused', () => {
  test('before anything is begun: a taken key, an owner whom nobody knows, a tenant that is not there', async () => {
    const { clone, export: exported } = call().transfer
    const refusals = await Promise.all([
      readRefusal(clone({ tenantKey: 'rabin', intoKey: 'rabin' })),
      readRefusal(clone({ tenantKey: 'rabin', intoKey: 'new-one', ownerEmail: 'nobody@example.test' })),
      readRefusal(clone({ tenantKey: 'no-such', intoKey: 'new-one' })),
      readRefusal(exported({ tenantKey: 'no-such' })),
    ])
    expect(refusals.map(({ data }) => data.domain?.code)).toEqual([
      'TENANT_EXISTS',
      'NOT_FOUND',
      'TENANT_UNKNOWN',
      'TENANT_UNKNOWN',
    ])
  })

  test('of an upload: no key, too many bytes, said or sent, and whoever is no operator', async () => {
    const body = Buffer.alloc(2_000)
    expect(await failureOf(upload(body, {}))).toMatchObject({ code: 'INVALID' })
    const tooLarge = { code: 'TOO_LARGE', details: { bytesMax: 1_000 } }
    expect(await failureOf(upload(body, { intoKey: 'large' }, { bytesMax: 1_000 }))).toMatchObject(tooLarge)
    const lied = upload(body, { intoKey: 'large' }, { bytesMax: 1_000, declaredBytes: 10 })
    expect(await failureOf(lied)).toMatchObject(tooLarge)
    const somebody = await createTestPerson(api)
    const context = makeContext(api, { tenantKey: null, person: somebody })
    const refused = receiveArchive(context, {
      query: { intoKey: 'x-y' },
      body: Readable.from([body]),
      declaredBytes: 1,
    })
    expect(await failureOf(refused)).toMatchObject({ code: 'FORBIDDEN' })
    expect(await failureOf(openTenantArchive(context, newId()))).toMatchObject({ code: 'FORBIDDEN' })
  })

  test('an archive that is none fails in words, and makes nothing', async () => {
    const { id } = await upload(Buffer.from('this is no archive'), { intoKey: 'hostile' })
    expect(await readEnd(id)).toMatchObject({
      state: 'failed',
      failure: { code: 'ARCHIVE', message: expect.stringMatching(/no archive of a tenant/) },
    })
    expect(await api.database.findTenant('hostile')).toBeUndefined()
    expect(api.warnings.splice(0)).toHaveLength(1)
    const left = (await readdir(tmpdir())).filter((name) => name.startsWith(`sarai-archive-${process.pid}`))
    expect(left).toEqual([])
  })
})

test('an archive is removed after its time, and what a killed process left on the disk', async () => {
  const { id } = await exportWhole()
  const keeping = { database: api.database, store: api.files.store }
  expect(await sweepArchives(keeping)).toBe(0)
  const later = new Date(Date.now() + (ARCHIVE_KEPT_HOURS + 1) * HOUR_MS)
  expect(await sweepArchives(keeping, later)).toBe(1)
  expect(await call().transfer.byId({ transferId: id })).toMatchObject({ state: 'done', archiveUntil: null })
  expect(await failureOf(openTenantArchive(asOperator(), id))).toMatchObject({ code: 'NOT_FOUND' })

  const parent = await mkdtemp(join(tmpdir(), 'left-'))
  const [old, young, others] = ['sarai-archive-old', 'sarai-clone-young', 'somebody-elses'].map((name) =>
    join(parent, name),
  ) as [string, string, string]
  const long = new Date(Date.now() - (ARCHIVE_KEPT_HOURS + 1) * HOUR_MS)
  for (const folder of [old, young, others]) {
    await mkdir(folder)
    await writeFile(join(folder, 'tenant.zip'), 'x')
    if (folder === young) continue
    await utimes(join(folder, 'tenant.zip'), long, long)
    await utimes(folder, long, long)
  }
  expect(await sweepArchiveFolders(new Date(), parent)).toBe(1)
  expect((await readdir(parent)).toSorted()).toEqual(['sarai-clone-young', 'somebody-elses'])
  await rm(parent, { recursive: true })
})
