import type { CUSTOMER_COLUMNS } from '@sarai/api/customer/schema'
import type { CustomersSearch } from './customer-queries.ts'

type KnownColumn = (typeof CUSTOMER_COLUMNS)[number]
/** One that every customer has, or the id of one of the tenant's own fields. */
export type Column = string

interface ColumnWidth {
  /** Less is not readable; 16 px to each. */
  minRem: number
  /** What it takes of the room that is left; 0 for what is always as long. */
  share: number
}

const NAME_WIDTH: ColumnWidth = { minRem: 14, share: 1.5 }
const OWN_WIDTH: ColumnWidth = { minRem: 8, share: 0.8 }
const WIDTHS: Record<KnownColumn, ColumnWidth> = {
  company: { minRem: 8, share: 1 },
  phone: { minRem: 9.5, share: 0 },
  email: { minRem: 11, share: 1.4 },
  city: { minRem: 6, share: 0.6 },
  tags: { minRem: 9, share: 1 },
  owner: { minRem: 7.5, share: 0.8 },
  createdAt: { minRem: 6.5, share: 0 },
  updatedAt: { minRem: 6.5, share: 0 },
}
/** The columns of who has not chosen any, in their order. */
export const USUAL_COLUMNS = Object.keys(WIDTHS) as KnownColumn[]
/** Which of them a list shows first as it gets wider. */
const BY_WEIGHT: readonly KnownColumn[] = [
  'updatedAt',
  'company',
  'phone',
  'email',
  'tags',
  'owner',
  'city',
  'createdAt',
]
const REM_PX = 16
const GAP_REM = 1
/** At both ends of a row. */
const PADDING_REM = 3
/** A narrower list has two lines to a customer instead of columns. */
const TABLE_MIN_PX = 640

export interface ListLayout {
  columns: readonly Column[]
  /** Two lines to a customer. */
  isCompact: boolean
  /** For `grid-template-columns`. */
  template: string
  /** What all of them need: a narrower list is scrolled sideways. */
  minPx: number
  /** Of the list itself. */
  widthPx: number
}

/** Columns that were chosen are all there; of the usual ones as many as have room. */
export function layOut(columns: readonly Column[] | undefined, widthPx: number): ListLayout {
  const isCompact = widthPx < TABLE_MIN_PX
  const shown = columns ?? (isCompact ? USUAL_COLUMNS : fitting(widthPx))
  if (isCompact) return { columns: shown, isCompact, template: 'minmax(0,1fr) auto', minPx: 0, widthPx }
  const widths = [NAME_WIDTH, ...shown.map(widthOf)]
  return {
    columns: shown,
    isCompact,
    template: widths.map(toTrack).join(' '),
    minPx: REM_PX * neededRem(shown),
    widthPx,
  }
}

function fitting(widthPx: number): Column[] {
  const chosen: Column[] = []
  for (const column of BY_WEIGHT) {
    if (REM_PX * neededRem([...chosen, column]) > widthPx) break
    chosen.push(column)
  }
  return USUAL_COLUMNS.filter((column) => chosen.includes(column))
}

function neededRem(columns: readonly Column[]): number {
  const widths = columns.map((column) => widthOf(column).minRem + GAP_REM)
  return widths.reduce((sum, rem) => sum + rem, NAME_WIDTH.minRem + PADDING_REM)
}

function widthOf(column: Column): ColumnWidth {
  return WIDTHS[column as KnownColumn] ?? OWN_WIDTH
}

function toTrack({ minRem, share }: ColumnWidth): string {
  return share === 0 ? `${minRem}rem` : `minmax(${minRem}rem,${share}fr)`
}

/** The address with these columns; undefined: it says nothing of them. */
export function withColumns(
  { columns: _before, ...search }: CustomersSearch,
  columns: readonly Column[] | undefined,
): CustomersSearch {
  return columns ? { ...search, columns: [...columns] } : search
}
