import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { newId, type TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import type { Context } from '../context.ts'
import { enterFor } from '../enter.ts'
import { DomainError } from '../errors.ts'
import { type ReceivedFile, receiveFile } from '../file/receive-file.ts'
import { detectEncoding, ENCODING_SAMPLE_BYTES, isText, watchUtf8 } from './detect-encoding.ts'
import { getImport } from './get-import.ts'
import type { ReceivedImport } from './model.ts'
import { type FileFormat, findDelimiter, readRows } from './read-rows.ts'
import { hashColumns } from './remember-mapping.ts'
import { IMPORT_BYTES_MAX, IMPORT_ROWS_MAX, UploadImportInput } from './schema.ts'
import { lockImports } from './start-import.ts'

const PATH = 'import.upload'
/** What one statement writes: as many rows, or as many characters, whichever comes first. */
const INSERT_ROWS_MAX = 500
const INSERT_LENGTH_MAX = 256 * 1024
/** A file of the same tenant that has been arriving for longer was cut off. */
const ARRIVES_MAX_MS = 10 * 60_000

export interface ImportUpload {
  /** `name`, and what the caller knows better than the bytes tell: `encoding`, `delimiter`. */
  query: unknown
  body: Readable
  /** What the sender says; more than the limit is refused before a byte is read. */
  declaredBytes: number
}

type InTenant = <T>(work: (db: Kysely<TenantTables>) => Promise<T>) => Promise<T>

/**
 * Takes in a file of customers: it arrives on this machine's disk without a connection to the database, what it is written
 * in and what stands between its cells is found, and its rows go into the tenant's database a few hundred at a time. One
 * file of a tenant at a time; an earlier one of the same person that was not imported is given up.
 *
 * @throws DomainError UNAUTHENTICATED, FORBIDDEN, TOO_LARGE, INVALID; UNSUPPORTED_TYPE for a workbook and for what is no text; CONFLICT while another arrives
 */
export async function receiveImport(ctx: Context, upload: ImportUpload): Promise<ReceivedImport> {
  const { user, tenant, actorKind } = await enterFor(ctx, { path: PATH, permission: 'customer:import' })
  if (actorKind === 'api-key')
    throw new DomainError('FORBIDDEN', 'This is for people who are signed in, not for API keys.')
  const input = readQuery(upload.query)
  if (upload.declaredBytes > IMPORT_BYTES_MAX) throw tooLarge()
  await using received = await receiveFile(upload.body, { bytesMax: IMPORT_BYTES_MAX })
  const format = await findFormat(received, input)
  const inTenant: InTenant = (work) =>
    ctx.database.withTenant(tenant.tenantKey, work, { label: PATH, class: 'background' })
  const id = newId()
  const columns = await readColumns(received.path, format)
  const file = { id, columns, format, name: input.name, bytes: received.bytes, userId: user.id }
  await inTenant((db) => begin(db, file))
  try {
    const rowsCount = await storeRows(inTenant, { id, path: received.path, format })
    const arrived = { rows_count: rowsCount, received_at: new Date() }
    await inTenant((db) => db.updateTable('imports').set(arrived).where('id', '=', id).execute())
  } catch (error) {
    await inTenant((db) =>
      db.updateTable('imports').set({ cleared_at: new Date() }).where('id', '=', id).execute(),
    )
    throw error
  }
  return await inTenant((db) => getImport(db, { id, userId: user.id }))
}

function readQuery(query: unknown): UploadImportInput {
  const { data, error } = UploadImportInput.safeParse(query)
  if (data) return data
  const [field = 'name'] = error.issues.map(({ path }) => String(path[0] ?? 'name'))
  throw new DomainError(
    'INVALID',
    'Say the name of the file, and of what kind it is in one of the known ways.',
    {
      details: { field },
    },
  )
}

function tooLarge(): DomainError {
  return new DomainError(
    'TOO_LARGE',
    `A file has at most ${IMPORT_BYTES_MAX / 1024 / 1024} MB. Divide it and import the parts one after the other.`,
    { details: { bytesMax: IMPORT_BYTES_MAX } },
  )
}

async function findFormat({ path }: ReceivedFile, input: UploadImportInput): Promise<FileFormat> {
  const sample = await readSample(path)
  refuseWorkbook(sample)
  const encoding = input.encoding ?? detectEncoding(sample, { isUtf8: await isUtf8(path) })
  const text = new TextDecoder(encoding).decode(sample, { stream: true })
  refuseNoText(text)
  return { encoding, delimiter: input.delimiter ?? findDelimiter(text) }
}

async function readSample(path: string): Promise<Uint8Array> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(ENCODING_SAMPLE_BYTES), 0)
  return buffer.subarray(0, bytesRead)
}

async function isUtf8(path: string): Promise<boolean> {
  const utf8 = watchUtf8()
  for await (const chunk of createReadStream(path)) utf8.see(chunk as Uint8Array)
  return utf8.isUtf8()
}

/** The beginnings of what people send instead: a zip, which new workbooks are, and an old workbook. */
const WORKBOOKS = ['504b0304', 'd0cf11e0']

function refuseWorkbook(sample: Uint8Array): void {
  const begins = Buffer.from(sample.subarray(0, 4)).toString('hex')
  if (!WORKBOOKS.includes(begins)) return
  throw new DomainError(
    'UNSUPPORTED_TYPE',
    'This is a workbook. Open it in your spreadsheet, save it as CSV and upload that.',
  )
}

function refuseNoText(text: string): void {
  if (isText(text)) return
  throw new DomainError(
    'UNSUPPORTED_TYPE',
    'This is not a text file. Save it as CSV in your spreadsheet and upload that.',
    { details: { isText: false } },
  )
}

async function readColumns(path: string, format: FileFormat): Promise<string[]> {
  for await (const row of readRows(path, format)) {
    const columns = row.map((cell) => cell.trim())
    if (columns.some((column) => column !== '')) return columns
    break
  }
  throw new DomainError('INVALID', 'The first row of this file is empty. It has to name the columns.')
}

interface NewImport {
  id: string
  columns: string[]
  format: FileFormat
  name: string
  bytes: number
  userId: string
}

function begin(db: Kysely<TenantTables>, file: NewImport): Promise<void> {
  const now = new Date()
  return db.transaction().execute(async (trx) => {
    await lockImports(trx)
    const arriving = await trx
      .selectFrom('imports')
      .select('id')
      .where('received_at', 'is', null)
      .where('cleared_at', 'is', null)
      .where('created_at', '>', new Date(now.getTime() - ARRIVES_MAX_MS))
      .executeTakeFirst()
    if (arriving)
      throw new DomainError('CONFLICT', 'Another file is arriving in this workspace. Try again in a moment.')
    await trx
      .updateTable('imports')
      .set({ cleared_at: now })
      .where('created_by', '=', file.userId)
      .where('job_id', 'is', null)
      .where('cleared_at', 'is', null)
      .execute()
    await trx
      .insertInto('imports')
      .values({
        id: file.id,
        file_name: file.name,
        bytes: file.bytes,
        encoding: file.format.encoding,
        delimiter: file.format.delimiter,
        columns: JSON.stringify(file.columns),
        header_hash: hashColumns(file.columns),
        rows_count: 0,
        created_by: file.userId,
        created_at: now,
      })
      .execute()
  })
}

interface StoredRow {
  position: number
  cells: string
}

/** Rows without anything in them are left out; the others keep the number that a spreadsheet shows. */
async function storeRows(
  inTenant: InTenant,
  { id, path, format }: { id: string; path: string; format: FileFormat },
): Promise<number> {
  let waiting: StoredRow[] = []
  let length = 0
  let count = 0
  let rowNumber = 0
  const flush = async () => {
    const rows = waiting.map((row) => ({ ...row, import_id: id }))
    waiting = []
    length = 0
    if (rows.length > 0) await inTenant((db) => db.insertInto('import_rows').values(rows).execute())
  }
  for await (const row of readRows(path, format)) {
    rowNumber++
    if (rowNumber === 1 || row.every((cell) => cell.trim() === '')) continue
    if (++count > IMPORT_ROWS_MAX) throw tooManyRows()
    const cells = JSON.stringify(row)
    waiting.push({ position: rowNumber, cells })
    length += cells.length
    if (waiting.length >= INSERT_ROWS_MAX || length >= INSERT_LENGTH_MAX) await flush()
  }
  await flush()
  if (count === 0)
    throw new DomainError('INVALID', 'There is nothing in this file below the names of the columns.')
  return count
}

function tooManyRows(): DomainError {
  return new DomainError(
    'TOO_LARGE',
    `A file has at most ${IMPORT_ROWS_MAX} rows. Divide it and import the parts one after the other.`,
    { details: { rowsMax: IMPORT_ROWS_MAX } },
  )
}
