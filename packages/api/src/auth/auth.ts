import type { Kysely } from 'kysely'
import type { MasterTables } from '@sarai/db'
import type { Log, Session } from '../context.ts'
import { type AuthParts, createAuthParts } from './auth-parts.ts'
import { createBetterAuth } from './better-auth.ts'
import { findLiveSessions, findSession } from './find-session.ts'
import { createAuthHandler } from './handler.ts'
import type { CreateUserInput, SetPasswordInput } from './schema.ts'
import { createUser, setPassword } from './user.ts'

export interface AuthOptions {
  /** The control plane's database. */
  master: Kysely<MasterTables>
  /** At least 32 bytes; the key that signs cookies is derived from it. */
  secret: string
  /** Where people reach the server, as `https://desk.example`. https makes the cookie Secure. */
  baseUrl: string
  /** Faults of the library are logged here; never an address, a password or a cookie. */
  log?: Log
}

/** All that the rest of the code knows of signing in. */
export interface Auth {
  /**
   * Answers `/api/auth/sign-in/email`, `/sign-in/second-step`, `/sign-out` and `/get-session`. Throws DomainError
   * and DatabaseError; the server makes answers of them.
   *
   * @param request - as it came in
   * @param client - `address`: the caller's network address, from the socket or a trusted proxy
   */
  handler(request: Request, client?: { address: string }): Promise<Response>
  /** Who sent these headers; null without a live session. Reads only: a look-up never prolongs a session. */
  findSession(headers: Headers): Promise<Session | null>
  /** Which of these sessions, by their ids, still live: one statement for all of them. */
  findLiveSessions(sessionIds: readonly string[]): Promise<ReadonlySet<string>>
  /** For the procedures about people's own accounts. */
  readonly parts: AuthParts
  /** A person who can sign in. CONFLICT, with `details.userId`, if the e-mail is taken. */
  createUser(input: CreateUserInput): Promise<{ id: string; name: string; email: string }>
  /** Replaces the password and ends every session of the user. */
  setPassword(input: SetPasswordInput): Promise<void>
}

/**
 * Signing in, on the master database.
 *
 * @example
 * const auth = createAuth({ master: database.master, secret, baseUrl: 'http://localhost:3000' })
 * const session = await auth.findSession(new Headers(request.headers))
 */
export function createAuth({ master, secret, baseUrl, log = SILENT }: AuthOptions): Auth {
  const betterAuth = createBetterAuth({ master, secret, baseUrl, log })
  const parts = createAuthParts({ master, secret })
  return {
    handler: createAuthHandler({ ...parts, master, betterAuth }),
    parts,
    findSession: (headers) => findSession({ betterAuth, master }, headers),
    findLiveSessions: (sessionIds) => findLiveSessions(master, sessionIds),
    createUser: (input) => createUser(master, input),
    setPassword: (input) => setPassword(master, input),
  }
}

const SILENT: Log = { info() {}, warn() {}, error() {} }
