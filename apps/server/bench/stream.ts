/**
 * `npm run bench -- stream`: what one message costs, and when it arrives. `--quick` only shows that all of it runs;
 * `--write` puts the result into docs/benchmarks/streams.md.
 */
import { availableParallelism, cpus, loadavg } from 'node:os'
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startTestServer } from '@sarai/db/testing'
import { Served } from './served.ts'
import { makeReport, type Results } from './stream-report.ts'

const FILE = new URL('../../../docs/benchmarks/streams.md', import.meta.url)
const BEGIN = '<!-- measured: written by npm run bench -- stream --write -->'
const END = '<!-- measured: end -->'
const FULL = { open: 200, messages: 300, many: 1_000, rounds: 5, messagesEach: 20 }
const QUICK = { open: 20, messages: 10, many: 50, rounds: 1, messagesEach: 3 }
/** Between two messages, so that each is measured alone. */
const PAUSE_MS = 20

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
})
if (options.quick && options.write) throw new TypeError('figures of a quick run are not to be written down')
const plan = options.quick ? QUICK : FULL
const step = (what: string) => console.error(`› ${what}`)
const loadBefore = loadavg()
  .map((load) => load.toFixed(1))
  .join(', ')

await using mariadb = await startTestServer({ maxConnections: 60, isOnDisk: true })
const { host, port, user, password } = mariadb.admin
const databaseUrl = `mysql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}`
using sarai = await Served.start('serve-sarai.ts', databaseUrl)
using plain = await Served.start('serve-plain.ts')
const contestants = { sarai, plain }

step(`${plan.messages} messages with ${plan.open} open streams`)
await sarai.subscribe(plan.open)
const latencies = (await sendMany(sarai, plan.messages)).flat()

step(`${plan.many} subscribers of each`)
const memory = { sarai: await measureMemory(sarai), plain: await measureMemory(plain) }
const rounds: Results['rounds'][number][] = []
for (let round = 0; round < plan.rounds; round++) {
  for (const [name, served] of Object.entries(contestants)) {
    step(`round ${round + 1}, ${name}`)
    rounds.push({ name, ...(await measureRound(served)) })
  }
}
const machine = `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}, loopback`
const figures = [
  `${new Date().toISOString().slice(0, 10)} · ${machine} · load before ${loadBefore}`,
  makeReport({ ...plan, latencies, memory, rounds }),
].join('\n\n')
console.log(`\n${figures}`)
if (options.write) writeFileSync(FILE, replaceMeasured(readFileSync(FILE, 'utf8'), figures))

async function sendMany(served: Served, count: number): Promise<number[][]> {
  const all: number[][] = []
  for (let sent = 0; sent < count; sent++) {
    all.push(await served.send())
    await sleep(PAUSE_MS)
  }
  return all
}

/** For each subscriber, of those that come on top of the ones that are there. */
async function measureMemory(served: Served): Promise<number> {
  await sendMany(served, 3)
  const before = await served.readUsage()
  const added = served === sarai ? plan.many - plan.open : plan.many
  await served.subscribe(plan.many)
  const after = await served.readUsage()
  return (after.rssBytes - before.rssBytes) / added
}

/** CPU of the serving process, whatever it does: for Sarai the sending and the database's client are in it. */
async function measureRound(served: Served): Promise<{ cpuUs: number; lastMs: number[] }> {
  await served.send()
  const before = await served.readUsage()
  const arrivals = await sendMany(served, plan.messagesEach)
  const after = await served.readUsage()
  const cpuUs = (after.cpuUs - before.cpuUs) / plan.messagesEach / plan.many
  return { cpuUs, lastMs: arrivals.map((all) => Math.max(...all)) }
}

/** What people have written around the figures stays. */
function replaceMeasured(text: string, report: string): string {
  const [before, rest] = text.split(BEGIN)
  const after = rest?.split(END)[1]
  if (after === undefined) throw new Error('docs/benchmarks/streams.md has lost its marks')
  return `${before}${BEGIN}\n\n${report}\n\n${END}${after}`
}
