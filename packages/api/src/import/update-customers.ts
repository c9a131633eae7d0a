import { type CustomerRow, indexCustomers, type TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { findFieldValues, saveFieldValues } from '../customer/field-values.ts'
import type { FieldValue } from '../customer/model.ts'
import { type CustomerEventRow, recordCustomerEvents } from '../customer/record-customer-event.ts'
import { listOwnerChange } from '../customer/owner.ts'
import { isFoundBy, listChanges } from '../customer/save-customer.ts'
import type { PlannedRow } from './plan-rows.ts'
import {
  columnsOf,
  CUSTOMER_DETAILS,
  type CustomerDetail,
  type SettledRow,
  type WritingPlan,
} from './settled-row.ts'
import { isReachTaken } from '../customer/duplicate.ts'

type Trx = Transaction<TenantTables>
type Details = Partial<Record<CustomerDetail, string>>

interface Update {
  planned: PlannedRow
  row: CustomerRow
  fieldsBefore: Record<string, FieldValue>
}

/** Gives customers what their rows say, by row number. An empty cell changes nothing. */
export async function updateCustomers(
  trx: Trx,
  planned: readonly PlannedRow[],
  plan: WritingPlan,
): Promise<Map<number, SettledRow>> {
  const ids = [...new Set(planned.flatMap(({ person }) => person?.id ?? []))].toSorted()
  if (ids.length === 0) return new Map()
  const locked = await trx.selectFrom('customers').selectAll().where('id', 'in', ids).forUpdate().execute()
  const rows = new Map(locked.map((row) => [row.id, row]))
  const fields = await findFieldValues(trx, ids)
  const settled = new Map<number, SettledRow>()
  const events: CustomerEventRow[] = []
  const toIndex = new Set<string>()
  for (const each of planned) {
    const id = each.person?.id ?? ''
    const row = rows.get(id)
    const { rowNumber } = each.candidate
    if (!row || row.archived_at !== null) {
      settled.set(rowNumber, refused(each, 'customer-gone'))
      continue
    }
    const update = { planned: each, row, fieldsBefore: fields.get(id) ?? {} }
    const done = await updateCustomer(trx, update)
    settled.set(rowNumber, done.settled)
    if (!done.change) continue
    rows.set(id, done.change.row)
    fields.set(id, { ...update.fieldsBefore, ...each.candidate.fields })
    events.push({
      customerId: id,
      actorId: plan.userId,
      event: { kind: 'edited', changes: done.change.changes, file: plan.fileName },
    })
    if (isFoundBy(done.change.details)) toIndex.add(id)
  }
  await indexCustomers(trx, [...toIndex])
  await recordCustomerEvents(trx, events)
  return settled
}

interface Updated {
  settled: SettledRow
  change?: { row: CustomerRow; details: Details; changes: ReturnType<typeof listChanges> }
}

/** Of rows that change customers, those whose customer has all of it already. By row number; writes nothing. */
export async function findUnchanged(trx: Trx, planned: readonly PlannedRow[]): Promise<Set<number>> {
  const ids = [...new Set(planned.flatMap(({ person }) => (person?.isCustomer ? person.id : [])))]
  if (ids.length === 0) return new Set()
  const rows = await trx.selectFrom('customers').selectAll().where('id', 'in', ids).execute()
  const fields = await findFieldValues(trx, ids)
  const unchanged = planned.filter(({ person, candidate }) => {
    const row = rows.find(({ id }) => id === person?.id)
    return row && isEmpty({ ...differing(row, candidate), ...othersOf(candidate, fields.get(row.id)) })
  })
  return new Set(unchanged.map(({ candidate }) => candidate.rowNumber))
}

function isEmpty(given: object): boolean {
  return Object.keys(given).length === 0
}

function othersOf({ fields }: PlannedRow['candidate'], before: Record<string, FieldValue> = {}) {
  return Object.fromEntries(Object.entries(fields).filter(([id, value]) => before[id] !== value))
}

async function updateCustomer(trx: Trx, { planned, row, fieldsBefore }: Update): Promise<Updated> {
  const { candidate } = planned
  const details = differing(row, candidate)
  const given = othersOf(candidate, fieldsBefore)
  const base = { rowNumber: candidate.rowNumber, entityId: row.id, reason: null }
  if (isEmpty({ ...details, ...given })) return { settled: { ...base, outcome: 'same', details: null } }
  const version = row.version + 1
  try {
    await trx
      .updateTable('customers')
      .set({ ...details, version, updated_at: new Date() })
      .where('id', '=', row.id)
      .execute()
  } catch (error) {
    // Somebody else has had it since it was looked for.
    if (!isReachTaken(error)) throw error
    return { settled: refused(planned, 'two-customers') }
  }
  const own = await saveFieldValues(trx, { customerId: row.id, given, isNew: false })
  const undo = {
    version,
    before: pick(row, Object.keys(details) as CustomerDetail[]),
    fieldsBefore: Object.fromEntries(Object.keys(given).map((id) => [id, fieldsBefore[id] ?? null])),
  }
  return {
    settled: { ...base, outcome: 'updated', details: undo },
    change: {
      row: { ...row, ...details, version },
      details,
      changes: [
        ...listChanges(row, details),
        ...(await listOwnerChange(trx, { from: row.owner_id, to: details.owner_id })),
        ...own,
      ],
    },
  }
}

function differing(row: CustomerRow, candidate: PlannedRow['candidate']): Details {
  const values = columnsOf(candidate)
  const changed: Details = {}
  for (const detail of CUSTOMER_DETAILS) {
    const value = values[detail]
    if (value !== null && value !== row[detail]) changed[detail] = value
  }
  return changed
}

function pick(row: CustomerRow, details: readonly CustomerDetail[]) {
  return Object.fromEntries(details.map((detail) => [detail, row[detail]]))
}

function refused({ candidate, person }: PlannedRow, reason: 'customer-gone' | 'two-customers'): SettledRow {
  const { rowNumber } = candidate
  return { rowNumber, outcome: 'refused', reason, entityId: person?.id ?? null, details: null }
}
