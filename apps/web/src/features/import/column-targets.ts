import {
  IMPORT_DETAILS,
  IMPORT_NAME_COLUMNS_MAX,
  type ImportDetail,
  type ImportMapping,
} from '@sarai/api/import/schema'

/** What one column is: a detail, `field:<id>` for one of the workspace's own fields, or nothing. */
export type ColumnTarget = 'ignore' | 'name' | ImportDetail | `field:${string}`

/** A mapping as it is chosen: a target for each column. A column that is several things shows the first of them. */
export function toTargets(mapping: ImportMapping | null, columnsCount: number): ColumnTarget[] {
  const targets = Array.from({ length: columnsCount }, (): ColumnTarget => 'ignore')
  for (const { fieldId, column } of mapping?.fields ?? []) targets[column] = `field:${fieldId}`
  for (const detail of IMPORT_DETAILS) {
    const column = mapping?.[detail]
    if (column !== undefined) targets[column] = detail
  }
  for (const column of mapping?.name ?? []) targets[column] = 'name'
  return targets
}

/** null: no column is a name. */
export function toMapping(
  targets: readonly ColumnTarget[],
  nameOrder: readonly number[] = [],
): ImportMapping | null {
  const columnsOf = (target: ColumnTarget) => targets.flatMap((each, at) => (each === target ? [at] : []))
  const names = columnsOf('name')
  const inOrder = [...nameOrder.filter((column) => names.includes(column)), ...names]
  const name = [...new Set(inOrder)].slice(0, IMPORT_NAME_COLUMNS_MAX)
  if (name.length === 0) return null
  const details = IMPORT_DETAILS.flatMap((detail) => {
    const [column] = columnsOf(detail)
    return column === undefined ? [] : [[detail, column] as const]
  })
  const fields = targets.flatMap((target, column) =>
    target.startsWith('field:') ? [{ fieldId: target.slice('field:'.length), column }] : [],
  )
  return { name, ...Object.fromEntries(details), ...(fields.length > 0 && { fields }) }
}

/** Gives a column its target. A name may have several columns, everything else has one: the other one gives it up. */
export function chooseTarget(
  targets: readonly ColumnTarget[],
  column: number,
  target: ColumnTarget,
): ColumnTarget[] {
  const isShared = target === 'name' || target === 'ignore'
  return targets.map((each, at) => {
    if (at === column) return target
    return !isShared && each === target ? 'ignore' : each
  })
}
