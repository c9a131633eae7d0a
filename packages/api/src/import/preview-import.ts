import type { ScopedContext } from '../trpc.ts'
import { findPeople } from './find-people.ts'
import { checkMapping, loadPlan, readCandidates } from './load-plan.ts'
import type { ImportPreviewRow } from './model.ts'
import { type PlannedRow, planRows } from './plan-rows.ts'
import { getImportRow } from './queries.ts'
import { IMPORT_PREVIEW_ROWS, type PlanImportInput } from './schema.ts'

/** The first rows of a file as they will be, each with what becomes of it. Writes nothing. */
export async function previewImport(
  { db, user }: ScopedContext,
  { id, onDuplicate, ...reading }: PlanImportInput,
): Promise<{ items: ImportPreviewRow[] }> {
  const file = await getImportRow(db, { id, userId: user.id })
  await checkMapping(db, reading.mapping, file.columns)
  const plan = await loadPlan(db, reading)
  const place = { importId: id, afterRow: 0, limit: IMPORT_PREVIEW_ROWS }
  const candidates = await readCandidates(db, place, plan)
  const known = await findPeople(db, { candidates })
  const planned = planRows(candidates, known, { fields: plan.fields, onDuplicate })
  return { items: planned.map(toPreview) }
}

function toPreview({ candidate, outcome, reason, problems, person }: PlannedRow): ImportPreviewRow {
  const { rowNumber, values, fields } = candidate
  const match = person && outcome !== 'created' ? person : null
  return {
    rowNumber,
    outcome,
    reason,
    problems,
    values,
    fields,
    match: match && { name: match.name, customerId: match.isCustomer ? match.id : null },
  }
}
