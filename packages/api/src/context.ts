import type { Database } from '@sarai/db'
import type { ChangeFeed } from './change/change-feed.ts'

/** Who is calling, as far as the rest of the code needs to know. */
export interface Session {
  id: string
  user: { id: string; name: string; email: string }
  isOperator: boolean
}

/** The part of pino's interface that procedures use. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** One HTTP request, shared by every procedure of its batch. */
export interface Context {
  requestId: string
  log: Log
  database: Database
  changes: ChangeFeed
  /** The key in the path, unchecked; null under /trpc. */
  requestedTenantKey: string | null
  /** Looked up once for each request, when the first procedure asks. */
  session: () => Promise<Session | null>
}
