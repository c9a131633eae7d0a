import { createHash, randomBytes } from 'node:crypto'

const SECRET_BYTES = 32
const ID_BYTES = 16

/** 256 random bits for a link or a header. What is stored is `hashToken` of it: a stolen table opens nothing. */
export function makeToken(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** Of 256 random bits a plain hash suffices: there is nothing to guess. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** A token that says whose it is by the tenant's id, which cannot be guessed, so that trying tells nothing about keys. */
export function makeTenantToken(tenantId: string): string {
  const id = Buffer.from(tenantId.replaceAll('-', ''), 'hex')
  return Buffer.concat([id, randomBytes(SECRET_BYTES)]).toString('base64url')
}

/** Characters of a token made by makeTenantToken. */
export const TENANT_TOKEN_LENGTH = ((ID_BYTES + SECRET_BYTES) / 3) * 4

/** The tenant that a token names; undefined for what makeTenantToken cannot have made. */
export function readTenantId(token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url')
  if (token.length !== TENANT_TOKEN_LENGTH || bytes.length !== ID_BYTES + SECRET_BYTES) return undefined
  const hex = bytes.subarray(0, ID_BYTES).toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** What API keys begin with: found by those who search texts for secrets that were left in them. */
export const API_KEY_PREFIX = 'sarai_'
const HINT_START_LENGTH = API_KEY_PREFIX.length + 4
const HINT_END_LENGTH = 4

/** For a program, and what of it may be shown ever after: 24 of 256 bits. */
export function makeApiKey(tenantId: string): { secret: string; hint: string } {
  const secret = API_KEY_PREFIX + makeTenantToken(tenantId)
  return { secret, hint: `${secret.slice(0, HINT_START_LENGTH)}...${secret.slice(-HINT_END_LENGTH)}` }
}

/** The tenant that an API key names; undefined for what makeApiKey cannot have made. */
export function readTenantIdOfKey(secret: string): string | undefined {
  return secret.startsWith(API_KEY_PREFIX) ? readTenantId(secret.slice(API_KEY_PREFIX.length)) : undefined
}
