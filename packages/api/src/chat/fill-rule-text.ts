import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { DomainError } from '../errors.ts'
import { fillIn, listUnfilled } from './schema.ts'

/** A text of a rule with what is known of the customer. INVALID if a place would stay: nothing leaves with a gap. */
export async function fillRuleText(
  trx: Transaction<TenantTables>,
  { body, customerId }: { body: string; customerId: string },
): Promise<string> {
  const { name, company, email, phone } = await trx
    .selectFrom('customers')
    .select(['name', 'company', 'email', 'phone'])
    .where('id', '=', customerId)
    .executeTakeFirstOrThrow()
  const text = fillIn(body, {
    'customer.name': name,
    'customer.company': company,
    'customer.email': email,
    'customer.phone': phone,
  })
  if (listUnfilled(text).length === 0) return text
  throw new DomainError('INVALID', 'Not everything that the text names is known of this customer.')
}
