import { createHash } from 'node:crypto'
import { type FileHandle, link, open, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Connection } from 'mysql2/promise'
import { ZipFile } from 'yazl'
import { newId } from '../id.ts'
import type { Installation } from '../installation.ts'
import { asTenant } from './as-tenant.ts'
import { type DescribedTable, describeTables } from './describe-tables.ts'
import {
  ARCHIVE_FORMAT,
  ARCHIVE_FORMAT_VERSION,
  type ArchivedTable,
  entryNameOf,
  type Manifest,
  MANIFEST_NAME,
} from './manifest.ts'
import { readRows } from './read-rows.ts'

/** One table more is done. */
export interface ArchiveProgress {
  table: string
  rows: number
  /** Of all tables, this one included. */
  done: number
  tables: number
}

export interface ExportOptions {
  /** A file that is not there yet; it appears when it is whole. */
  path: string
  onProgress?: ((progress: ArchiveProgress) => void) | undefined
}

/** See Database.exportTenant. */
export async function exportTenant(
  installation: Installation,
  tenantKey: string,
  { path, onProgress }: ExportOptions,
): Promise<Manifest> {
  const entry = await installation.directory.get(tenantKey)
  const draft = `${path}.${newId()}.part`
  // Before a connection is taken: whether the file can be made has nothing to do with the server.
  const file = await open(draft, 'wx', 0o600)
  try {
    const manifest = await asTenant(installation, entry, {
      label: `export tenant ${tenantKey}`,
      work: (connection) => writeArchive(connection, { file, onProgress, record: entry.record }),
    })
    // Unlike a rename it never takes the place of a file that is there.
    await link(draft, path)
    return manifest
  } finally {
    await file.close()
    await rm(draft, { force: true })
  }
}

interface Writing {
  file: FileHandle
  onProgress: ExportOptions['onProgress']
  record: { tenantKey: string; name: string; schemaVersion: number }
}

async function writeArchive(
  connection: Connection,
  { file, onProgress, record }: Writing,
): Promise<Manifest> {
  const described = await describeTables(connection)
  // All tables as they were at one moment, however long it takes.
  await connection.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
  await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY')
  const zip = new ZipFile()
  const failed = new Promise<never>((_resolve, reject) => zip.once('error', reject))
  const written = pipeline(zip.outputStream, file.createWriteStream())
  const tables: ArchivedTable[] = []
  for (const table of described) {
    const archived = await Promise.race([addTable(zip, connection, table), failed, written.then(never)])
    tables.push(archived)
    onProgress?.({ table: table.name, rows: archived.rows, done: tables.length, tables: described.length })
  }
  const manifest: Manifest = {
    format: ARCHIVE_FORMAT,
    formatVersion: ARCHIVE_FORMAT_VERSION,
    schemaVersion: record.schemaVersion,
    tenantKey: record.tenantKey,
    name: record.name,
    exportedAt: new Date().toISOString(),
    tables,
  }
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), MANIFEST_NAME)
  zip.end()
  await Promise.race([written, failed])
  return manifest
}

/** The file ended before the archive did. */
function never(): never {
  throw new Error('the archive was closed while it was being written')
}

/** Links that are under way let somebody into this tenant and into no other one. Their tables are there, without rows. */
const LEFT_OUT: readonly string[] = ['invitations', 'api_keys']

async function* noRows(): AsyncGenerator<string> {}

/** Resolves when the last line has been read into the archive. */
function addTable(zip: ZipFile, connection: Connection, table: DescribedTable): Promise<ArchivedTable> {
  const counted = { rows: 0, bytes: 0, hash: createHash('sha256') }
  return new Promise((resolve, reject) => {
    const rows = LEFT_OUT.includes(table.name) ? noRows() : readRows(connection, table)
    const lines = Readable.from(count(rows, counted), { objectMode: false })
    lines.once('error', reject)
    lines.once('end', () =>
      resolve({
        name: table.name,
        columns: table.columns,
        rows: counted.rows,
        bytes: counted.bytes,
        sha256: counted.hash.digest('hex'),
      }),
    )
    zip.addReadStream(lines, entryNameOf(table.name))
  })
}

async function* count(
  lines: AsyncIterable<string>,
  counted: { rows: number; bytes: number; hash: ReturnType<typeof createHash> },
): AsyncGenerator<Buffer> {
  for await (const line of lines) {
    const bytes = Buffer.from(line)
    counted.rows += 1
    counted.bytes += bytes.length
    counted.hash.update(bytes)
    yield bytes
  }
}
