import type { MasterTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { type AttemptLimit, createAttemptLimit } from './attempt-limit.ts'
import { createSeal, type Seal } from './seal.ts'

/** What procedures about a person's own account need besides the control plane. */
export interface AuthParts {
  limit: AttemptLimit
  /** For the secrets behind people's codes. */
  seal: Seal
}

export function createAuthParts({
  master,
  secret,
}: {
  master: Kysely<MasterTables>
  secret: string
}): AuthParts {
  return { limit: createAttemptLimit(master), seal: createSeal(secret, 'two-factor secret v1') }
}
