import { AsyncLocalStorage } from 'node:async_hooks'
import { Readable } from 'node:stream'
import { newId } from '@sarai/db'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createJobRunner } from '../job/job-runner.ts'
import { JOB_KINDS } from '../job/kinds.ts'
import {
  createTestDesk,
  makeContext,
  openTestApi,
  readRefusal,
  readRefusals,
  type TestApi,
  type TestDesk,
  type TestMember,
  toRefusal,
} from '../testing.ts'
import { IMPORT_CHUNK_ROWS } from './import-job.ts'
import { pruneImports } from './prune-imports.ts'
import { receiveImport } from './receive-import.ts'
import {
  IMPORT_BYTES_MAX,
  IMPORT_CELL_LENGTH_MAX,
  IMPORT_COLUMNS_MAX,
  IMPORT_KEPT_DAYS,
  type PlanImportInput,
} from './schema.ts'

let api: TestApi
let desk: TestDesk
let owner: TestMember

beforeAll(async () => {
  api = await openTestApi()
})
beforeEach(async () => {
  await desk?.[Symbol.asyncDispose]()
  desk = await createTestDesk(api)
  owner = await desk.addMember('owner', 'Owner')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

interface UploadOptions {
  by?: TestMember
  query?: Record<string, string>
  declaredBytes?: number
}

function upload(content: string | Buffer, { by = owner, query, declaredBytes }: UploadOptions = {}) {
  const bytes = Buffer.from(content)
  return receiveImport(makeContext(api, { tenantKey: desk.tenantKey, person: by }), {
    query: { name: 'people.csv', ...query },
    body: Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]),
    declaredBytes: declaredBytes ?? bytes.length,
  })
}

type Plan = Omit<PlanImportInput, 'id'>

async function run(content: string, plan: Plan) {
  const { id } = await upload(content)
  const job = await owner.call.import.start({ id, ...plan })
  await api.jobs.idle()
  return { id, jobId: job.id, job: await owner.call.job.byId({ id: job.id }) }
}

const outcomes = async (id: string) =>
  (await owner.call.import.results({ id })).items.map(({ outcome, reason }) =>
    reason ? `${outcome} ${reason}` : outcome,
  )
const listNames = async () => (await owner.call.customer.list({ sort: 'name' })).items.map(({ name }) => name)
const lines = (...rows: string[]) => `${rows.join('\r\n')}\r\n`

test('a column names the members who are responsible, by name or e-mail; taken back, it is who was before', async () => {
  const bilal = await desk.addMember('agent', 'Bilal Khan')
  await desk.addMember('agent', 'Sara')
  await desk.addMember('agent', 'Sara')
  const known = await owner.call.customer.create({ name: 'Amina', ownerId: owner.user.id })
  const file = lines(
    'Name,Owner',
    'Amina,BILAL  khan',
    `Anwar,${bilal.user.email.toUpperCase()}`,
    'Bano,',
    'Chand,Nobody we know',
    'Dua,Sara',
  )
  const { suggested } = await upload(file)
  expect(suggested).toEqual({ name: [0], owner: 1 })
  const plan: Plan = { mapping: { name: [0], owner: 1 }, onDuplicate: 'update' }
  const { id } = await upload(file)
  const preview = (await owner.call.import.preview({ id, ...plan })).items
  expect(preview.map(({ values }) => values.owner)).toEqual(['Bilal Khan', 'Bilal Khan', null, null, null])
  const done = await run(file, plan)
  expect(await outcomes(done.id)).toEqual([
    'updated',
    'created',
    'created',
    'refused owner-unknown',
    'refused owner-unknown',
  ])
  const owners = async () =>
    (await owner.call.customer.list({ sort: 'name' })).items.map((each) => [each.name, each.owner?.name])
  expect(await owners()).toEqual([
    ['Amina', 'Bilal Khan'],
    ['Anwar', 'Bilal Khan'],
    ['Bano', undefined],
  ])
  const line = (await owner.call.customer.timeline({ customerId: known.id })).items[0]
  expect(line).toMatchObject({ event: { changes: [{ field: 'owner', from: 'Owner', to: 'Bilal Khan' }] } })
  await owner.call.job.undo({ id: done.jobId })
  await api.jobs.idle()
  expect(await owners()).toEqual([['Amina', 'Owner']])
})

test('a file becomes customers as its dry run and its preview have said, and every row says what became of it', async () => {
  const [known, field] = [
    await owner.call.customer.create({ name: 'Amina Rafiq', email: 'amina@rafiq.test' }),
    await owner.call.customer.field.create({ name: 'Birthday', kind: 'date' }),
  ]
  const file = lines(
    'نام;فون;Email;شہر;Birthday',
    'علی رضا;۰۳۰۰ ۱۲۳۴۵۶۷;ali@reza.test;لاہور;21/03/1990',
    'Amina R.;;AMINA@rafiq.test;Karachi;',
    ';;;;',
    'Ali Reza;0300 1234567;;;',
    'Nobody;12;not-an-address;;',
    '"Sara; Khan";;sara@khan.test;;31/02/1990',
    'Sara Khan;;;;1.2.1991',
  )
  const received = await upload(file)
  expect(received).toMatchObject({
    encoding: 'utf-8',
    delimiter: ';',
    rowsCount: 6,
    isRemembered: false,
    suggested: {
      name: [0],
      phone: 1,
      email: 2,
      city: 3,
      fields: [{ fieldId: field.id, column: 4 }],
    },
  })
  const { id, suggested } = received
  const plan: Plan = { mapping: suggested ?? { name: [0] }, onDuplicate: 'skip' }
  const preview = await owner.call.import.preview({ id, ...plan })
  expect(preview.items[0]).toMatchObject({
    rowNumber: 2,
    outcome: 'created',
    values: { name: 'علی رضا', phone: '+923001234567', city: 'لاہور' },
    fields: { [field.id]: '1990-03-21' },
  })
  expect(preview.items[1]).toMatchObject({ match: { name: 'Amina Rafiq', customerId: known.id } })
  expect(preview.items[2]).toMatchObject({ rowNumber: 5, match: { name: 'علی رضا', customerId: null } })
  expect(preview.items[3]?.problems).toEqual([
    { detail: 'email', reason: 'email-wrong' },
    { detail: 'phone', reason: 'phone-wrong' },
  ])
  expect(await listNames()).toEqual(['Amina Rafiq'])

  const counts = { created: 2, updated: 0, same: 0, skipped: 2, refused: 2 }
  const check = await owner.call.import.check({ id, ...plan })
  await api.jobs.idle()
  expect(await owner.call.job.byId({ id: check.id })).toMatchObject({
    state: 'done',
    total: 6,
    result: counts,
  })
  expect((await owner.call.job.refused({ id: check.id })).items.map(({ reason }) => reason)).toEqual([
    'email-wrong',
    'field-wrong',
  ])
  expect(await listNames()).toEqual(['Amina Rafiq'])

  const job = await owner.call.import.start({ id, ...plan })
  await api.jobs.idle()
  expect(await owner.call.job.byId({ id: job.id })).toMatchObject({
    state: 'done',
    done: 6,
    refused: 2,
    result: { importId: id, ...counts },
    canUndo: true,
  })
  expect(await outcomes(id)).toEqual([
    'created',
    'skipped same-email',
    'skipped same-phone',
    'refused email-wrong',
    'refused field-wrong',
    'created',
  ])
  const { items: made } = await owner.call.customer.list({ search: 'علي رضا' })
  expect(made).toMatchObject([{ phone: '+923001234567', fields: { [field.id]: '1990-03-21' }, version: 1 }])
  const { items: timeline } = await owner.call.customer.timeline({ customerId: made[0]?.id ?? '' })
  expect(timeline).toMatchObject([
    { actor: { name: 'Owner' }, event: { kind: 'imported', file: 'people.csv' } },
  ])
  expect(await readAudit('customer.imported')).toEqual([{ after: { name: 'people.csv', count: 2 } }])
  expect(await upload(file)).toMatchObject({ isRemembered: true, suggested: plan.mapping })
})

async function readAudit(action: string) {
  const rows = await api.database.withTenant(desk.tenantKey, (db) =>
    db.selectFrom('audit_log').select('details').where('action', '=', action).execute(),
  )
  return rows.map(({ details }) => JSON.parse(details ?? '{}') as object)
}

test('duplicates are given what their rows say, an empty cell takes nothing away, and undo puts back what nobody has changed since', async () => {
  const field = await owner.call.customer.field.create({ name: 'Size', kind: 'number' })
  const create = (name: string, email: string) =>
    owner.call.customer.create({ name, email, city: 'Lahore', fields: { [field.id]: 1 } })
  const [amina, bilal, chand] = [
    await create('Amina', 'a@a.test'),
    await create('Bilal', 'b@b.test'),
    await create('Chand', 'c@c.test'),
  ]
  const mapping = { name: [0], email: 1, city: 2, fields: [{ fieldId: field.id, column: 3 }] }
  const { job, jobId } = await run(
    lines(
      'name,email,city,size',
      'Amina Rafiq,a@a.test,,2',
      'Bilal,b@b.test,Quetta,',
      'Chand,c@c.test,Lahore,1',
      'Dawood,d@d.test,,',
      'Dawood,d@d.test,Multan,',
      'Eman,e@e.test,,',
      'Farid,f@f.test,,',
    ),
    { mapping, onDuplicate: 'update' },
  )
  expect(job.result).toMatchObject({ created: 3, updated: 3, same: 1, skipped: 0, refused: 0 })
  expect(await owner.call.customer.byId({ id: amina.id })).toMatchObject({
    name: 'Amina Rafiq',
    city: 'Lahore',
    fields: { [field.id]: 2 },
    version: 2,
  })
  expect(await owner.call.customer.byId({ id: chand.id })).toMatchObject({ version: 1 })
  const { items: timeline } = await owner.call.customer.timeline({ customerId: amina.id })
  expect(timeline[0]).toMatchObject({ event: { kind: 'edited', file: 'people.csv' } })
  const made = Object.fromEntries(
    (await owner.call.customer.list({})).items.map((customer) => [customer.name, customer]),
  )
  expect(made['Dawood']).toMatchObject({ city: 'Multan' })

  await owner.call.customer.update({ id: bilal.id, about: 'called on Monday' })
  await owner.call.customer.note.add({ customerId: made['Eman']?.id ?? '', body: 'a note' })
  const undo = await owner.call.job.undo({ id: jobId })
  await api.jobs.idle()
  expect(await owner.call.job.byId({ id: undo.id })).toMatchObject({
    state: 'done',
    result: { removed: 2, restored: 2, kept: 2 },
  })
  const listed = (await owner.call.import.list()).items[0]
  expect(listed).toMatchObject({ jobId, stage: 'undone' })
  expect(await owner.call.import.byId({ id: listed?.id ?? '' })).toMatchObject({ undoJobId: undo.id })
  expect((await owner.call.job.refused({ id: undo.id })).items.map(({ reason }) => reason)).toEqual([
    'changed-since',
    'in-use',
  ])
  expect(await listNames()).toEqual(['Amina', 'Bilal', 'Chand', 'Eman'])
  expect(await owner.call.customer.byId({ id: amina.id })).toMatchObject({
    name: 'Amina',
    fields: { [field.id]: 1 },
    version: 3,
  })
  expect((await owner.call.customer.list({ search: 'rafiq' })).items).toEqual([])
  expect(await readAudit('customer.import-undone')).toMatchObject([
    { after: { name: 'people.csv', count: 4 } },
  ])
})

/** Where no chunk is at work: what others do meanwhile has connections of its own. */
const elsewhere = AsyncLocalStorage.snapshot()

test('an import that is cut off inside a chunk is taken up by another process, and no row is there twice', async () => {
  const count = IMPORT_CHUNK_ROWS * 2 + 50
  const rows = Array.from({ length: count }, (_, at) => `Person ${at},p${at}@people.test`)
  const { id } = await upload(lines('name,email', ...rows))
  const nobody = { wake: () => undefined }
  await owner.call.job.list()
  const { jobs } = api
  let chunks = 0
  const dying = JOB_KINDS.map((kind) => ({
    ...kind,
    async step(chunk: Parameters<typeof kind.step>[0]) {
      const done = await kind.step(chunk)
      if (++chunks >= 2) throw new Error('the process is gone')
      return done
    },
  }))
  const first = createJobRunner({ ...api, kinds: dying })
  Object.assign(api, { jobs: nobody })
  try {
    const { id: jobId } = await owner.call.import.start({
      id,
      mapping: { name: [0], email: 1 },
      onDuplicate: 'create',
    })
    first.wake(desk.tenant)
    await first.idle()
    api.bugs.splice(0)
    expect(await countCustomers()).toBe(IMPORT_CHUNK_ROWS)
    await api.database.withTenant(desk.tenantKey, (db) =>
      db
        .updateTable('jobs')
        .set({ state: 'running', failure: null, attempts: 0, finished_at: null, lease_owner: newId() })
        .set({ lease_until: new Date(Date.now() - 1_000) })
        .where('id', '=', jobId)
        .execute(),
    )
    jobs.wake(desk.tenant)
    await jobs.idle()
    expect(await owner.call.job.byId({ id: jobId })).toMatchObject({ state: 'done', done: count })
  } finally {
    Object.assign(api, { jobs })
  }
  expect(await countCustomers()).toBe(count)
  expect(new Set(await outcomes(id))).toEqual(new Set(['created']))
})

async function countCustomers(): Promise<number> {
  const { count } = await api.database.withTenant(desk.tenantKey, (db) =>
    db
      .selectFrom('customers')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
  )
  return Number(count)
}

test('somebody who makes the same customer meanwhile does not stop an import', async () => {
  const { id } = await upload(lines('name,email', 'Amina,a@a.test', 'Bilal,b@b.test'))
  const racing = JOB_KINDS.map((kind) => ({
    ...kind,
    async step(chunk: Parameters<typeof kind.step>[0]) {
      // What is read before is as it was then: the other one commits behind the first look.
      await chunk.trx.selectFrom('customers').select('id').execute()
      await elsewhere(() => owner.call.customer.create({ name: 'Amina', email: 'a@a.test' }))
      return kind.step(chunk)
    },
  }))
  const { jobs } = api
  const runner = createJobRunner({ ...api, kinds: racing })
  Object.assign(api, { jobs: runner })
  try {
    await owner.call.import.start({ id, mapping: { name: [0], email: 1 }, onDuplicate: 'skip' })
    await runner.idle()
  } finally {
    Object.assign(api, { jobs })
  }
  expect(await outcomes(id)).toEqual(['skipped same-email', 'created'])
})

test('what cannot be read is refused with why', async () => {
  const refuse = async (content: string | Buffer, options?: UploadOptions) =>
    toRefusal(
      await upload(content, options).then(
        () => new Error('it was taken in'),
        (error: unknown) => error,
      ),
    ).data.domain
  expect(await refuse('')).toMatchObject({ code: 'INVALID' })
  expect(await refuse('name\r\n')).toMatchObject({ code: 'INVALID' })
  expect(await refuse('\r\nAmina\r\n')).toMatchObject({ code: 'INVALID' })
  expect(await refuse(Buffer.from('504b030414000600', 'hex'))).toMatchObject({ code: 'UNSUPPORTED_TYPE' })
  // A picture used to be taken in as a file with columns of nonsense.
  const picture = `89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489${'0010203c9f'.repeat(99)}`
  expect(await refuse(Buffer.from(picture, 'hex'))).toMatchObject({
    code: 'UNSUPPORTED_TYPE',
    details: { isText: false },
  })
  expect(await refuse('name\nA', { declaredBytes: IMPORT_BYTES_MAX + 1 })).toMatchObject({
    code: 'TOO_LARGE',
    details: { bytesMax: IMPORT_BYTES_MAX },
  })
  expect(await refuse(`name\n${','.repeat(IMPORT_COLUMNS_MAX)}`)).toMatchObject({
    code: 'INVALID',
    details: { rowNumber: 2, columnsMax: IMPORT_COLUMNS_MAX },
  })
  expect(await refuse(`name,x\nA,"${'y'.repeat(IMPORT_CELL_LENGTH_MAX + 1)}"`)).toMatchObject({
    code: 'INVALID',
    details: { rowNumber: 2, cellLengthMax: IMPORT_CELL_LENGTH_MAX },
  })
  expect(await refuse(`name,x\nA,"never closed${'y'.repeat(250_000)}`)).toMatchObject({ code: 'INVALID' })
  expect(await refuse('name\nA', { query: { encoding: 'ebcdic' } })).toMatchObject({
    code: 'INVALID',
    details: { field: 'encoding' },
  })
  expect(await refuse('name\nA', { by: await desk.addMember('agent') })).toMatchObject({
    code: 'FORBIDDEN',
    details: { permission: 'customer:import' },
  })
  // What was refused holds up nobody.
  expect(await upload('name\nA')).toMatchObject({ rowsCount: 1 })
})

test('an import is its owner’s, one at a time, once, and cancelling keeps what is done', async () => {
  const plan: Plan = { mapping: { name: [0] }, onDuplicate: 'create' }
  const other = await desk.addMember('manager')
  const mine = await upload(lines('name', 'Amina', 'Bilal'))
  const theirs = await upload(lines('name', 'Chand'), { by: other })
  const { byId, preview, check, start, results, discard } = other.call.import
  const foreign = { id: mine.id, ...plan }
  const refusals = await readRefusals([
    byId({ id: mine.id }),
    preview(foreign),
    check(foreign),
    start(foreign),
    results({ id: mine.id }),
    discard({ id: mine.id }),
  ])
  for (const refusal of refusals) expect(refusal.data.domain).toMatchObject({ code: 'NOT_FOUND' })
  const { jobs } = api
  Object.assign(api, { jobs: { wake: () => undefined } })
  const job = await owner.call.import.start({ id: mine.id, ...plan })
  expect((await readRefusal(other.call.import.start({ id: theirs.id, ...plan }))).data.domain).toMatchObject({
    code: 'CONFLICT',
    details: { reason: 'import-at-work' },
  })
  await owner.call.job.cancel({ id: job.id })
  Object.assign(api, { jobs })
  jobs.wake(desk.tenant)
  await jobs.idle()
  expect(await owner.call.job.byId({ id: job.id })).toMatchObject({ state: 'cancelled', done: 0 })
  expect(await outcomes(mine.id)).toEqual([null, null])
  expect((await owner.call.import.list()).items).toMatchObject([{ id: mine.id, stage: 'cancelled' }])
  expect((await other.call.import.list()).items).toMatchObject([{ id: theirs.id, stage: 'ready' }])
  const again = await readRefusal(owner.call.import.start({ id: mine.id, ...plan }))
  expect(again.data.domain).toMatchObject({ code: 'CONFLICT' })
  expect((await readRefusal(owner.call.import.discard({ id: mine.id }))).data.domain).toMatchObject({
    code: 'CONFLICT',
  })
  const wrong: PlanImportInput = { id: theirs.id, mapping: { name: [3] }, onDuplicate: 'skip' }
  expect((await readRefusal(other.call.import.start(wrong))).data.fields?.fieldErrors).toHaveProperty(
    'mapping',
  )
  await other.call.import.discard({ id: theirs.id })
  expect((await other.call.import.list()).items).toEqual([])
})

test('old files are deleted with their rows, others stay', async () => {
  const { id } = await run(lines('name', 'Amina'), { mapping: { name: [0] }, onDuplicate: 'create' })
  await upload(lines('name', 'Bilal'))
  const last = await upload(lines('name', 'Chand'))
  const count = (now?: Date) =>
    api.database.withTenant(desk.tenantKey, async (db) => {
      for (let round = 0; round < 5; round++) await pruneImports(db, now)
      return (await db.selectFrom('import_rows').select('import_id').execute()).map(
        ({ import_id }) => import_id,
      )
    })
  expect((await count()).toSorted()).toEqual([id, last.id].toSorted())
  expect(await count(new Date(Date.now() + 25 * 3_600_000))).toEqual([id])
  expect(await count(new Date(Date.now() + (IMPORT_KEPT_DAYS + 1) * 86_400_000))).toEqual([])
})
