import type { CustomerRow, TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { DomainError } from '../errors.ts'
import { mergedAlready, unknownCustomers } from './refusals.ts'
import type { MergeCustomersInput } from './schema.ts'

/** The survivor and the others in their order, locked in that of their ids: two who merge the same do not wait in a ring. */
export async function lockForMerge(
  trx: Transaction<TenantTables>,
  { survivorId, survivorVersion, merged }: MergeCustomersInput,
): Promise<[CustomerRow, ...CustomerRow[]]> {
  const asked = [{ id: survivorId, version: survivorVersion }, ...merged]
  const rows = await lockCustomers(
    trx,
    asked.map(({ id }) => id),
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const people = asked.flatMap(({ id }) => byId.get(id) ?? [])
  const [survivor, ...others] = people
  if (!survivor || people.length < asked.length) throw unknownCustomers()
  if (byId.size < asked.length) throw repeated()
  for (const { id, version } of asked) refuseChanged(byId.get(id), version)
  if (survivor.archived_at !== null) {
    throw new DomainError('CONFLICT', 'Who stays is archived. Restore them first, or let another stay.', {
      details: { id: survivor.id, reason: 'archived' },
    })
  }
  return [survivor, ...others]
}

export function lockCustomers(
  trx: Transaction<TenantTables>,
  ids: readonly string[],
): Promise<CustomerRow[]> {
  return trx.selectFrom('customers').selectAll().where('id', 'in', ids).orderBy('id').forUpdate().execute()
}

function repeated(): DomainError {
  return new DomainError('INVALID', 'A customer cannot be merged with itself.', {
    fields: { merged: ['Each customer once.'] },
  })
}

function refuseChanged(row: CustomerRow | undefined, version: number): void {
  if (!row) return
  if (row.merged_into !== null) {
    throw mergedAlready({ id: row.id, mergedInto: row.merged_into, reason: 'merged' })
  }
  if (row.version === version) return
  throw new DomainError(
    'CONFLICT',
    'Somebody has changed one of these customers. Look at the values again.',
    {
      details: { id: row.id, reason: 'changed' },
    },
  )
}
