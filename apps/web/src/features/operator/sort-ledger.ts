import type { LedgerRow } from './connections-report.ts'

export const LEDGER_COLUMNS = [
  'connectionSeconds',
  'leases',
  'waits',
  'waitSeconds',
  'longestWaitMs',
  'refused',
] as const
export type LedgerColumn = (typeof LEDGER_COLUMNS)[number]

export interface LedgerSort {
  column: LedgerColumn | 'tenant'
  isDescending: boolean
}

/** Those of the same figure stay in the order of their names, so that rows do not dance. */
export function sortLedger(rows: readonly LedgerRow[], { column, isDescending }: LedgerSort): LedgerRow[] {
  const sign = isDescending ? -1 : 1
  return rows.toSorted((one, other) => {
    const byName = one.tenant.localeCompare(other.tenant)
    return column === 'tenant' ? sign * byName : sign * (one[column] - other[column]) || byName
  })
}

/** Figures begin with the largest, names with the first; the same column again turns the order around. */
export function nextSort(now: LedgerSort, column: LedgerSort['column']): LedgerSort {
  if (now.column === column) return { column, isDescending: !now.isDescending }
  return { column, isDescending: column !== 'tenant' }
}
