import type { NullableTimestamp, Timestamp } from './tables.ts'

/** What a program shows to call this tenant's procedures. The key itself is only said once, to who made it. */
export interface ApiKeysTable {
  id: string
  name: string
  /** SHA-256, hex. */
  token_hash: string
  /** Its first and last characters, to be told apart by. */
  hint: string
  /** What was chosen for it, with spaces between; it has no more of it than its maker has now. */
  permissions: string
  created_by: string
  created_at: Timestamp
  /** null: until it is revoked. */
  expires_at: NullableTimestamp
  /** To within API_KEY_SEEN_EVERY_MS of the api package. */
  last_used_at: NullableTimestamp
  /** Kept after it was revoked, so that what it wrote still has a name. */
  revoked_at: NullableTimestamp
}
