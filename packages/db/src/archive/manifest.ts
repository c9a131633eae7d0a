import { z } from 'zod'

export const ARCHIVE_FORMAT = 'sarai-tenant'
/** Of the archive, not of the tables in it: one more when older programs could no longer read it. 2: with files. */
export const ARCHIVE_FORMAT_VERSION = 2
export const MANIFEST_NAME = 'manifest.json'
export const MANIFEST_BYTES_MAX = 1_000_000
export const TABLES_MAX = 200
/** Of one archive; what an archive lists is kept in memory while it is read. */
export const FILES_MAX = 100_000
/** More of them, and something is wrong with the file store rather than with a file. */
export const UNREADABLE_FILES_MAX = 1_000
const COLUMNS_MAX = 500

/** Of tables and columns: as they may stand between backticks. */
const Name = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/)

const ArchivedTable = z.strictObject({
  name: Name,
  columns: z.array(Name).min(1).max(COLUMNS_MAX),
  rows: z.int().min(0),
  bytes: z.int().min(0),
  /** Of the lines as they stand in the archive. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type ArchivedTable = z.infer<typeof ArchivedTable>

/** Each one's length and SHA-256 stand in its row, which is hashed with its table. */
const FilesInArchive = z.strictObject({
  count: z.int().min(0).max(FILES_MAX),
  bytes: z.int().min(0),
  /** Ids of those that the file store did not have, or had otherwise than their rows say. */
  unreadable: z.array(z.uuid()).max(UNREADABLE_FILES_MAX),
})
export type FilesInArchive = z.infer<typeof FilesInArchive>

/** What is in an archive, written last of all and read first. */
export const Manifest = z.strictObject({
  format: z.literal(ARCHIVE_FORMAT),
  formatVersion: z.int().min(1),
  /** How many migrations had made the tables. */
  schemaVersion: z.int().min(1),
  tenantKey: z.string().max(64),
  name: z.string().min(1).max(120),
  exportedAt: z.iso.datetime(),
  /** In an order in which they can be filled. */
  tables: z.array(ArchivedTable).min(1).max(TABLES_MAX),
  /** Left out: the archive was made without the bytes of files. */
  files: FilesInArchive.optional(),
})
export type Manifest = z.infer<typeof Manifest>

export function entryNameOf(table: string): string {
  return `tables/${table}.ndjson`
}

export function fileEntryNameOf(fileId: string): string {
  return `files/${fileId}`
}
