import { z } from 'zod'
import { CUSTOMER_FIELDS_MAX } from '../customer/schema.ts'

/** Of one file: 100,000 rows of two hundred bytes. */
export const IMPORT_BYTES_MAX = 20 * 1024 * 1024
/** With anything in them, without the one that names the columns. */
export const IMPORT_ROWS_MAX = 100_000
export const IMPORT_COLUMNS_MAX = 100
/** Longer than anything a customer may have: a quote that is never closed makes such a cell. */
export const IMPORT_CELL_LENGTH_MAX = 5_000
export const IMPORT_FILE_NAME_LENGTH_MAX = 200
/** How many columns a name may be put together from: title, first name, last name … */
export const IMPORT_NAME_COLUMNS_MAX = 5
/** Rows that are shown before anything is done. */
export const IMPORT_PREVIEW_ROWS = 20
export const IMPORT_RESULTS_LIMIT_MAX = 1_000
/** How long rows of a file that was imported are kept, for its result file. As long as the job, and so its undo. */
export const IMPORT_KEPT_DAYS = 30
/** How long rows of a file that nobody imported are kept. */
export const IMPORT_WAITS_HOURS_MAX = 24
/** Kinds of files of one tenant of which it is remembered which column is what. */
export const IMPORT_MAPPINGS_MAX = 100
/** Own imports that are listed, the latest first. */
export const IMPORT_LIST_LIMIT = 20

/** What files are written in. The first is meant where nothing speaks against it. */
export const IMPORT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1256'] as const
export type ImportEncoding = (typeof IMPORT_ENCODINGS)[number]

export const IMPORT_DELIMITERS = [',', ';', '\t', '|'] as const
export type ImportDelimiter = (typeof IMPORT_DELIMITERS)[number]

/** What comes with the bytes of a file. What is left out is found in them. */
export const UploadImportInput = z.strictObject({
  name: z.string().trim().min(1).max(IMPORT_FILE_NAME_LENGTH_MAX),
  encoding: z.enum(IMPORT_ENCODINGS).optional(),
  delimiter: z.enum(IMPORT_DELIMITERS).optional(),
})
export type UploadImportInput = z.infer<typeof UploadImportInput>

/** The first column is 0. */
const column = z
  .int()
  .min(0)
  .max(IMPORT_COLUMNS_MAX - 1)

/** Details of the product's own that a column may be. */
export const IMPORT_DETAILS = ['email', 'phone', 'company', 'city', 'owner', 'about'] as const
export type ImportDetail = (typeof IMPORT_DETAILS)[number]

/** Which column is what. One column may be several things; what no column is stays empty. */
export const ImportMapping = z.strictObject({
  /** Put together in this order, with spaces between. */
  name: z.array(column).min(1).max(IMPORT_NAME_COLUMNS_MAX),
  email: column.optional(),
  phone: column.optional(),
  company: column.optional(),
  city: column.optional(),
  /** A member, by name or e-mail address. */
  owner: column.optional(),
  about: column.optional(),
  /** Fields of the tenant's own. */
  fields: z
    .array(z.strictObject({ fieldId: z.uuid(), column }))
    .max(CUSTOMER_FIELDS_MAX)
    .optional(),
})
export type ImportMapping = z.infer<typeof ImportMapping>

/** What 3/4/2026 is. A year in front is understood in any case. */
export const IMPORT_DATE_ORDERS = ['day-first', 'month-first'] as const
export type ImportDateOrder = (typeof IMPORT_DATE_ORDERS)[number]

/** What becomes of a row whose person is a customer already. */
export const IMPORT_DUPLICATES = ['skip', 'update', 'create'] as const
export type ImportDuplicates = (typeof IMPORT_DUPLICATES)[number]

export const ImportIdInput = z.strictObject({ id: z.uuid() })
export type ImportIdInput = z.infer<typeof ImportIdInput>

/** Everything that decides what becomes of a file. */
export const PlanImportInput = z.strictObject({
  id: z.uuid(),
  mapping: ImportMapping,
  dateOrder: z.enum(IMPORT_DATE_ORDERS).optional(),
  onDuplicate: z.enum(IMPORT_DUPLICATES),
})
export type PlanImportInput = z.infer<typeof PlanImportInput>

/** The rows of a file that was imported, with what became of each. */
export const ListImportResultsInput = z.strictObject({
  id: z.uuid(),
  /** Those behind this row. */
  afterRow: z
    .int()
    .min(0)
    .max(IMPORT_ROWS_MAX * 10)
    .optional(),
  limit: z.int().min(1).max(IMPORT_RESULTS_LIMIT_MAX).optional(),
})
export type ListImportResultsInput = z.infer<typeof ListImportResultsInput>
