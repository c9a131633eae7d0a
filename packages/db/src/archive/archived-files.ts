import type { Readable } from 'node:stream'
import type { Connection, RowDataPacket } from 'mysql2/promise'

/** Where the bytes of attached files are; whoever keeps them gives this. Both ids are the program's own. */
export interface ArchiveFiles {
  /** undefined: there is no such file. */
  read(key: FileOfTenant): Promise<Readable | undefined>
  put(key: FileOfTenant, content: Readable, about: { bytes: number; mediaType: string }): Promise<void>
}

export interface FileOfTenant {
  tenantId: string
  fileId: string
}

/** A file as its row knows it. */
export interface AttachedFile {
  id: string
  bytes: number
  /** Hex. */
  sha256: string
  mediaType: string
}

/** The table whose rows say which files there are. */
export const FILES_TABLE = 'attachments'

/** What the store has by the rows of a tenant, as its transaction sees them. */
export async function listAttachedFiles(connection: Connection): Promise<AttachedFile[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT id AS id, bytes AS bytes, sha256 AS sha256, media_type AS media_type FROM ${FILES_TABLE}
     WHERE stored_at IS NOT NULL AND discarded_at IS NULL ORDER BY id`,
  )
  return rows.map(readAttachedRow)
}

/** A row of the table, from the server or from an archive. */
export function readAttachedRow(row: Record<string, unknown>): AttachedFile {
  return {
    id: String(row['id']),
    bytes: Number(row['bytes']),
    sha256: String(row['sha256']),
    mediaType: String(row['media_type']),
  }
}
