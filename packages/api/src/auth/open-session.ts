import { type MasterTables, newId } from '@sarai/db'
import { makeSignature } from 'better-auth/crypto'
import type { Kysely } from 'kysely'
import type { Client } from '../context.ts'
import { type BetterAuth, SESSION_MAX_AGE_S, USER_AGENT_LENGTH_MAX } from './better-auth.ts'
import { makeToken } from './token.ts'

/**
 * A new session, never one that the browser brought along, and the header that gives it to the browser. The token is
 * in the cookie alone.
 */
export async function openSession(
  { master, betterAuth }: { master: Kysely<MasterTables>; betterAuth: BetterAuth },
  { userId, client }: { userId: string; client: Client },
): Promise<{ setCookie: string }> {
  const token = makeToken()
  const now = new Date()
  await master
    .insertInto('sessions')
    .values({
      id: newId(),
      user_id: userId,
      token,
      expires_at: new Date(now.getTime() + SESSION_MAX_AGE_S * 1000),
      ip_address: client.address,
      user_agent: client.userAgent?.slice(0, USER_AGENT_LENGTH_MAX) ?? null,
      created_at: now,
      updated_at: now,
    })
    .execute()
  const { authCookies, secret } = await betterAuth.$context
  const { name, attributes } = authCookies.sessionToken
  const value = encodeURIComponent(`${token}.${await makeSignature(token, secret)}`)
  const secure = attributes.secure === true ? '; Secure' : ''
  return {
    setCookie: `${name}=${value}; Max-Age=${SESSION_MAX_AGE_S}; Path=/; HttpOnly${secure}; SameSite=Lax`,
  }
}
