import { createHash } from 'node:crypto'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { ArchiveError } from './archive-error.ts'
import {
  ARCHIVE_FORMAT_VERSION,
  type ArchivedTable,
  entryNameOf,
  Manifest,
  MANIFEST_BYTES_MAX,
  MANIFEST_NAME,
  TABLES_MAX,
} from './manifest.ts'
import { splitLines } from './split-lines.ts'

/** Text of tables shrinks five to twenty times; what shrinks more than this was made to fill a disk. */
export const RATIO_MAX = 200
/** Below it no ratio counts: a few rows that are much alike. */
const RATIO_FREE_BYTES = 10_000_000

/** An archive that is what its manifest says: every line was read and every hash compared before this exists. */
export interface Archive extends Disposable {
  manifest: Manifest
  /** The lines of a table, without what ends them. */
  lines(table: ArchivedTable): AsyncGenerator<string>
}

/** @param schemaVersionMax what this code knows. @throws ArchiveError that says what is wrong with the file */
export async function openArchive(path: string, schemaVersionMax: number): Promise<Archive> {
  const zip = await openZip(path)
  try {
    const entries = await listEntries(zip)
    const manifest = await readManifest(zip, entries, schemaVersionMax)
    const archive = makeArchive(zip, entries, manifest)
    for (const table of manifest.tables) await verify(archive, table)
    return archive
  } catch (error) {
    zip.close()
    throw error instanceof ArchiveError ? error : notWhole(error)
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

/** Names are looked up and never written anywhere; all the same one that leads outside refuses the whole file. */
async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > TABLES_MAX + 1)
    throw new ArchiveError('The archive has more files than a tenant has tables.')
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    const { fileName } = entry
    if (fileName !== MANIFEST_NAME && !/^tables\/[a-z][a-z0-9_]{0,63}\.ndjson$/.test(fileName)) {
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
  const isComplete = names.size === entries.size && names.size === parsed.data.tables.length + 1
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

function makeArchive(zip: ZipFile, entries: ReadonlyMap<string, Entry>, manifest: Manifest): Archive {
  return {
    manifest,
    async *lines({ name }) {
      const entry = entries.get(entryNameOf(name))
      if (!entry) throw new ArchiveError(`The archive has no table ${name}.`)
      yield* splitLines(await zip.openReadStreamPromise(entry))
    },
    [Symbol.dispose]: () => zip.close(),
  }
}

async function verify(archive: Archive, table: ArchivedTable): Promise<void> {
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  for await (const line of archive.lines(table)) {
    const text = `${line}\n`
    rows += 1
    bytes += Buffer.byteLength(text)
    if (bytes > table.bytes) break
    hash.update(text)
  }
  if (rows === table.rows && bytes === table.bytes && hash.digest('hex') === table.sha256) return
  throw new ArchiveError(
    `The table ${table.name} is not what the manifest says. The archive was changed or damaged.`,
  )
}
