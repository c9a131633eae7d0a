import { isDuplicateKey, type TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import { findLiveCustomer } from './queries.ts'

const REFUSALS = {
  email: 'There is a customer with this e-mail address already.',
  phone: 'There is a customer with this phone number already.',
} as const

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
  if (!isDuplicateKey(error)) return error
  for (const field of ['email', 'phone'] as const) {
    const value = reachable[field]
    const other = value ? await findLiveCustomer(db, { field, value }) : undefined
    if (other) {
      return new DomainError('CONFLICT', REFUSALS[field], { details: { id: other.id, field }, cause: error })
    }
  }
  return new DomainError(
    'CONFLICT',
    'Another customer had this e-mail address or phone number a moment ago. Try again.',
    {
      cause: error,
    },
  )
}
