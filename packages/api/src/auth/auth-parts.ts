import type { MasterTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { type AttemptLimit, createAttemptLimit } from './attempt-limit.ts'
import { createRateLimit, type RateLimit } from './rate-limit.ts'
import { createSeal, type Seal } from './seal.ts'
import { API_KEY_CALLS_PER_MINUTE_MAX, API_KEY_REFUSALS_PER_MINUTE_MAX } from '../permission/schema.ts'

/** What procedures about a person's own account need besides the control plane. */
export interface AuthParts {
  limit: AttemptLimit
  /** For the secrets behind people's codes. */
  seal: Seal
  /** By key: what a program may ask for. */
  apiKeyCalls: RateLimit
  /** By address: keys that opened nothing. */
  apiKeyRefusals: RateLimit
}

export function createAuthParts({
  master,
  secret,
}: {
  master: Kysely<MasterTables>
  secret: string
}): AuthParts {
  return {
    limit: createAttemptLimit(master),
    seal: createSeal(secret, 'two-factor secret v1'),
    apiKeyCalls: createRateLimit({ max: API_KEY_CALLS_PER_MINUTE_MAX }),
    apiKeyRefusals: createRateLimit({ max: API_KEY_REFUSALS_PER_MINUTE_MAX }),
  }
}
