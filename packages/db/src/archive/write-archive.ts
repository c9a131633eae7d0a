import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { ZipFile } from 'yazl'
import type { TenantRecord } from '../database.ts'
import { quoteName } from '../server/account.ts'
import { type ArchiveFiles, FILES_TABLE, listAttachedFiles } from './archived-files.ts'
import { type DescribedTable, describeTables } from './describe-tables.ts'
import {
  ARCHIVE_FORMAT,
  ARCHIVE_FORMAT_VERSION,
  type ArchivedTable,
  entryNameOf,
  type FilesInArchive,
  type Manifest,
  MANIFEST_NAME,
} from './manifest.ts'
import { type OnArchiveProgress, StepCounter } from './progress.ts'
import { readRows } from './read-rows.ts'
import { writeFiles } from './write-files.ts'

/** Links that are under way and keys let somebody into this tenant and into no other one. Their tables are there, without rows. */
const LEFT_OUT: readonly string[] = ['invitations', 'api_keys']

export interface Writing {
  file: FileHandle
  record: Pick<TenantRecord, 'id' | 'tenantKey' | 'name' | 'schemaVersion'>
  files: Pick<ArchiveFiles, 'read'> | undefined
  onProgress: OnArchiveProgress | undefined
  /** Nothing more comes over the connection. */
  gone: AbortSignal
}

/** All of a tenant as it was at one moment, however long it takes. */
export async function writeArchive(connection: Connection, writing: Writing): Promise<Manifest> {
  const tables = await describeTables(connection)
  await connection.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
  await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY')
  const zip = new ZipFile()
  const failed = new Promise<never>((_resolve, reject) => zip.on('error', reject))
  const ending = new AbortController()
  const written = pipeline(zip.outputStream, writing.file.createWriteStream(), { signal: ending.signal })
  try {
    const content = writeContent(zip, { connection, tables, writing })
    const manifest = await Promise.race([content, failed, written.then(never)])
    zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), MANIFEST_NAME)
    zip.end()
    await Promise.race([written, failed])
    return manifest
  } catch (error) {
    // Nobody writes any more: the file can be closed.
    ending.abort()
    await written.catch(() => undefined)
    throw error
  }
}

/** The file ended before the archive did. */
function never(): never {
  throw new Error('the archive was closed while it was being written')
}

interface Source {
  connection: Connection
  tables: readonly DescribedTable[]
  writing: Writing
}

async function writeContent(zip: ZipFile, source: Source): Promise<Manifest> {
  const { connection, tables, writing } = source
  const { record, onProgress } = writing
  const progress = new StepCounter(onProgress, 'writing', await countRows(connection, tables))
  await progress.begin()
  const archived: ArchivedTable[] = []
  for (const table of tables) {
    archived.push(await addTable(zip, { table, rows: readTable(source, table), progress }))
    await progress.at(table.name)
  }
  const files = await addFiles(zip, source)
  return {
    format: ARCHIVE_FORMAT,
    formatVersion: ARCHIVE_FORMAT_VERSION,
    schemaVersion: record.schemaVersion,
    tenantKey: record.tenantKey,
    name: record.name,
    exportedAt: new Date().toISOString(),
    tables: archived,
    ...(files && { files }),
  }
}

/** So that how far it is can be told; in the transaction that reads the rows themselves. */
async function countRows(connection: Connection, tables: readonly DescribedTable[]): Promise<number> {
  let sum = 0
  for (const { name } of tables) {
    if (LEFT_OUT.includes(name)) continue
    const [[row]] = await connection.query<RowDataPacket[]>(`SELECT COUNT(*) AS n FROM ${quoteName(name)}`)
    sum += Number(row?.['n'])
  }
  return sum
}

async function addFiles(
  zip: ZipFile,
  { connection, tables, writing }: Source,
): Promise<FilesInArchive | undefined> {
  const { files: store, record, onProgress, gone } = writing
  if (!store) return undefined
  const hasFiles = tables.some(({ name }) => name === FILES_TABLE)
  const attached = hasFiles ? await listAttachedFiles(connection) : []
  return writeFiles(zip, { store, tenantId: record.id, attached, onProgress, gone })
}

async function* noRows(): AsyncGenerator<string> {}

function readTable({ connection, writing }: Source, table: DescribedTable): AsyncIterable<string> {
  return LEFT_OUT.includes(table.name) ? noRows() : readRows(connection, table, writing.gone)
}

interface AddedTable {
  table: DescribedTable
  rows: AsyncIterable<string>
  progress: StepCounter
}

/** Resolves when the last line has been read into the archive. */
function addTable(zip: ZipFile, { table, rows, progress }: AddedTable): Promise<ArchivedTable> {
  const { name, columns } = table
  const counted = { rows: 0, bytes: 0, hash: createHash('sha256') }
  async function* count(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
    for await (const line of lines) {
      const bytes = Buffer.from(line)
      counted.rows += 1
      counted.bytes += bytes.length
      counted.hash.update(bytes)
      progress.count(name)
      yield bytes
    }
  }
  return new Promise((resolve, reject) => {
    const lines = Readable.from(count(rows), { objectMode: false })
    lines.once('error', reject)
    lines.once('end', () =>
      resolve({
        name,
        columns,
        rows: counted.rows,
        bytes: counted.bytes,
        sha256: counted.hash.digest('hex'),
      }),
    )
    zip.addReadStream(lines, entryNameOf(name))
  })
}
