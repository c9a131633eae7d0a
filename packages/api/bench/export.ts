/**
 * `npm run bench -- export`: the list of 100,000 customers as a file, streamed as the product does, and beside it as one
 * would write it first: one query for all, one text. Each in a process of its own, so that its memory is its own, while people
 * work in the same tenant. Both must write the same bytes. `--quick`: 2,000 customers.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpus, loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startTestServer } from '@sarai/db/testing'
import { createTestDesk, openTestApi } from '../src/testing.ts'
import { addCustomers } from './bench-desk.ts'
import type { ExportFigures, ExportOrder } from './export-process.ts'
import { quantile, startPeople } from './people-at-work.ts'

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const CUSTOMERS = options.quick ? 2_000 : 100_000
const ALONE_MS = options.quick ? 1_000 : 15_000
const ROUNDS = options.quick ? 1 : 3
const WAYS = ['stream', 'at once'] as const
const TAGS = ['Wholesale', 'Regular', '=cmd']

const startedAt = performance.now()
const say = (text: string) =>
  console.error(`› ${((performance.now() - startedAt) / 1000).toFixed(0)} s ${text}`)

await using server = await startTestServer({ isOnDisk: true })
await using api = await openTestApi({ server: server.admin })
await using desk = await createTestDesk(api)
const owner = await desk.addMember('owner')
const loadBefore = loadavg()[0]?.toFixed(1)
say(`${CUSTOMERS} customers`)
await addCustomers((work) => api.database.withTenant(desk.tenantKey, work), CUSTOMERS)
await tagSome()
const { columns, count } = await owner.call.customer.export.begin({ filter: {} })

// Only looking: whoever adds customers would make the two files differ.
const people = startPeople(owner, { say, looksOnly: true })
say('people alone')
await people.during('alone', () => sleep(ALONE_MS))
const figures: Record<(typeof WAYS)[number], ExportFigures[]> = { stream: [], 'at once': [] }
for (let round = 0; round < ROUNDS; round++)
  for (const way of WAYS) {
    say(`${way}, round ${round + 1}`)
    figures[way].push(await people.during(way, () => exportIn(way)))
  }
await people.stop()

const all = WAYS.flatMap((way) => figures[way])
const wrong = [
  all.every(({ sha256 }) => sha256 === all[0]?.sha256) || 'the files differ',
  all.every(({ lines }) => lines === count + 1) || `not ${count} lines and the headings`,
  count === CUSTOMERS || `${count} customers of ${CUSTOMERS}`,
  people.phases.every(({ refused }) => refused === 0) || 'somebody was refused',
].filter((found) => found !== true)

console.log(
  [
    `${cpus().length} cores (${cpus()[0]?.model}), Node ${process.versions.node} · load before ${loadBefore} · ${CUSTOMERS.toLocaleString('en')} customers, ${((all[0]?.bytes ?? 0) / 2 ** 20).toFixed(1)} MiB · the middle of ${ROUNDS} rounds in turns`,
    '| way | seconds | rows a second | first byte ms | memory before MiB | at its most MiB |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...WAYS.map((way) => describe(way, figures[way])),
    '',
    '| people at work | calls | refused | p50 ms | p95 ms | p99 ms |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...['alone', ...WAYS].map(describePeople),
    wrong.length === 0
      ? '\nboth ways wrote the same bytes, a line for each customer'
      : `\nWRONG: ${wrong.join('; ')}`,
  ].join('\n'),
)
if (wrong.length > 0) process.exitCode = 1

/** Every seventh has a tag, and some have two; one reads like a formula. */
async function tagSome(): Promise<void> {
  const ids = await Promise.all(TAGS.map(async (name) => (await owner.call.customer.tag.create({ name })).id))
  await api.database.withTenant(desk.tenantKey, async (db) => {
    const rows = await db.selectFrom('customers').select('id').orderBy('id').execute()
    const tagged = rows.flatMap(({ id }, at) => {
      const which = [at % 7 === 0 ? ids[at % 2] : undefined, at % 21 === 0 ? ids[2] : undefined]
      return which.flatMap((tag_id) => (tag_id === undefined ? [] : { customer_id: id, tag_id }))
    })
    for (let from = 0; from < tagged.length; from += 1_000)
      await db
        .insertInto('customer_tags')
        .values(tagged.slice(from, from + 1_000))
        .execute()
  })
}

async function exportIn(way: (typeof WAYS)[number]): Promise<ExportFigures> {
  const child = fork(fileURLToPath(new URL('export-process.ts', import.meta.url)), { execArgv: [] })
  const { server: address, name, secret } = api.database
  const order: ExportOrder = { server: address, name, secret, tenantKey: desk.tenantKey, columns, way }
  child.send(order)
  const [answer] = (await once(child, 'message')) as [ExportFigures]
  await once(child, 'exit')
  return answer
}

function describe(way: string, each: readonly ExportFigures[]): string {
  const middle = (of: (one: ExportFigures) => number) => quantile(each.map(of), 0.5)
  const ms = middle((one) => one.ms)
  const cells = [
    way,
    (ms / 1000).toFixed(2),
    Math.round(CUSTOMERS / (ms / 1000)).toLocaleString('en'),
    middle((one) => one.firstByteMs).toFixed(0),
    middle((one) => one.memoryBeforeMib).toFixed(0),
    middle((one) => one.memoryPeakMib).toFixed(0),
  ]
  return `| ${cells.join(' | ')} |`
}

function describePeople(name: string): string {
  const phases = people.phases.filter((phase) => phase.name === name)
  const tookMs = phases.flatMap((phase) => phase.tookMs)
  const shares = [0.5, 0.95, 0.99].map((share) => quantile(tookMs, share).toFixed(1))
  const refused = phases.reduce((sum, phase) => sum + phase.refused, 0)
  return `| ${[name, tookMs.length, refused, ...shares].join(' | ')} |`
}
