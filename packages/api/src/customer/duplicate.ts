import { isDuplicateKey, type TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import { findLiveCustomer } from './queries.ts'

const UNIQUE = [
  {
    key: 'customers_live_email',
    field: 'email',
    refusal: 'There is a customer with this e-mail address already.',
  },
  {
    key: 'customers_live_phone',
    field: 'phone',
    refusal: 'There is a customer with this phone number already.',
  },
] as const

/** Whether a statement failed because another living customer has the e-mail or the phone. */
export function isReachTaken(error: unknown): boolean {
  return UNIQUE.some(({ key }) => isDuplicateKey(error, key))
}

interface Reachable {
  email?: string | null | undefined
  phone?: string | null | undefined
}

/**
 * Turns the refusal of the unique indexes on living customers' e-mail and phone into a CONFLICT that names
 * the customer who has it. The indexes decide, so two callers at once cannot both win; this only explains.
 * Give it `db`, not the transaction that failed, whose snapshot may be older than the winner.
 */
export async function explainDuplicate(
  db: Kysely<TenantTables>,
  reachable: Reachable,
  error: unknown,
): Promise<unknown> {
  const unique = UNIQUE.find(({ key }) => isDuplicateKey(error, key))
  if (!unique) return error
  const { field, refusal } = unique
  const value = reachable[field]
  const other = value ? await findLiveCustomer(db, { field, value }) : undefined
  if (other) return new DomainError('CONFLICT', refusal, { details: { id: other.id, field }, cause: error })
  return new DomainError('CONFLICT', 'Another customer had this a moment ago. Try again.', {
    details: { field },
    cause: error,
  })
}
