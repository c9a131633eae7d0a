// A process that writes one list of customers as a file, for the benchmark: its memory is that of nothing else.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { Writable } from 'node:stream'
import { openDatabase, type ServerAddress, type TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { type ExportColumn, readExportPage, writeCustomersCsv } from '../src/customer/export-customers.ts'
import { readAtOnce } from './read-at-once.ts'

export interface ExportOrder {
  server: ServerAddress
  name: string
  secret: string
  tenantKey: string
  columns: ExportColumn[]
  /** The product's, page after page, or everything by one query and then as one text. */
  way: 'stream' | 'at once'
}

export interface ExportFigures {
  ms: number
  firstByteMs: number
  bytes: number
  lines: number
  /** Of what was written. */
  sha256: string
  /** Resident memory before it began, and the most of it, in MiB. */
  memoryBeforeMib: number
  memoryPeakMib: number
}

const LINE_END = 10

process.once('message', (order: ExportOrder) => void run(order))

async function run({ server, name, secret, tenantKey, columns, way }: ExportOrder): Promise<void> {
  const database = await openDatabase({ server, name, secret, migratesAtStart: false })
  const withDb = <T>(work: (db: Kysely<TenantTables>) => Promise<T>) => database.withTenant(tenantKey, work)
  // What every process has before it exports anything: a connection, compiled code.
  await withDb((db) => readExportPage({ db, user: NOBODY }, {}))
  const memoryBeforeMib = process.memoryUsage.rss() / 2 ** 20
  const reader = openReader()
  const since = performance.now()
  const pieces = writeCustomersCsv(columns, (cursor) =>
    withDb((db) => (way === 'stream' ? readExportPage({ db, user: NOBODY }, { cursor }) : readAtOnce(db))),
  )
  if (way === 'stream') for await (const piece of pieces) await reader.take(piece, since)
  else await reader.take(await joinAll(pieces), since)
  const ms = performance.now() - since
  const memoryPeakMib = process.resourceUsage().maxRSS / 1024
  process.send?.({ ...reader.read(), ms, memoryBeforeMib, memoryPeakMib } satisfies ExportFigures)
  await database.close()
  process.disconnect()
}

async function joinAll(pieces: AsyncIterable<string>): Promise<string> {
  const all: string[] = []
  for await (const piece of pieces) all.push(piece)
  return all.join('')
}

/** The filters of this benchmark have no `me` in them. */
const NOBODY = { id: '', name: '', email: '' }

/** Takes pieces as a connection to a browser does: one after the other, and asks to wait while it has enough. */
function openReader() {
  const hash = createHash('sha256')
  const figures = { firstByteMs: Number.NaN, bytes: 0, lines: 0 }
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      figures.bytes += chunk.length
      figures.lines += chunk.reduce((lines, byte) => lines + (byte === LINE_END ? 1 : 0), 0)
      setImmediate(done)
    },
  })
  return {
    async take(piece: string, since: number) {
      if (Number.isNaN(figures.firstByteMs)) figures.firstByteMs = performance.now() - since
      if (!sink.write(piece)) await once(sink, 'drain')
    },
    read: () => ({ ...figures, sha256: hash.digest('hex') }),
  }
}
