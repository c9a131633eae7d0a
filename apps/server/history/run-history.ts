import { setTimeout as sleep } from 'node:timers/promises'
import { checkHistory, type Finding, type KnownMessage, type ReaderHistory } from './check-history.ts'
import { type Installation, startInstallation } from './installation.ts'
import { makeRandom } from './random.ts'
import { Reader } from './reader.ts'
import { write } from './writer.ts'

const WRITERS_PER_DESK = 3
const READERS_PER_AGENT = 2
const POLL_MS = 50
/** For readers to hear the last of it, once nothing is broken any more. What is missing then is lost. */
const CATCH_UP_MAX_MS = 60_000

export interface HistoryPlan {
  /** Of all writers together. */
  messages: number
  /** Connections of readers that are broken. */
  drops: number
  /** Processes killed with -9 and started again. */
  kills: number
  databaseRestarts: number
  processes: number
  seed: number
  say?: (line: string) => void
}

export interface HistoryOutcome {
  findings: Finding[]
  acknowledged: number
  stored: number
  heard: number
  readers: number
  /** That readers had, over the whole run. */
  connections: number
}

interface NamedReader {
  name: string
  tenantKey: string
  reader: Reader
}

/** Writers and readers of two businesses at work while connections break, processes die and the database restarts. */
export async function runHistory(plan: HistoryPlan): Promise<HistoryOutcome> {
  await using installation = await startInstallation(plan.processes)
  const random = makeRandom(plan.seed)
  const acknowledged: KnownMessage[] = []
  const readers = openReaders(installation, random)
  await Promise.all([
    startWriters(installation, { plan, random, acknowledged }),
    breakThings(installation, { plan, random, readers, done: () => acknowledged.length }),
  ])
  const stored = await installation.listStored()
  await waitForReaders(readers, stored)
  await Promise.all(readers.map(({ reader }) => reader.stop()))
  return conclude({ acknowledged, stored, readers })
}

/** Each goes to any process, another one each time. */
function pickOrigin({ processes }: Installation, random: () => number): () => string {
  return () => processes[Math.floor(random() * processes.length)]?.origin ?? ''
}

function openReaders(installation: Installation, random: () => number): NamedReader[] {
  const origin = pickOrigin(installation, random)
  return installation.desks.flatMap(({ tenantKey, agents }) =>
    agents.flatMap(({ name, cookie }) =>
      Array.from({ length: READERS_PER_AGENT }, (_, index) => ({
        name: `${name} ${index + 1}`,
        tenantKey,
        reader: new Reader({ tenantKey, cookie, origin }),
      })),
    ),
  )
}

async function startWriters(
  installation: Installation,
  { plan, random, acknowledged }: { plan: HistoryPlan; random: () => number; acknowledged: KnownMessage[] },
): Promise<void> {
  const writers = installation.desks.flatMap((desk) => Array.from({ length: WRITERS_PER_DESK }, () => desk))
  await Promise.all(
    writers.map((desk, index) =>
      write({
        desk,
        origin: pickOrigin(installation, random),
        messages: Math.floor((plan.messages + index) / writers.length),
        random,
        onAcknowledged: (message) => acknowledged.push(message),
      }),
    ),
  )
}

interface Breaking {
  plan: HistoryPlan
  random: () => number
  readers: readonly NamedReader[]
  /** Messages that are acknowledged. */
  done: () => number
}

/** Spread over the run by what has been done, not by time: a slow machine breaks as much as a fast one. */
async function breakThings(installation: Installation, breaking: Breaking): Promise<void> {
  const { plan, random, readers, done } = breaking
  const drop = () => readers[Math.floor(random() * readers.length)]?.reader.drop()
  const kill = async () => {
    const process = installation.processes[Math.floor(random() * installation.processes.length)]
    await process?.kill()
    await process?.start()
    plan.say?.(`${done()} sent: a process was killed and is back`)
  }
  const restart = async () => {
    await installation.mariadb.restart()
    plan.say?.(`${done()} sent: the database is back`)
  }
  const steps = [
    ...spread(plan.drops, drop),
    ...spread(plan.kills, kill),
    ...spread(plan.databaseRestarts, restart),
  ].toSorted((one, other) => one.after - other.after)
  for (const { after, run } of steps) {
    while (done() < after * plan.messages) await sleep(POLL_MS / 10)
    await run()
  }
}

function spread(count: number, run: () => unknown): { after: number; run: () => unknown }[] {
  return Array.from({ length: count }, (_, index) => ({ after: (index + 1) / (count + 1), run }))
}

async function waitForReaders(
  readers: readonly NamedReader[],
  stored: readonly KnownMessage[],
): Promise<void> {
  const deadline = Date.now() + CATCH_UP_MAX_MS
  const expected = (tenantKey: string) => stored.filter((message) => message.tenantKey === tenantKey).length
  const isBehind = ({ reader, tenantKey }: NamedReader) => reader.heard.length < expected(tenantKey)
  while (readers.some(isBehind) && Date.now() < deadline) await sleep(POLL_MS)
}

function conclude(seen: {
  acknowledged: KnownMessage[]
  stored: KnownMessage[]
  readers: readonly NamedReader[]
}): HistoryOutcome {
  const { acknowledged, stored } = seen
  const readers = seen.readers.map(({ name, tenantKey, reader: { heard, resets } }): ReaderHistory => ({
    name,
    tenantKey,
    heard,
    resets,
  }))
  return {
    findings: checkHistory({ acknowledged, stored, readers }),
    acknowledged: acknowledged.length,
    stored: stored.length,
    heard: readers.reduce((sum, { heard }) => sum + heard.length, 0),
    readers: readers.length,
    connections: seen.readers.reduce((sum, { reader }) => sum + reader.connections, 0),
  }
}
