import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import type { RecordChange } from '../change/transact.ts'

/** A transaction in which something is done to conversations, and in whose name. */
export interface Acting {
  trx: Transaction<TenantTables>
  record: RecordChange
  /** null: nobody did it by hand. */
  actorId: string | null
  /** The rule that does it: whoever is given a conversation by one is told so. */
  ruleId?: string
}
