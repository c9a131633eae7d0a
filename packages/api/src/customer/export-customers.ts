import { writeAudit } from '../audit/write-audit.ts'
import { CSV_BYTE_ORDER_MARK, toCsvLine } from '../csv.ts'
import type { ScopedContext } from '../trpc.ts'
import { countCustomers } from './count-customers.ts'
import { listFields } from './field-settings.ts'
import { listCustomers } from './list-customers.ts'
import type { Customer } from './model.ts'
import { CUSTOMER_COLUMNS, type ExportInput, EXPORT_PAGE_ROWS, type ExportPageInput } from './schema.ts'

/** A column of the file beside the name: its heading and whose value stands under it. */
export interface ExportColumn {
  heading: string
  /** One of CUSTOMER_COLUMNS, or the id of a field of the tenant's own. */
  column: string
}

export interface ExportPage {
  items: Customer[]
  nextCursor: string | null
}

/**
 * What is to be exported, written down in the audit log with how many customers it is at this moment. Without columns:
 * all that a list can show. A field that is gone is left out.
 */
export async function beginExport(
  ctx: ScopedContext,
  { filter, columns, ids, exceptIds }: ExportInput,
): Promise<{ count: number; columns: ExportColumn[] }> {
  const fields = (await listFields(ctx.db)).items.filter(({ archivedAt }) => archivedAt === null)
  const count = await countCustomers(ctx.db, { ...filter, ids, exceptIds, userId: ctx.user.id })
  await ctx.db
    .transaction()
    .execute((trx) => writeAudit(trx, ctx, { action: 'customer.exported', after: { count } }))
  const offered: ExportColumn[] = [
    ...CUSTOMER_COLUMNS.map((column) => ({ heading: column, column })),
    ...fields.map(({ id, name }) => ({ heading: name, column: id })),
  ]
  if (!columns) return { count, columns: offered }
  return { count, columns: columns.flatMap((column) => offered.find((each) => each.column === column) ?? []) }
}

/** The next EXPORT_PAGE_ROWS customers of a list. */
export function readExportPage(
  { db, user }: Pick<ScopedContext, 'db' | 'user'>,
  input: ExportPageInput,
): Promise<ExportPage> {
  return listCustomers(db, { ...input, userId: user.id, limit: EXPORT_PAGE_ROWS })
}

/** A list as one file, a piece for each page. Reads no page before the one before has been taken. */
export async function* writeCustomersCsv(
  columns: readonly ExportColumn[],
  readPage: (cursor: string | null) => Promise<ExportPage>,
): AsyncGenerator<string> {
  yield CSV_BYTE_ORDER_MARK + toCsvLine(['name', ...columns.map(({ heading }) => heading)])
  for (let cursor: string | null = null; ;) {
    const page: ExportPage = await readPage(cursor)
    yield page.items.map((customer) => toCsvLine(toCells(customer, columns))).join('')
    cursor = page.nextCursor
    if (cursor === null) return
  }
}

function toCells(customer: Customer, columns: readonly ExportColumn[]): (string | number | null)[] {
  return [customer.name, ...columns.map(({ column }) => valueOf(customer, column))]
}

function valueOf(customer: Customer, column: string): string | number | null {
  const known = CUSTOMER_COLUMNS.find((each) => each === column)
  if (known === 'tags') return customer.tags.map(({ name }) => name).join('; ')
  if (known === 'owner') return customer.owner?.name ?? null
  const value = known === undefined ? customer.fields[column] : customer[known]
  return typeof value === 'boolean' ? String(value) : (value ?? null)
}
