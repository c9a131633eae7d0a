import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { ZipFile } from 'yazl'
import type { Kysely } from 'kysely'
import { newId } from '../id.ts'
import {
  adminQuery,
  createTestDatabase,
  createTestTenant,
  failureOf,
  getTenantLogin,
  type TestDatabase,
  type TestTenant,
} from '../testing.ts'
import type { ArchiveFiles } from './archived-files.ts'
import type { ImportedTenant } from './import-tenant.ts'
import type { Manifest } from './manifest.ts'
import type { TenantTables } from '../tenant/tables.ts'
import { defineSchema, TENANT_SCHEMA_VERSION } from '../tenant/migrations.ts'
import { customerDesk } from '../tenant/migrations/0001-customer-desk.ts'
import { openArchive } from './open-archive.ts'

const server = inject('saraiServer')
const CUSTOMERS = 1_200
const READ = { schemaVersionMax: TENANT_SCHEMA_VERSION }
let database: TestDatabase
let tenant: TestTenant
let folder: string
let known: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sarai-archive-'))
  database = await createTestDatabase()
  tenant = await createTestTenant(database, { name: 'Rabin Appliances' })
  known = await makePerson(database, 'known@rabin.test')
  await fill(tenant.tenantKey)
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function makePerson({ master }: TestDatabase, email: string, id = newId()): Promise<string> {
  const now = new Date()
  await master
    .insertInto('users')
    .values({ id, name: email, email, image: null, created_at: now, updated_at: now })
    .execute()
  return id
}

const SPECIAL = ['سلام، دنیا', 'quote \' " \\ \u0000 end', 'line\nbreak\r\n\u2028 and more', '👩‍👩‍👧 ﷽', '']

/** Everything that could be written down wrong: scripts, ends of lines, nulls, JSON, times with milliseconds. */
async function fill(tenantKey: string): Promise<void> {
  await database.withTenant(tenantKey, async (db) => {
    const now = new Date('2026-11-25T12:34:56.789Z')
    const roleId = newId()
    await db
      .insertInto('roles')
      .values({ id: roleId, name: 'Agents', created_at: now, updated_at: now })
      .execute()
    await db.insertInto('role_permissions').values({ role_id: roleId, permission: 'chat:read' }).execute()
    for (const [userId, email] of [
      [known, 'known@rabin.test'],
      [newId(), 'stranger@rabin.test'],
    ] as const) {
      const member = { user_id: userId, role_id: roleId, name: email, email, joined_at: now }
      await db.insertInto('members').values(member).execute()
    }
    const customers = Array.from({ length: CUSTOMERS }, (_, index) => ({
      id: newId(),
      name: `${SPECIAL[index % SPECIAL.length]} ${index}`,
      email: index % 3 === 0 ? null : `customer-${index}@example.test`,
      about: SPECIAL[index % SPECIAL.length] ?? null,
      created_by: known,
      created_at: now,
      updated_at: now,
    }))
    await db.insertInto('customers').values(customers).execute()
    const payload = JSON.stringify({ kind: 'role.changed', entityId: known, text: SPECIAL })
    await db
      .insertInto('changes')
      .values({ seq: 1, kind: 'x', entity_id: known, payload, created_at: now })
      .execute()
    const invitation = {
      id: newId(),
      email: 'invited@rabin.test',
      role_id: roleId,
      token_hash: 'f'.repeat(64),
      invited_by: known,
      created_at: now,
      expires_at: now,
    }
    await db.insertInto('invitations').values(invitation).execute()
    await db.updateTable('change_counter').set({ last_seq: 1 }).execute()
  })
}

const pathOf = (name: string) => join(folder, name)

async function exportTo(name: string, tenantKey = tenant.tenantKey): Promise<Manifest> {
  return database.exportTenant(tenantKey, { path: pathOf(name) })
}

/** What stands in the tables, by the hashes of another export. */
async function hashesOf(tenantKey: string): Promise<Record<string, string>> {
  const name = `${randomBytes(6).toString('hex')}.zip`
  const { tables } = await exportTo(name, tenantKey)
  return Object.fromEntries(tables.map((table) => [table.name, table.sha256]))
}

async function listServer(): Promise<unknown[]> {
  const names = await adminQuery(
    server,
    `SELECT tenant_key, database_name, account_name FROM ${database.name}.tenants ORDER BY tenant_key`,
  )
  const folders = (await readdir(tmpdir())).filter((name) => name.startsWith('sarai-clone-'))
  return [...names, ...folders]
}

describe('an export', () => {
  test('has a manifest with counts and hashes, of exactly what the lines are', async () => {
    const manifest = await exportTo('whole.zip')
    expect(manifest).toMatchObject({
      formatVersion: 2,
      tenantKey: tenant.tenantKey,
      name: 'Rabin Appliances',
    })
    expect(manifest.tables.find(({ name }) => name === 'customers')?.rows).toBe(CUSTOMERS)
    expect(manifest.tables.find(({ name }) => name === 'invitations')?.rows).toBe(0)
    using archive = await openArchive(pathOf('whole.zip'), READ)
    expect(archive.manifest).toEqual(manifest)
    for (const table of manifest.tables) {
      const hash = createHash('sha256')
      for await (const line of archive.lines(table)) hash.update(`${line}\n`)
      expect(hash.digest('hex')).toBe(table.sha256)
    }
    expect((await stat(pathOf('whole.zip'))).mode & 0o777).toBe(0o600)
  })

  test('is what the tenant was at one moment, though others go on writing', async () => {
    await using busy = await createTestTenant(database)
    let isWriting = true
    const write = async (): Promise<void> => {
      for (let count = 1; isWriting; count++) {
        await database.withTenant(busy.tenantKey, (db) =>
          db.transaction().execute(async (trx) => {
            await trx
              .insertInto('tags')
              .values({ id: newId(), name: `t${count}`, created_at: new Date() })
              .execute()
            await trx.updateTable('change_counter').set({ last_seq: count }).execute()
          }),
        )
      }
    }
    const writing = write()
    try {
      for (let round = 0; round < 3; round++) {
        await exportTo(`busy-${round}.zip`, busy.tenantKey)
        using archive = await openArchive(pathOf(`busy-${round}.zip`), READ)
        const [tags, counter] = ['tags', 'change_counter'].map((name) =>
          archive.manifest.tables.find((table) => table.name === name),
        )
        if (!tags || !counter) throw new Error('a table is missing')
        for await (const line of archive.lines(counter)) {
          expect(Number((JSON.parse(line) as { last_seq: string }).last_seq)).toBe(tags.rows)
        }
      }
    } finally {
      isWriting = false
      await writing
    }
  })

  test('leaves nothing behind when it fails, and never writes over a file', async () => {
    await expect(exportTo('none.zip', 'no-such-tenant')).rejects.toMatchObject({ code: 'TENANT_UNKNOWN' })
    await expect(exportTo('no/such/folder.zip')).rejects.toThrow(/ENOENT/)
    await writeFile(pathOf('mine.txt'), 'mine')
    await expect(exportTo('mine.txt')).rejects.toThrow(/EEXIST/)
    expect(await readFile(pathOf('mine.txt'), 'utf8')).toBe('mine')
    expect((await readdir(folder)).filter((name) => name.includes('none') || name.endsWith('.part'))).toEqual(
      [],
    )
  })
})

describe('an import', () => {
  test('under another key is what was exported, row for row, and its people are matched by e-mail', async () => {
    await exportTo('in.zip')
    const tables: string[] = []
    const imported = await database.importTenant({
      path: pathOf('in.zip'),
      tenantKey: 'rabin-two',
      onProgress: ({ table }) => void tables.push(table ?? ''),
    })
    expect(imported).toMatchObject({
      tenant: { tenantKey: 'rabin-two', name: 'Rabin Appliances', status: 'active' },
      members: 1,
      namesOnly: 1,
    })
    expect(tables).toContain('customers')
    const { members: _was, ...before } = await hashesOf(tenant.tenantKey)
    const { members: _is, ...after } = await hashesOf('rabin-two')
    expect(after).toEqual(before)
    const removed = await database.withTenant('rabin-two', (db) =>
      db.selectFrom('members').select('email').where('removed_at', 'is not', null).execute(),
    )
    expect(removed).toEqual([{ email: 'stranger@rabin.test' }])
    expect(await memberIdsOf(imported)).toEqual([known])
    await database.dropTenant('rabin-two')
  })

  test('into another installation gives everything a person did to whoever has their e-mail there', async () => {
    await exportTo('across.zip')
    await using other = await createTestDatabase()
    const id = await makePerson(other, 'KNOWN@rabin.test')
    await other.importTenant({ path: pathOf('across.zip'), tenantKey: 'rabin', name: 'Rabin there' })
    const found = await other.withTenant('rabin', async (db) => ({
      members: await db
        .selectFrom('members')
        .select(['user_id', 'removed_at'])
        .where('email', '=', 'known@rabin.test')
        .execute(),
      created: await db.selectFrom('customers').select('created_by').distinct().execute(),
      changes: await db.selectFrom('changes').select(['entity_id']).execute(),
    }))
    expect(found).toEqual({
      members: [{ user_id: id, removed_at: null }],
      created: [{ created_by: id }],
      changes: [{ entity_id: id }],
    })
  })

  test('of an older schema is filled in as it was and then migrated', async () => {
    const older = { tenantSchema: defineSchema({ '0001-customer-desk': customerDesk }) }
    await using past = await createTestDatabase(older)
    const { tenantKey } = await createTestTenant(past)
    await past.exportTenant(tenantKey, { path: pathOf('older.zip') })
    await database.importTenant({ path: pathOf('older.zip'), tenantKey: 'from-the-past' })
    expect(await database.getTenant('from-the-past')).toMatchObject({
      status: 'active',
      schemaVersion: TENANT_SCHEMA_VERSION,
    })
    expect(Object.keys(await hashesOf('from-the-past'))).toEqual(
      Object.keys(await hashesOf(tenant.tenantKey)),
    )
    await database.dropTenant('from-the-past')
  })

  test('of a key that is taken changes nothing', async () => {
    await exportTo('taken.zip')
    const before = await hashesOf(tenant.tenantKey)
    const again = database.importTenant({ path: pathOf('taken.zip'), tenantKey: tenant.tenantKey })
    await expect(again).rejects.toMatchObject({ code: 'TENANT_EXISTS' })
    expect(await hashesOf(tenant.tenantKey)).toEqual(before)
  })

  async function memberIdsOf({ tenant: { id } }: ImportedTenant): Promise<string[]> {
    const rows = await database.master
      .selectFrom('memberships')
      .select('user_id')
      .where('tenant_id', '=', id)
      .execute()
    return rows.map((row) => row.user_id)
  }
})

test('a clone is what it was made of, and goes its own way from there', async () => {
  await using source = await createTestTenant(database)
  const add = (tenantKey: string, name: string) =>
    database.withTenant(tenantKey, (db) =>
      db.insertInto('tags').values({ id: newId(), name, created_at: new Date() }).execute(),
    )
  await add(source.tenantKey, 'before')
  await database.setTenantStatus(source.tenantKey, 'suspended')
  await database.cloneTenant({ tenantKey: source.tenantKey, cloneKey: 'the-clone', name: 'Clone' })
  expect(await hashesOf('the-clone')).toEqual(await hashesOf(source.tenantKey))
  await add('the-clone', 'after')
  expect(await hashesOf('the-clone')).not.toEqual(await hashesOf(source.tenantKey))
  await database.dropTenant('the-clone')
})

describe('cancelled', () => {
  /** Large enough that the server waits for whoever reads it, with rows on their way. */
  const ROWS = 3_000

  async function threadsOf(tenantKey: string): Promise<number> {
    const { user } = await getTenantLogin(database, tenantKey)
    const rows = await adminQuery(server, 'SELECT id FROM information_schema.processlist WHERE user = ?', [
      user,
    ])
    return rows.length
  }

  async function addMuch(tenantKey: string): Promise<void> {
    const now = new Date()
    await database.withTenant(tenantKey, async (db) => {
      for (let from = 1; from < ROWS; from += 500) {
        const rows = Array.from({ length: 500 }, (_, at) => ({
          seq: from + at,
          kind: 'x',
          entity_id: known,
          payload: JSON.stringify({ text: randomBytes(2_000).toString('hex') }),
          created_at: now,
        }))
        await db.insertInto('changes').values(rows).execute()
      }
    })
  }

  test('in the middle of a table an export ends, and leaves no file, no thread and no permit', async () => {
    await using large = await createTestTenant(database)
    await addMuch(large.tenantKey)
    const threads = await threadsOf(large.tenantKey)
    const cancelling = new AbortController()
    const rejected = failureOf(
      database.exportTenant(large.tenantKey, {
        path: pathOf('cancelled.zip'),
        signal: cancelling.signal,
        onProgress: ({ table, done }) => {
          if (table === 'changes' && done >= 500) cancelling.abort()
        },
      }),
    )
    expect(await rejected).toMatchObject({ code: 'ABORTED' })
    expect((await readdir(folder)).filter((name) => name.startsWith('cancelled'))).toEqual([])
    expect(await threadsOf(large.tenantKey)).toBe(threads)
    expect(database.stats().permits).toBe(0)
    await exportTo('once-more.zip', large.tenantKey)
  })

  test('while a table is filled an import ends, and its tenant is taken away', async () => {
    await using large = await createTestTenant(database)
    await addMuch(large.tenantKey)
    const before = await listServer()
    const cancelling = new AbortController()
    const steps = new Set<string>()
    const copied = failureOf(
      database.cloneTenant({
        tenantKey: large.tenantKey,
        cloneKey: 'never-there',
        signal: cancelling.signal,
        onProgress: ({ step, table, done }) => {
          steps.add(step)
          if (step === 'filling' && table === 'changes' && done >= 500) cancelling.abort()
        },
      }),
    )
    expect(await copied).toMatchObject({ code: 'ABORTED' })
    expect([...steps]).toEqual(['writing', 'checking', 'making', 'filling'])
    expect(await listServer()).toEqual(before)
    expect(database.stats().permits).toBe(0)
  })

  test('a connection that is lost while rows are on their way fails; the export used to wait for ever', async () => {
    await using large = await createTestTenant(database)
    await addMuch(large.tenantKey)
    const { user } = await getTenantLogin(database, large.tenantKey)
    let killing: Promise<unknown> | undefined
    const kill = async () => {
      const threads = await adminQuery(
        server,
        'SELECT id FROM information_schema.processlist WHERE user = ?',
        [user],
      )
      for (const { id } of threads) await adminQuery(server, `KILL ${Number(id)}`)
    }
    const lost = failureOf(
      database.exportTenant(large.tenantKey, {
        path: pathOf('lost.zip'),
        onProgress: ({ table, done }) => {
          if (table === 'changes' && done >= 500) killing ??= kill()
        },
      }),
    )
    expect(await lost).toMatchObject({ code: 'CONNECTION_LOST' })
    await killing
    expect((await readdir(folder)).filter((name) => name.startsWith('lost'))).toEqual([])
  })

  test('before it has begun it does nothing at all', async () => {
    const signal = AbortSignal.abort()
    const exported = failureOf(database.exportTenant(tenant.tenantKey, { path: pathOf('no.zip'), signal }))
    expect(await exported).toMatchObject({ code: 'ABORTED' })
    const imported = failureOf(
      database.importTenant({ path: pathOf('whole.zip'), tenantKey: 'never-there', signal }),
    )
    expect(await imported).toMatchObject({ code: 'ABORTED' })
  })
})

describe('what goes with a tenant', () => {
  /** A file store as simple as one can be. */
  function makeStore(content: Map<string, Buffer>): ArchiveFiles {
    const nameOf = ({ tenantId, fileId }: { tenantId: string; fileId: string }) => `${tenantId}/${fileId}`
    return {
      read: async (key) => {
        const bytes = content.get(nameOf(key))
        return bytes && Readable.from([bytes])
      },
      put: async (key, stream) => {
        const chunks: Buffer[] = []
        for await (const chunk of stream) chunks.push(chunk as Buffer)
        content.set(nameOf(key), Buffer.concat(chunks))
      },
    }
  }

  async function addFile(tenantKey: string, bytes: Buffer): Promise<string> {
    const id = newId()
    await database.withTenant(tenantKey, (db) =>
      db
        .insertInto('attachments')
        .values({
          id,
          uploaded_by: known,
          name: 'photo.png',
          media_type: 'image/png',
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          created_at: new Date(),
          stored_at: new Date(),
        })
        .execute(),
    )
    return id
  }

  test('attached files come along, compared; one that is lost or damaged stops nothing and is named', async () => {
    await using source = await createTestTenant(database)
    const content = new Map<string, Buffer>()
    const store = makeStore(content)
    const photo = randomBytes(300_000)
    const [whole, lost, damaged] = [photo, Buffer.from('lost'), Buffer.from('damaged')] as const
    const ids = [
      await addFile(source.tenantKey, whole),
      await addFile(source.tenantKey, lost),
      await addFile(source.tenantKey, damaged),
    ] as const
    content.set(`${source.record.id}/${ids[0]}`, whole)
    content.set(`${source.record.id}/${ids[2]}`, Buffer.from('otherwise'))
    const path = pathOf('files.zip')
    const manifest = await database.exportTenant(source.tenantKey, { path, files: store })
    expect(manifest.files).toEqual({ count: 1, bytes: whole.length, unreadable: [ids[1], ids[2]] })
    const copied = await database.importTenant({ path, tenantKey: 'with-files', files: store })
    expect(copied.files).toBe(1)
    expect(content.get(`${copied.tenant.id}/${ids[0]}`)).toEqual(whole)
    expect([...content.keys()].filter((key) => key.startsWith(copied.tenant.id))).toHaveLength(1)
    await database.dropTenant('with-files')
  })

  test('what waits for its time goes on where it is: in the copy jobs are ended, replies held; keys stay behind', async () => {
    await using source = await createTestTenant(database)
    await database.withTenant(source.tenantKey, (db) => scheduleReply(db))
    await database.withTenant(source.tenantKey, async (db) => {
      const job = {
        kind: 'customer.tag',
        input: '{}',
        requested_by: known,
        requester: '{}',
        created_at: new Date(),
      }
      const until = new Date(Date.now() + 60_000)
      const leased = { lease_owner: 'a process', lease_until: until, done: 7 }
      await db
        .insertInto('jobs')
        .values([
          { ...job, id: newId(), state: 'running', ...leased },
          { ...job, id: newId(), state: 'queued' },
          { ...job, id: newId(), state: 'done', done: 3, finished_at: new Date() },
        ])
        .execute()
      const secret = { token_hash: 'a'.repeat(64), hint: 'abcd', permissions: 'customer:read' }
      await db
        .insertInto('api_keys')
        .values({ id: newId(), name: 'a key', ...secret, created_by: known, created_at: new Date() })
        .execute()
    })
    await database.cloneTenant({ tenantKey: source.tenantKey, cloneKey: 'quiet' })
    const jobsOf = (tenantKey: string) =>
      database.withTenant(tenantKey, (db) =>
        db.selectFrom('jobs').select(['state', 'done', 'lease_owner']).orderBy('id').execute(),
      )
    expect(await jobsOf('quiet')).toEqual([
      { state: 'cancelled', done: 7, lease_owner: null },
      { state: 'cancelled', done: 0, lease_owner: null },
      { state: 'done', done: 3, lease_owner: null },
    ])
    expect((await jobsOf(source.tenantKey)).map(({ state }) => state)).toEqual(['running', 'queued', 'done'])
    const heldIn = (tenantKey: string) =>
      database.withTenant(tenantKey, (db) =>
        db
          .selectFrom('scheduled_messages')
          .innerJoin('attachments', 'attachments.scheduled_id', 'scheduled_messages.id')
          .select(['held_reason', 'visibility', 'attachments.name'])
          .executeTakeFirstOrThrow(),
      )
    const note = { visibility: 'private', name: 'later.txt' }
    expect(await heldIn('quiet')).toEqual({ ...note, held_reason: 'copied' })
    expect(await heldIn(source.tenantKey)).toEqual({ ...note, held_reason: null })
    const keys = await database.withTenant('quiet', (db) => db.selectFrom('api_keys').select('id').execute())
    expect(keys).toEqual([])
    await database.dropTenant('quiet')
  })
})

describe('a hostile archive', () => {
  interface Parts {
    manifest: Manifest
    tables: Map<string, string>
  }

  async function readParts(): Promise<Parts> {
    using archive = await openArchive(pathOf('whole.zip'), READ)
    const tables = new Map<string, string>()
    for (const table of archive.manifest.tables) {
      let text = ''
      for await (const line of archive.lines(table)) text += `${line}\n`
      tables.set(table.name, text)
    }
    return { manifest: structuredClone(archive.manifest), tables }
  }

  async function writeParts(
    name: string,
    { manifest, tables }: Parts,
    extra?: [string, Buffer],
  ): Promise<void> {
    const zip = new ZipFile()
    for (const [table, text] of tables) zip.addBuffer(Buffer.from(text), `tables/${table}.ndjson`)
    if (extra) zip.addBuffer(extra[1], extra[0])
    zip.addBuffer(Buffer.from(JSON.stringify(manifest)), 'manifest.json')
    zip.end()
    await pipeline(zip.outputStream, createWriteStream(pathOf(name)))
  }

  /** As somebody writes it who knows how hashes are made. */
  function put({ manifest, tables }: Parts, name: string, text: string): void {
    tables.set(name, text)
    const table = manifest.tables.find((each) => each.name === name)
    if (!table) throw new Error(`there is no table ${name}`)
    table.rows = text.split('\n').length - 1
    table.bytes = Buffer.byteLength(text)
    table.sha256 = createHash('sha256').update(text).digest('hex')
  }

  async function expectRefused(name: string, why: RegExp): Promise<void> {
    const before = await listServer()
    const attempt = database.importTenant({ path: pathOf(name), tenantKey: 'hostile' })
    await expect(attempt).rejects.toThrow(why)
    expect(await listServer()).toEqual(before)
    expect(await database.findTenant('hostile')).toBeUndefined()
  }

  test.each<[string, RegExp, (parts: Parts) => void]>([
    [
      'rows that are not what the manifest says',
      /not what the manifest says/,
      ({ tables }) => void tables.set('tags', '{"id":"x"}\n'),
    ],
    ['a schema of the future', /newer Sarai/, ({ manifest }) => void (manifest.schemaVersion += 1)],
    ['a format of the future', /newer Sarai/, ({ manifest }) => void (manifest.formatVersion += 1)],
    ['a table that is missing', /exactly the tables/, ({ tables }) => void tables.delete('tags')],
    [
      'a column that nobody has',
      /tables and columns of the schema/,
      ({ manifest }) => manifest.tables[0]?.columns.push('evil'),
    ],
    [
      'a name that is SQL',
      /manifest of the archive is not right/,
      ({ manifest }) => manifest.tables[0]?.columns.push('a`; DROP TABLE tags; --'),
    ],
    ['a row that is no JSON', /JSON/, (parts) => put(parts, 'tags', 'no json\n')],
    [
      'a row that refers to nobody',
      /foreign key|Cannot add or update/,
      (parts) => put(parts, 'role_permissions', `{"role_id":"${newId()}","permission":"x"}\n`),
    ],
  ])('with %s is refused and leaves nothing behind', async (_what, why, change) => {
    const parts = await readParts()
    change(parts)
    await writeParts('changed.zip', parts)
    await expectRefused('changed.zip', why)
  })

  test('with a name that leads out of a folder is refused', async () => {
    const whole = await readFile(pathOf('whole.zip'))
    const text = whole.toString('latin1').replaceAll('tables/tags.ndjson', '../../tags.ndjsons')
    await writeFile(pathOf('slip.zip'), Buffer.from(text, 'latin1'))
    await expectRefused('slip.zip', /no archive|does not belong/)
  })

  test('with a file that belongs nowhere, and one that grows without end, is refused', async () => {
    const parts = await readParts()
    await writeParts('more.zip', parts, ['run-me.sh', Buffer.from('rm -rf /')])
    await expectRefused('more.zip', /does not belong there/)
    await writeParts('bomb.zip', parts, ['tables/bomb.ndjson', Buffer.alloc(20_000_000, 32)])
    await expectRefused('bomb.zip', /far larger than any tenant/)
  })

  test('that is cut off anywhere, or is no archive at all, is refused', async () => {
    const whole = await readFile(pathOf('whole.zip'))
    for (const share of [0, 0.3, 0.6, 0.99]) {
      await writeFile(pathOf('cut.zip'), whole.subarray(0, Math.floor(whole.length * share)))
      await expectRefused('cut.zip', /no archive of a tenant, or it is cut off/)
    }
    await writeFile(pathOf('noise.zip'), randomBytes(5_000))
    await expectRefused('noise.zip', /no archive of a tenant/)
    await expectRefused('not-there.zip', /cannot be read: ENOENT/)
  })

  test('with a single byte changed is refused', async () => {
    const whole = await readFile(pathOf('whole.zip'))
    for (let round = 0; round < 5; round++) {
      const changed = Buffer.from(whole)
      const at = Math.floor((whole.length * (round + 1)) / 8)
      changed.writeUInt8((changed.readUInt8(at) + 1) % 256, at)
      await writeFile(pathOf('flipped.zip'), changed)
      const before = await listServer()
      await expect(
        database.importTenant({ path: pathOf('flipped.zip'), tenantKey: 'hostile' }),
      ).rejects.toThrow(/archive/)
      expect(await listServer()).toEqual(before)
    }
  })
})

/** A customer, a conversation, and a note with a file that is to be written there in an hour. */
async function scheduleReply(db: Kysely<TenantTables>): Promise<void> {
  const now = new Date()
  const written = { created_at: now, updated_at: now }
  const [customerId, conversationId] = [newId(), newId()]
  await db
    .insertInto('customers')
    .values({ id: customerId, name: 'Amina', ...written })
    .execute()
  const conversation = { id: conversationId, customer_id: customerId, status: 'open' as const, ...written }
  await db.insertInto('conversations').values(conversation).execute()
  const reply = {
    conversation_id: conversationId,
    author_id: known,
    client_id: newId(),
    body: 'Later',
    seen_seq: 0,
    visibility: 'private' as const,
  }
  const id = newId()
  const send_at = new Date(now.getTime() + 3_600_000)
  await db
    .insertInto('scheduled_messages')
    .values({ id, ...reply, send_at, ...written })
    .execute()
  const file = { name: 'later.txt', media_type: 'text/plain', bytes: 5, sha256: '0'.repeat(64) }
  await db
    .insertInto('attachments')
    .values({ id: newId(), scheduled_id: id, uploaded_by: known, ...file, created_at: now })
    .execute()
}
