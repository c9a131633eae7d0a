import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { DatabaseError } from '../errors.ts'
import { ArchiveError } from './archive-error.ts'
import { type AttachedFile, FILES_TABLE, readAttachedRow } from './archived-files.ts'
import {
  ARCHIVE_FORMAT_VERSION,
  type ArchivedTable,
  entryNameOf,
  fileEntryNameOf,
  FILES_MAX,
  Manifest,
  MANIFEST_BYTES_MAX,
  MANIFEST_NAME,
  TABLES_MAX,
} from './manifest.ts'
import { type OnArchiveProgress, requireGoing, StepCounter } from './progress.ts'
import { splitLines } from './split-lines.ts'

/** Text of tables shrinks five to twenty times; what shrinks more than this was made to fill a disk. */
export const RATIO_MAX = 200
/** Below it no ratio counts: a few rows that are much alike. */
const RATIO_FREE_BYTES = 10_000_000

/** An archive that is what its manifest says: every line was read and every hash compared before this exists. */
export interface Archive extends Disposable {
  manifest: Manifest
  /** Those whose bytes are in it. */
  files: readonly AttachedFile[]
  /** The lines of a table, without what ends them. */
  lines(table: ArchivedTable): AsyncGenerator<string>
  openFile(file: Pick<AttachedFile, 'id'>): Promise<Readable>
}

export interface OpenArchiveOptions {
  /** What this code knows. */
  schemaVersionMax: number
  onProgress?: OnArchiveProgress | undefined
  signal?: AbortSignal | undefined
}

/** @throws ArchiveError that says what is wrong with the file; DatabaseError ABORTED */
export async function openArchive(path: string, options: OpenArchiveOptions): Promise<Archive> {
  const zip = await openZip(path)
  try {
    const entries = await listEntries(zip)
    const manifest = await readManifest(zip, entries, options.schemaVersionMax)
    const parts = { zip, entries, manifest }
    const files = await listFiles(parts)
    await verifyAll({ ...makeReaders(parts), manifest, files }, options)
    return { ...makeReaders(parts), manifest, files, [Symbol.dispose]: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error instanceof ArchiveError || error instanceof DatabaseError ? error : notWhole(error)
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new ArchiveError(`${path} cannot be read: ${String(error.code)}.`)
    throw notWhole(error)
  }
}

function notWhole(cause: unknown): ArchiveError {
  return new ArchiveError('This is no archive of a tenant, or it is cut off or damaged.', { cause })
}

const ENTRIES_MAX = TABLES_MAX + FILES_MAX + 1
const ENTRY_NAME = /^(tables\/[a-z][a-z0-9_]{0,63}\.ndjson|files\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Names are looked up and never written anywhere; all the same one that leads outside refuses the whole file. */
async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > ENTRIES_MAX) throw new ArchiveError('The archive has more in it than any tenant.')
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    const { fileName } = entry
    if (fileName !== MANIFEST_NAME && !ENTRY_NAME.test(fileName)) {
      throw new ArchiveError('The archive has a file in it that does not belong there.')
    }
    if (entries.has(fileName) || entry.isEncrypted())
      throw notWhole(new Error(`${fileName}: twice, or encrypted`))
    requireHonestSize(entry)
    entries.set(fileName, entry)
  }
  return entries
}

function requireHonestSize({ fileName, compressedSize, uncompressedSize }: Entry): void {
  const isBomb = uncompressedSize > RATIO_FREE_BYTES && uncompressedSize > compressedSize * RATIO_MAX
  if (isBomb || (fileName === MANIFEST_NAME && uncompressedSize > MANIFEST_BYTES_MAX)) {
    throw new ArchiveError('The archive would become far larger than any tenant. It is not opened.')
  }
}

async function readManifest(
  zip: ZipFile,
  entries: ReadonlyMap<string, Entry>,
  schemaVersionMax: number,
): Promise<Manifest> {
  const entry = entries.get(MANIFEST_NAME)
  if (!entry) throw new ArchiveError('The archive has no manifest: it is no archive of a tenant.')
  const chunks: Buffer[] = []
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
  const parsed = Manifest.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  if (!parsed.success)
    throw new ArchiveError('The manifest of the archive is not right.', { cause: parsed.error })
  requireKnownVersions(parsed.data, schemaVersionMax)
  const names = new Set([MANIFEST_NAME, ...parsed.data.tables.map(({ name }) => entryNameOf(name))])
  const inFolder = [...entries.keys()].filter((name) => !name.startsWith('files/'))
  const isComplete = names.size === inFolder.length && names.size === parsed.data.tables.length + 1
  if (!isComplete || ![...names].every((name) => entries.has(name))) {
    throw new ArchiveError('The archive does not have exactly the tables that its manifest names.')
  }
  return parsed.data
}

function requireKnownVersions({ formatVersion, schemaVersion }: Manifest, schemaVersionMax: number): void {
  if (formatVersion <= ARCHIVE_FORMAT_VERSION && schemaVersion <= schemaVersionMax) return
  throw new ArchiveError(
    `The archive was made by a newer Sarai (format ${formatVersion}, schema ${schemaVersion}). Update this installation first.`,
  )
}

interface Parts {
  zip: ZipFile
  entries: ReadonlyMap<string, Entry>
  manifest: Manifest
}

type Readers = Pick<Archive, 'lines' | 'openFile'>

function makeReaders({ zip, entries }: Parts): Readers {
  const open = (name: string) => {
    const entry = entries.get(name)
    if (!entry) throw new ArchiveError(`The archive has no ${name}.`)
    return zip.openReadStreamPromise(entry)
  }
  return {
    async *lines({ name }) {
      yield* splitLines(await open(entryNameOf(name)))
    },
    openFile: ({ id }) => open(fileEntryNameOf(id)),
  }
}

/**
 * The files by their rows, which say how long each is and what its hash is. Exactly those must be there, but for what the
 * manifest says could not be read.
 */
async function listFiles(parts: Parts): Promise<AttachedFile[]> {
  const { entries, manifest } = parts
  const present = [...entries.keys()].filter((name) => name.startsWith('files/'))
  if (!manifest.files) {
    if (present.length > 0) throw notTheFiles()
    return []
  }
  const unreadable = new Set(manifest.files.unreadable)
  const listed = (await readAttached(parts)).filter(({ id }) => !unreadable.has(id))
  const names = new Set(listed.map(({ id }) => fileEntryNameOf(id)))
  const isMeant = (name: string) => names.has(name) || unreadable.has(name.slice('files/'.length))
  const isComplete = listed.every(({ id }) => entries.has(fileEntryNameOf(id)))
  if (!isComplete || listed.length !== manifest.files.count || !present.every(isMeant)) throw notTheFiles()
  return listed
}

function notTheFiles(): ArchiveError {
  return new ArchiveError('The archive does not have exactly the files that its rows name.')
}

async function readAttached(parts: Parts): Promise<AttachedFile[]> {
  const table = parts.manifest.tables.find(({ name }) => name === FILES_TABLE)
  const files: AttachedFile[] = []
  if (!table) return files
  for await (const line of makeReaders(parts).lines(table)) {
    const row = JSON.parse(line) as Record<string, unknown>
    if (row['stored_at'] !== null && row['discarded_at'] === null) files.push(readAttachedRow(row))
    if (files.length > FILES_MAX) throw notTheFiles()
  }
  return files
}

type Verified = Readers & Pick<Archive, 'manifest' | 'files'>

async function verifyAll(archive: Verified, { onProgress, signal }: OpenArchiveOptions): Promise<void> {
  const { manifest, files } = archive
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  const progress = new StepCounter(onProgress, 'checking', rows + files.length)
  await progress.begin()
  for (const table of manifest.tables) {
    await verifyTable(archive, table, { progress, signal })
    await progress.at(table.name)
  }
  for (const file of files) {
    requireGoing(signal)
    await verifyFile(archive, file)
    progress.count(null)
  }
}

interface Watching {
  progress: StepCounter
  signal: AbortSignal | undefined
}

async function verifyTable(
  archive: Readers,
  table: ArchivedTable,
  { progress, signal }: Watching,
): Promise<void> {
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  for await (const line of archive.lines(table)) {
    requireGoing(signal)
    const text = `${line}\n`
    rows += 1
    bytes += Buffer.byteLength(text)
    if (bytes > table.bytes) break
    hash.update(text)
    progress.count(table.name)
  }
  if (rows === table.rows && bytes === table.bytes && hash.digest('hex') === table.sha256) return
  throw new ArchiveError(
    `The table ${table.name} is not what the manifest says. The archive was changed or damaged.`,
  )
}

async function verifyFile(archive: Readers, file: AttachedFile): Promise<void> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of (await archive.openFile(file)) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > file.bytes) break
    hash.update(chunk)
  }
  if (bytes === file.bytes && hash.digest('hex') === file.sha256) return
  throw new ArchiveError(`The file ${file.id} is not what its row says. The archive was changed or damaged.`)
}
