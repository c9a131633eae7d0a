import type { FieldValue } from '../customer/model.ts'
import type { ImportOutcome, ImportProblem, ImportReason } from './model.ts'
import type { Candidate, ReadingPlan } from './read-row.ts'
import type { ImportDuplicates } from './schema.ts'

/** Everything that decides what becomes of rows, and in whose name it is done. */
export interface WritingPlan extends ReadingPlan {
  onDuplicate: ImportDuplicates
  userId: string
  fileName: string
}

/** Columns of a customer that a row can fill. */
export const CUSTOMER_DETAILS = ['name', 'email', 'phone', 'company', 'city', 'about', 'owner_id'] as const
export type CustomerDetail = (typeof CUSTOMER_DETAILS)[number]

/** What a row says, as the customer's row has it. */
export function columnsOf({ values, ownerId }: Pick<Candidate, 'values' | 'ownerId'>) {
  const { owner: _name, ...details } = values
  return { ...details, owner_id: ownerId } satisfies Record<CustomerDetail, string | null>
}

/** What taking a row back needs. */
export interface UndoDetails {
  /** The customer's version as the row left it: another one has been changed since. */
  version: number
  before?: Partial<Record<CustomerDetail, string | null>>
  fieldsBefore?: Record<string, FieldValue | null>
}

/** What became of a row, as it is kept in job_items. */
export interface SettledRow {
  rowNumber: number
  outcome: ImportOutcome
  reason: ImportReason | null
  /** The customer whom it made, changed or turned out to be. */
  entityId: string | null
  details: UndoDetails | { problems: ImportProblem[] } | null
}

export function toJobItem(jobId: string, { rowNumber, outcome, reason, entityId, details }: SettledRow) {
  return {
    job_id: jobId,
    position: rowNumber,
    entity_id: entityId,
    outcome,
    reason,
    details: details && JSON.stringify(details),
  }
}
