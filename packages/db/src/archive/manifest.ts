import { z } from 'zod'

export const ARCHIVE_FORMAT = 'sarai-tenant'
/** Of the archive, not of the tables in it: one more when older programs could no longer read it. */
export const ARCHIVE_FORMAT_VERSION = 1
export const MANIFEST_NAME = 'manifest.json'
export const MANIFEST_BYTES_MAX = 1_000_000
export const TABLES_MAX = 200
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
})
export type Manifest = z.infer<typeof Manifest>

export function entryNameOf(table: string): string {
  return `tables/${table}.ndjson`
}
