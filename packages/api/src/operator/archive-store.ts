import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addAbortSignal, Readable } from 'node:stream'
import type { Database, RunningTransfer } from '@sarai/db'
import type { FileKey, FileStore } from '../file/file-store.ts'
import { ARCHIVE_KEPT_HOURS } from './schema.ts'

const HOUR_MS = 3_600_000
const FOLDER_PREFIX = 'sarai-archive-'
/** Folders of archives and uploads on this machine's disk; their processes take them away themselves, if they can. */
const LEFT_FOLDERS = /^sarai-(archive|clone|file)-/

/** Under an id of its own: it outlives the tenant for as long as it is kept, and goes with none of its files. */
function keyOf(transferId: string): FileKey {
  return { tenantId: transferId, fileId: transferId }
}

/** A folder for an archive on its way, gone when disposed of. */
export async function makeArchiveFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), FOLDER_PREFIX))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

interface Keeping {
  database: Pick<Database, 'transfers'>
  store: FileStore
}

/**
 * Into the file store, where every process finds it. That it may be there is recorded first: whatever is cut off leaves
 * nothing that nobody knows of.
 */
export async function keepArchive(
  { database, store }: Keeping,
  { id, signal, tell }: RunningTransfer,
  path: string,
): Promise<{ bytes: number; sha256: string }> {
  const { size: bytes } = await stat(path)
  await tell({ step: 'storing', table: null, done: 0, total: null })
  await database.transfers.setArchiveUntil(id, new Date(Date.now() + ARCHIVE_KEPT_HOURS * HOUR_MS))
  const hash = createHash('sha256')
  async function* hashed() {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      yield chunk
    }
  }
  const content = addAbortSignal(signal, Readable.from(hashed(), { objectMode: false }))
  await store.put(keyOf(id), content, { bytes, mediaType: 'application/zip' })
  signal.throwIfAborted()
  return { bytes, sha256: hash.digest('hex') }
}

export function readArchive(store: FileStore, transferId: string): Promise<Readable | undefined> {
  return store.read(keyOf(transferId))
}

/** The bytes first: cut off in between, they are removed again. Twice is the same as once. */
export async function removeArchive({ database, store }: Keeping, transferId: string): Promise<void> {
  await store.remove(keyOf(transferId))
  await database.transfers.setArchiveUntil(transferId, null)
}

/** Removes archives that are past their time, and those of exports that did not end well. Says how many. */
export async function sweepArchives(keeping: Keeping, now = new Date()): Promise<number> {
  const stale = await keeping.database.transfers.listStaleArchives(now)
  for (const id of stale) await removeArchive(keeping, id)
  return stale.length
}

/** What processes that were killed have left on this machine's disk, once nobody can be at it any more. Says how many. */
export async function sweepArchiveFolders(now = new Date(), parent = tmpdir()): Promise<number> {
  const before = now.getTime() - ARCHIVE_KEPT_HOURS * HOUR_MS
  let removed = 0
  for (const name of (await readdir(parent)).filter((each) => LEFT_FOLDERS.test(each))) {
    const folder = join(parent, name)
    // Another user's, or gone by now.
    const isOld = await lastWritten(folder).then(
      (at) => at < before,
      () => false,
    )
    if (!isOld) continue
    removed += await rm(folder, { recursive: true, force: true }).then(
      () => 1,
      () => 0,
    )
  }
  return removed
}

async function lastWritten(folder: string): Promise<number> {
  const paths = [folder, ...(await readdir(folder)).map((name) => join(folder, name))]
  const times = await Promise.all(paths.map(async (path) => (await stat(path)).mtimeMs))
  return Math.max(...times)
}
