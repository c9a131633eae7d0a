import type { Connection, RowDataPacket } from 'mysql2/promise'
import type { Keyring } from '../master/secret.ts'
import type { ServerAddress } from '../server/address.ts'

export type Row = Record<string, unknown>

/** What the checks look at: one connection of the administrator, which changes nothing. */
export interface Patient {
  admin: Connection
  server: ServerAddress
  keyring: Keyring
  /** Of the control plane's database. */
  name: string
}

export interface ExaminedTenant {
  id: string
  key: string
  status: string
  schemaVersion: number
  database: string
  account: string
  migrator: string | null
  secret: string
  archivedAt: Date | null
  isBeingDeleted: boolean
  updatedAt: Date
}

export async function query(
  { admin }: Pick<Patient, 'admin'>,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const [rows] = await admin.query<RowDataPacket[]>(statement, values)
  return rows
}

/** Those made ahead for whoever comes next are nobody's yet: see provision/spares.ts. */
export function isSpare({ key }: ExaminedTenant): boolean {
  return key.startsWith('~')
}

export async function listExamined(patient: Patient): Promise<ExaminedTenant[]> {
  const rows = await query(patient, 'SELECT * FROM ??.tenants ORDER BY tenant_key', [patient.name])
  return rows.map((row) => ({
    id: String(row['id']),
    key: String(row['tenant_key']),
    status: String(row['status']),
    schemaVersion: Number(row['schema_version']),
    database: String(row['database_name']),
    account: String(row['account_name']),
    migrator: typeof row['migrator_name'] === 'string' ? row['migrator_name'] : null,
    secret: String(row['account_secret']),
    archivedAt: toDate(row['archived_at']),
    isBeingDeleted: row['deleting_at'] !== null && row['deleting_at'] !== undefined,
    updatedAt: toDate(row['updated_at']) ?? new Date(),
  }))
}

function toDate(value: unknown): Date | null {
  return value instanceof Date ? value : null
}
