import { indexCustomers, type TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { recordCustomerEvents } from '../customer/record-customer-event.ts'
import { findPeople } from './find-people.ts'
import { isReachTaken } from '../customer/duplicate.ts'
import { type PlannedRow, planRows } from './plan-rows.ts'
import type { Candidate } from './read-row.ts'
import { columnsOf, type SettledRow, type WritingPlan } from './settled-row.ts'
import { updateCustomers } from './update-customers.ts'

type Trx = Transaction<TenantTables>

/** Decides what becomes of the rows, does it, and says what became of them, in their order. */
export async function writeRows(
  trx: Trx,
  candidates: readonly Candidate[],
  plan: WritingPlan,
): Promise<SettledRow[]> {
  const planned = await insertNew(trx, candidates, plan)
  const updated = await updateCustomers(
    trx,
    planned.filter(({ outcome }) => outcome === 'updated'),
    plan,
  )
  return planned.map((row) => updated.get(row.candidate.rowNumber) ?? toSettled(row))
}

function toSettled({ candidate, outcome, reason, problems, person }: PlannedRow): SettledRow {
  const entityId = outcome === 'created' || person?.isCustomer ? (person?.id ?? null) : null
  const details = problems.length > 0 ? { problems } : outcome === 'created' ? { version: 1 } : null
  return { rowNumber: candidate.rowNumber, outcome, reason, entityId, details }
}

/**
 * Nothing of the rows is written before the new customers are. If somebody else has made one of them meanwhile, which the
 * unique indexes tell, it is decided anew, with locks on what was looked at.
 */
async function insertNew(
  trx: Trx,
  candidates: readonly Candidate[],
  plan: WritingPlan,
): Promise<PlannedRow[]> {
  const attempt = async (lock?: 'locked') => {
    const known = await findPeople(trx, { candidates, ...(lock && { lock }) })
    const planned = planRows(candidates, known, plan)
    await insertCustomers(
      trx,
      planned.filter(({ outcome }) => outcome === 'created'),
      plan,
    )
    return planned
  }
  try {
    return await attempt()
  } catch (error) {
    if (!isReachTaken(error)) throw error
    return attempt('locked')
  }
}

/** INSERT INTO customers; then their words, their fields and the line of their timeline, each in one statement. */
async function insertCustomers(trx: Trx, rows: readonly PlannedRow[], plan: WritingPlan): Promise<void> {
  const made = rows.flatMap(({ person, candidate }) => (person ? [{ id: person.id, candidate }] : []))
  if (made.length === 0) return
  const now = new Date()
  const times = { created_by: plan.userId, created_at: now, updated_at: now }
  await trx
    .insertInto('customers')
    .values(
      made.map(({ id, candidate }) => ({
        ...columnsOf(candidate),
        name: candidate.values.name ?? '',
        id,
        ...times,
      })),
    )
    .execute()
  await indexCustomers(
    trx,
    made.map(({ id }) => id),
  )
  const values = made.flatMap(({ id, candidate: { fields } }) =>
    Object.entries(fields).map(([fieldId, value]) => ({
      customer_id: id,
      field_id: fieldId,
      value: String(value),
    })),
  )
  if (values.length > 0) await trx.insertInto('customer_field_values').values(values).execute()
  await recordCustomerEvents(
    trx,
    made.map(({ id }) => ({
      customerId: id,
      actorId: plan.userId,
      event: { kind: 'imported', file: plan.fileName },
    })),
  )
}
