import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DatabaseError } from '../errors.ts'
import { openDatabase } from '../open-database.ts'
import { createTestDatabase, createTestTenant, failureOf, type TestDatabase } from '../testing.ts'
import { detailsOf } from './sweep-transfers.ts'
import type { TransferOrder } from './transfer-process.ts'
import {
  type RunningTransfer,
  TRANSFER_UNHEARD_SECONDS,
  type TransferFailure,
  TransferRefused,
  TRANSFERS_KEPT_DAYS,
  TRANSFERS_RUNNING_MAX,
} from './transfers.ts'

const DAY_MS = 86_400_000
const requester = { id: null, name: 'somebody@here' }
const explain = (error: unknown): TransferFailure => ({ code: 'TEST', message: String(error) })
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

/** Goes on until it is cancelled. */
async function untilCancelled({ signal }: RunningTransfer): Promise<{ never: true }> {
  await once(signal, 'abort')
  throw signal.reason
}

async function pretendUnheard(id: string): Promise<void> {
  const heard = new Date(Date.now() - (TRANSFER_UNHEARD_SECONDS + 5) * 1_000)
  await database.master
    .updateTable('tenant_transfers')
    .set({ heard_at: heard })
    .where('id', '=', id)
    .execute()
}

async function readState(id: string) {
  return (await database.transfers.find(id))?.state
}

test('how far it is and what came of it can be read by anybody, and its failure in words', async () => {
  const atWork = Promise.withResolvers<void>()
  const { id, ended } = await database.transfers.begin(
    { kind: 'export', fromKey: 'rabin', requester },
    async ({ tell }) => {
      await tell({ step: 'writing', table: null, done: 0, total: 10 })
      await atWork.promise
      return { rows: 10 }
    },
    explain,
  )
  expect(await database.transfers.find(id)).toMatchObject({
    kind: 'export',
    state: 'running',
    fromKey: 'rabin',
    requester: 'somebody@here',
    progress: { step: 'writing', done: 0, total: 10 },
    isCutOff: false,
  })
  atWork.resolve()
  await ended
  expect(await database.transfers.find(id)).toMatchObject({
    state: 'done',
    result: { rows: 10 },
    progress: null,
  })

  const fails = await database.transfers.begin(
    { kind: 'clone', fromKey: 'rabin', intoKey: 'copy', requester },
    async () => {
      throw new Error('the disk is full')
    },
    explain,
  )
  await failureOf(fails.ended)
  expect(await database.transfers.find(fails.id)).toMatchObject({
    state: 'failed',
    failure: { code: 'TEST', message: 'Error: the disk is full' },
  })
  expect((await database.transfers.list({ tenantKey: 'rabin' })).map((each) => each.id)).toEqual([
    fails.id,
    id,
  ])
  expect(await database.transfers.list({ tenantKey: 'copy' })).toHaveLength(1)
  expect(await database.transfers.list({ tenantKey: 'rabin', after: fails.id })).toHaveLength(1)
})

test('any process cancels it, and a process that stops ends its own', async () => {
  const { server, name, secret } = database
  const other = await openDatabase({ server, name, secret, migratesAtStart: false })
  const begin = () =>
    database.transfers.begin({ kind: 'export', fromKey: 'rabin', requester }, untilCancelled, explain)
  const { id, ended } = await begin()
  const rejected = failureOf(ended)
  expect(await other.transfers.cancel(id)).toBe(true)
  expect(await rejected).toMatchObject({ code: 'ABORTED' })
  expect(await readState(id)).toBe('cancelled')
  expect(await other.transfers.cancel(id)).toBe(false)

  const theirs = await other.transfers.begin({ kind: 'export', requester }, untilCancelled, explain)
  const stopped = failureOf(theirs.ended)
  await other.close({ graceMs: 5_000 })
  expect(await stopped).toBeInstanceOf(Error)
  expect(await database.transfers.find(theirs.id)).toMatchObject({
    state: 'failed',
    failure: { code: 'STOPPED' },
  })
})

test('no more than a stated number run at once, and one into each key', async () => {
  const stop = new AbortController()
  const begin = (intoKey: string) =>
    database.transfers.begin(
      { kind: 'import', intoKey, requester, signal: stop.signal },
      untilCancelled,
      explain,
    )
  const running = [await begin('first')]
  expect(await failureOf(begin('first'))).toMatchObject({ reason: 'same-key' })
  for (let at = 1; at < TRANSFERS_RUNNING_MAX; at++) running.push(await begin(`key-${at}`))
  const refused = await failureOf(begin('one-more'))
  expect(refused).toBeInstanceOf(TransferRefused)
  expect(refused).toMatchObject({ reason: 'too-many' })
  const ends = running.map(({ ended }) => failureOf(ended))
  stop.abort(new DatabaseError('ABORTED', 'enough'))
  await Promise.all(ends)
})

describe('a process that was killed', () => {
  test('in the middle of an import leaves nothing once somebody has swept: no tenant, no row that runs', async () => {
    await using source = await createTestTenant(database)
    const { server, name, secret } = database
    const order: TransferOrder = { server, name, secret, fromKey: source.tenantKey, intoKey: 'half-made' }
    const child = fork(fileURLToPath(new URL('transfer-process.ts', import.meta.url)))
    child.send(order)
    const [id] = (await once(child, 'message')) as [string]
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await database.findTenant('half-made')).toMatchObject({ status: 'suspended' })
    expect(await database.transfers.sweep()).toEqual([])
    await pretendUnheard(id)
    expect(await database.transfers.find(id)).toMatchObject({ state: 'running', isCutOff: true })
    expect(await database.transfers.sweep()).toEqual([id])
    expect(await database.transfers.find(id)).toMatchObject({ state: 'failed', failure: { code: 'CUT_OFF' } })
    const rows = await database.master
      .selectFrom('tenants')
      .select('tenant_key')
      .where('tenant_key', '=', 'half-made')
      .execute()
    expect(rows).toEqual([])
  })

  test('at the very end leaves a tenant that is whole and open, and that stays', async () => {
    const begun = Promise.withResolvers<RunningTransfer>()
    const { id, ended } = await database.transfers.begin(
      { kind: 'import', intoKey: 'whole', requester },
      async (transfer) => {
        begun.resolve(transfer)
        return untilCancelled(transfer)
      },
      explain,
    )
    const rejected = failureOf(ended)
    const { tell } = await begun.promise
    await database.createTenant({ tenantKey: 'whole', name: 'Whole', details: detailsOf(id) })
    await tell({ step: 'opening', table: null, done: 0, total: null })
    await pretendUnheard(id)
    await database.transfers.sweep()
    expect(await readState(id)).toBe('done')
    expect(await database.getTenant('whole')).toMatchObject({ status: 'active' })
    // Whoever comes back late finds that somebody else has ended it.
    expect(await rejected).toMatchObject({ code: 'ABORTED' })
    await database.dropTenant('whole')
  })

  test('is ended at once by whoever cancels what it was at', async () => {
    const { id, ended } = await database.transfers.begin(
      { kind: 'export', requester },
      untilCancelled,
      explain,
    )
    const rejected = failureOf(ended)
    await pretendUnheard(id)
    expect(await database.transfers.cancel(id)).toBe(true)
    expect(await readState(id)).toBe('cancelled')
    await rejected
  })
})

test('what ended long ago is forgotten, unless its archive is still there', async () => {
  const { id, ended } = await database.transfers.begin(
    { kind: 'export', requester },
    async () => ({}),
    explain,
  )
  await ended
  const later = new Date(Date.now() + (TRANSFERS_KEPT_DAYS + 1) * DAY_MS)
  await database.transfers.setArchiveUntil(id, new Date())
  expect(await database.transfers.listStaleArchives(later)).toEqual([id])
  await database.transfers.sweep(later)
  expect(await readState(id)).toBe('done')
  await database.transfers.setArchiveUntil(id, null)
  await database.transfers.sweep(later)
  expect(await readState(id)).toBeUndefined()
})
