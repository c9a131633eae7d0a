import type { Job, ReceivedImport } from '@sarai/api'
import {
  IMPORT_DATE_ORDERS,
  IMPORT_DUPLICATES,
  type ImportDateOrder,
  type ImportDuplicates,
  ImportMapping,
  type PlanImportInput,
} from '@sarai/api/import/schema'
import { useState } from 'react'
import { chooseTarget, type ColumnTarget, toMapping, toTargets } from './column-targets.ts'

export interface ImportPlan {
  targets: ColumnTarget[]
  dateOrder: ImportDateOrder
  onDuplicate: ImportDuplicates
  /** null: no column is a name yet. */
  input: PlanImportInput | null
  choose: (column: number, target: ColumnTarget) => void
  setDateOrder: (dateOrder: ImportDateOrder) => void
  setOnDuplicate: (onDuplicate: ImportDuplicates) => void
}

/** What is chosen for a file: as it was for its last dry run, else as it is suggested. */
export function useImportPlan(file: ReceivedImport, check: Job | undefined): ImportPlan {
  const [before] = useState(() => readInput(check))
  const first = before.mapping ?? file.suggested
  const [targets, setTargets] = useState(() => toTargets(first, file.columns.length))
  const [dateOrder, setDateOrder] = useState<ImportDateOrder>(before.dateOrder)
  const [onDuplicate, setOnDuplicate] = useState<ImportDuplicates>(before.onDuplicate)
  const mapping = toMapping(targets, first?.name)
  return {
    targets,
    dateOrder,
    onDuplicate,
    input: mapping && { id: file.id, mapping, dateOrder, onDuplicate },
    choose: (column, target) => setTargets((chosen) => chooseTarget(chosen, column, target)),
    setDateOrder,
    setOnDuplicate,
  }
}

function readInput(check: Job | undefined) {
  const input = (check?.input ?? {}) as Record<string, unknown>
  return {
    mapping: ImportMapping.safeParse(input['mapping']).data ?? null,
    dateOrder: IMPORT_DATE_ORDERS.find((known) => known === input['dateOrder']) ?? 'day-first',
    onDuplicate: IMPORT_DUPLICATES.find((known) => known === input['onDuplicate']) ?? 'skip',
  }
}

/** Whether a dry run was of just this. */
export function isCheckOf(check: Job, { mapping, dateOrder, onDuplicate }: PlanImportInput): boolean {
  const tried = readInput(check)
  return (
    JSON.stringify(tried.mapping) === JSON.stringify(ImportMapping.parse(mapping)) &&
    tried.dateOrder === dateOrder &&
    tried.onDuplicate === onDuplicate
  )
}
