import type { MasterTables } from '@sarai/db'
import { parseCookies } from 'better-auth/cookies'
import { constantTimeEqual, makeSignature } from 'better-auth/crypto'
import type { Kysely } from 'kysely'
import type { Session } from '../context.ts'
import type { BetterAuth } from './better-auth.ts'

/**
 * Who sent these headers. better-auth's own look-up takes a statement more and writes; this one is asked for
 * every request of every tenant, so it is one read, and what it reads ends a revoked session at once.
 */
export async function findSession(
  { betterAuth, master }: { betterAuth: BetterAuth; master: Kysely<MasterTables> },
  headers: Headers,
): Promise<Session | null> {
  const token = await readToken(betterAuth, headers.get('cookie'))
  if (token === undefined) return null
  const row = await master
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .leftJoin('operators', 'operators.user_id', 'users.id')
    .where('sessions.token', '=', token)
    .where('sessions.expires_at', '>', new Date())
    .select([
      'sessions.id as sessionId',
      'users.id',
      'users.name',
      'users.email',
      'operators.user_id as operatorId',
    ])
    .executeTakeFirst()
  if (!row) return null
  const { sessionId, id, name, email, operatorId } = row
  return { id: sessionId, user: { id, name, email }, isOperator: operatorId !== null }
}

/** For streams, which outlive the look-up that let them in. */
export async function findLiveSessions(
  master: Kysely<MasterTables>,
  sessionIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (sessionIds.length === 0) return new Set()
  const rows = await master
    .selectFrom('sessions')
    .select('id')
    .where('id', 'in', sessionIds)
    .where('expires_at', '>', new Date())
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** The token in the cookie, if it is signed by us: a forged one costs no statement. */
async function readToken(betterAuth: BetterAuth, cookieHeader: string | null): Promise<string | undefined> {
  if (cookieHeader === null) return undefined
  const { authCookies, secret } = await betterAuth.$context
  const signed = parseCookies(cookieHeader).get(authCookies.sessionToken.name)
  const dot = signed?.lastIndexOf('.') ?? -1
  if (signed === undefined || dot < 1) return undefined
  const token = signed.slice(0, dot)
  const isOurs = constantTimeEqual(await makeSignature(token, secret), signed.slice(dot + 1))
  return isOurs ? token : undefined
}
