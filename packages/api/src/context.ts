import type { Database } from '@sarai/db'
import type { AuthParts } from './auth/auth-parts.ts'
import type { ChangeFeed } from './change/change-feed.ts'
import type { ChangeSink } from './change/change-sink.ts'
import type { Files } from './file/files.ts'
import type { JobRunner } from './job/job-runner.ts'
import type { Mail } from './mail/mail.ts'
import type { Entered } from './enter.ts'

/** Who is calling, as far as the rest of the code needs to know. */
export interface Session {
  id: string
  user: { id: string; name: string; email: string }
  isOperator: boolean
}

/** From where somebody calls, as far as it can be known. */
export interface Client {
  /** From the socket or a trusted proxy, never from a header that anybody may write. */
  address: string
  userAgent: string | null
}

/** The part of pino's interface that procedures use. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What the server knows of an HTTP request before any procedure runs. */
export interface RequestParts {
  requestId: string
  log: Log
  database: Database
  changes: ChangeFeed
  jobs: Pick<JobRunner, 'wake'>
  files: Files
  auth: AuthParts
  /** null: no mail server is set; links are shown to be passed on by hand. */
  mail: Mail | null
  /** Where people reach the server, as `https://desk.example`; links in mails begin with it. */
  baseUrl: string
  client: Client
  /** The key in the path, unchecked; null under /trpc. */
  requestedTenantKey: string | null
  /** The API key that was sent, unchecked. Then it alone says who calls: a session beside it counts for nothing. */
  apiKey?: string | null | undefined
  /** Looks the session up. Called at most once for each request, and only if a procedure asks. */
  session: () => Promise<Session | null>
  /** Where a stream of changes is to be written; left out: whoever calls takes its events one by one. */
  sink?: ChangeSink | undefined
}

/**
 * What the first procedure of a batch asked and the others share: answers, never a connection.
 * Filled by trpc.ts alone, dies with the request.
 */
export interface RequestMemo {
  session?: Promise<Session | null>
  entered?: Promise<Entered>
}

/** One HTTP request, shared by every procedure of its batch. */
export interface Context extends RequestParts {
  readonly memo: RequestMemo
}

/** Makes the context of one HTTP request. Never reuse it for a second one: it remembers who was let in. */
export function createContext(parts: RequestParts): Context {
  return { ...parts, memo: {} }
}
