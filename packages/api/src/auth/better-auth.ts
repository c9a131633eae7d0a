import { hkdfSync } from 'node:crypto'
import { type MasterTables, newId } from '@sarai/db'
import { betterAuth } from 'better-auth'
import type { Kysely } from 'kysely'
import type { Log } from '../context.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './schema.ts'

/** A session ends after so long without a visit. */
export const SESSION_MAX_AGE_S = 30 * 24 * 60 * 60
/** A visit prolongs a session at most this often. */
const SESSION_PROLONG_AFTER_S = 24 * 60 * 60
export const USER_AGENT_LENGTH_MAX = 512

export interface BetterAuthOptions {
  master: Kysely<MasterTables>
  secret: string
  /** Where people reach the server; https makes the cookie Secure. */
  baseUrl: string
  log: Log
}

export type BetterAuth = ReturnType<typeof createBetterAuth>

/** better-auth with everything that is not a password or a session switched off. */
export function createBetterAuth({ master, secret, baseUrl, log }: BetterAuthOptions) {
  const key = sessionKey(secret)
  return betterAuth({
    appName: 'Sarai',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret: key,
    // Named here so that the library's own environment variables change nothing.
    secrets: [{ version: 1, value: key }],
    database: { db: master, type: 'mysql', transaction: true },
    telemetry: { enabled: false },
    // Failed sign-ins are counted in attempt-limit.ts, by account as well as by address.
    rateLimit: { enabled: false },
    emailAndPassword: PASSWORD_RULES,
    ...TABLES,
    session: {
      ...TABLES.session,
      expiresIn: SESSION_MAX_AGE_S,
      updateAge: SESSION_PROLONG_AFTER_S,
      // Off: a session that has been revoked ends with the next request, not when a cache expires.
      cookieCache: { enabled: false },
    },
    advanced: {
      cookiePrefix: 'sarai',
      useSecureCookies: baseUrl.startsWith('https://'),
      // The server checks Origin and Sec-Fetch-Site of every request that changes something, in one place.
      disableCSRFCheck: true,
      // Sessions are opened in open-session.ts, with the address that the server knows.
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => newId(), joins: true, validateSchema: false },
    },
    logger: {
      level: 'error',
      log: (_level, message, ...details) => {
        log.error({ err: details.find((detail) => detail instanceof Error) }, `sign-in: ${message}`)
      },
    },
  })
}

const PASSWORD_RULES = {
  enabled: true,
  disableSignUp: true,
  minPasswordLength: PASSWORD_LENGTH_MIN,
  maxPasswordLength: PASSWORD_LENGTH_MAX,
  password: { hash: hashPassword, verify: verifyPassword },
}

/** The secret seals tenants' credentials as well; what signs cookies is a key of its own. */
function sessionKey(secret: string): string {
  return Buffer.from(hkdfSync('sha256', secret, '', 'sarai session cookies', 32)).toString('base64url')
}

/** The master database's names for better-auth's models. */
const TABLES = {
  user: {
    modelName: 'users',
    fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
  session: {
    modelName: 'sessions',
    fields: {
      userId: 'user_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  account: {
    modelName: 'accounts',
    fields: {
      userId: 'user_id',
      accountId: 'account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  verification: {
    modelName: 'verifications',
    fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
} as const
