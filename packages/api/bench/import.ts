/**
 * `npm run import-check`: 50,000 customers are imported while people work in the same tenant; the process that does it is
 * killed with -9 in the middle, and another goes on. Every row must be there once. Then all of it is taken back.
 * `--quick`: 2,000 customers.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpus, loadavg } from 'node:os'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startTestServer } from '@sarai/db/testing'
import { receiveImport } from '../src/import/receive-import.ts'
import type { PlanImportInput } from '../src/import/schema.ts'
import type { Job } from '../src/job/model.ts'
import { createTestDesk, makeContext, openTestApi } from '../src/testing.ts'
import type { WorkOrder } from './import-process.ts'
import { quantile, startPeople } from './people-at-work.ts'

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const ROWS = options.quick ? 2_000 : 50_000
const ALONE_MS = options.quick ? 1_000 : 15_000
const MAPPING = { name: [0], email: 1, phone: 2, city: 3 }

const startedAt = performance.now()
const say = (text: string) =>
  console.error(`› ${((performance.now() - startedAt) / 1000).toFixed(0)} s ${text}`)

await using server = await startTestServer({ isOnDisk: true })
await using api = await openTestApi({ server: server.admin })
await using desk = await createTestDesk(api)
const owner = await desk.addMember('owner')
// The work is done by processes that can be killed, not by this one.
await api.jobs.close()
const loadBefore = loadavg()[0]?.toFixed(1)

say(`a file with ${ROWS} customers`)
const uploaded = await timed(() =>
  receiveImport(makeContext(api, { tenantKey: desk.tenantKey, person: owner }), {
    query: { name: 'people.csv' },
    body: Readable.from(makeFile()),
    declaredBytes: 0,
  }),
)
const importId = uploaded.result.id
const people = startPeople(owner, { say })
say('people alone')
await people.during('alone', () => sleep(ALONE_MS))
const plan: PlanImportInput = { id: importId, mapping: MAPPING, onDuplicate: 'skip' }
say('a dry run')
const check = await owner.call.import.check(plan)
const checked = await timed(() => people.during('dry run', () => finish(startProcess())))
say('importing; kill -9 in the middle')
const job = await owner.call.import.start(plan)
const first = await timed(() => people.during('import until kill -9', () => killInTheMiddle(job)))
say(`${first.result} done, killed; another goes on when the lease has ended`)
const second = await timed(() => people.during('another goes on', () => finish(startProcess())))
const written = await countAll()
say('taking it back')
const undo = await owner.call.job.undo({ id: job.id })
const undone = await timed(() => people.during('undo', () => finish(startProcess())))
await people.stop()
const left = await countAll()
const importJob = await owner.call.job.byId({ id: job.id })
const wrong = [
  written.imported === ROWS || `${written.imported} customers of ${ROWS}`,
  written.addresses === ROWS || `${written.addresses} different addresses of ${ROWS}`,
  written.items === ROWS || `${written.items} results of ${ROWS}`,
  left.imported === 0 || `${left.imported} customers after the undo`,
  people.phases.every(({ refused }) => refused === 0) || 'somebody was refused',
].filter((found) => found !== true)

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
const rate = (rows: number, ms: number) => `${Math.round(rows / (ms / 1000)).toLocaleString('en')} a second`
console.log(
  [
    `${cpus().length} cores (${cpus()[0]?.model}), Node ${process.versions.node} · load before ${loadBefore} · ${ROWS.toLocaleString('en')} rows`,
    `upload and reading ${seconds(uploaded.ms)} · dry run ${seconds(checked.ms)} (${rate(ROWS, checked.ms)}), ${JSON.stringify((await owner.call.job.byId({ id: check.id })).result)}`,
    `import: ${first.result} rows until kill -9 in ${seconds(first.ms)} (${rate(first.result, first.ms)}); the rest, with up to 30 s until the lease ends, in ${seconds(second.ms)}; ${JSON.stringify(importJob.result)}`,
    `undo ${seconds(undone.ms)} (${rate(ROWS, undone.ms)}), ${JSON.stringify((await owner.call.job.byId({ id: undo.id })).result)}`,
    ['people at work', 'calls', 'refused', 'p50 ms', 'p95 ms', 'p99 ms'].join(' | '),
    ...people.phases.map(({ name, tookMs, refused }) =>
      [
        name,
        tookMs.length,
        refused,
        ...[0.5, 0.95, 0.99].map((share) => quantile(tookMs, share).toFixed(1)),
      ].join(' | '),
    ),
    wrong.length === 0 ? 'every row is there once, and gone after the undo' : `WRONG: ${wrong.join('; ')}`,
  ].join('\n'),
)
if (wrong.length > 0) process.exitCode = 1

function* makeFile(): Generator<Buffer> {
  yield Buffer.from('name,email,phone,city\r\n')
  for (let at = 0; at < ROWS; at++) {
    const phone = `0300 ${1_000_000 + at * 37}`
    yield Buffer.from(`Person ${at},person${at}@imported.test,${phone},Lahore\r\n`)
  }
}

function startProcess(): ChildProcess {
  const child = fork(fileURLToPath(new URL('import-process.ts', import.meta.url)), { execArgv: [] })
  const { server: address, name, secret } = api.database
  child.send({ server: address, name, secret, tenantKey: desk.tenantKey } satisfies WorkOrder)
  return child
}

async function finish(child: ChildProcess): Promise<void> {
  await once(child, 'exit')
}

/** Says how many rows were committed when it was killed. */
async function killInTheMiddle({ id }: Job): Promise<number> {
  const child = startProcess()
  const read = async () => (await owner.call.job.byId({ id })).done
  while ((await read()) < ROWS / 2) await sleep(100)
  child.kill('SIGKILL')
  await once(child, 'exit')
  return read()
}

async function countAll() {
  return api.database.withTenant(desk.tenantKey, async (db) => {
    const { imported, addresses } = await db
      .selectFrom('customers')
      .where('email', 'like', '%@imported.test')
      .select(({ fn }) => [
        fn.countAll<number>().as('imported'),
        fn.count<number>('email').distinct().as('addresses'),
      ])
      .executeTakeFirstOrThrow()
    const { items } = await db
      .selectFrom('job_items')
      .where('job_id', '=', job.id)
      .select(({ fn }) => fn.countAll<number>().as('items'))
      .executeTakeFirstOrThrow()
    return { imported: Number(imported), addresses: Number(addresses), items: Number(items) }
  })
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const since = performance.now()
  const result = await work()
  return { ms: performance.now() - since, result }
}
