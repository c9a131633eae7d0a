import type { ListTenantsInput, TenantSortColumn } from '@sarai/api/operator/schema'

export type TenantSort = NonNullable<NonNullable<ListTenantsInput>['sort']>

export function sortColumn(sort: TenantSort): TenantSortColumn {
  return sort.replace('-', '') as TenantSortColumn
}

/** Figures begin with the largest, names with the first; the same column again turns the order around. */
export function nextTenantSort(now: TenantSort, column: TenantSortColumn): TenantSort {
  const isSame = sortColumn(now) === column
  if (column === 'key') return isSame && now === 'key' ? '-key' : 'key'
  return isSame && now.startsWith('-') ? column : `-${column}`
}
