import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

export const SECRET_BYTES_MIN = 32
const VERSION = 'v1'
const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/** What is derived from APP_SECRET. The secret itself encrypts nothing and is a password nowhere. */
export interface Keyring {
  /** Of the control plane's account on the server; the same at every start with the same secret. */
  masterPassword: string
  /** `v1.<iv>.<ciphertext and tag>`, which only opens for the same tenant: a copied row is useless. */
  seal(plaintext: string, tenantId: string): string
  /** @throws Error if the secret, the tenant or a single bit is another. */
  unseal(sealed: string, tenantId: string): string
}

/** @throws TypeError for a secret of less than 32 bytes. */
export function makeKeyring(secret: string): Keyring {
  if (Buffer.byteLength(secret) < SECRET_BYTES_MIN) {
    throw new TypeError(`the application secret has at least ${SECRET_BYTES_MIN} bytes`)
  }
  const key = derive(secret, 'tenant account secret v1')
  return {
    masterPassword: derive(secret, 'control plane account v1').toString('base64url'),
    seal: (plaintext, tenantId) => seal(key, plaintext, tenantId),
    unseal: (sealed, tenantId) => unseal(key, sealed, tenantId),
  }
}

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'sarai', purpose, KEY_BYTES))
}

function seal(key: Buffer, plaintext: string, tenantId: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(tenantId))
  const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return [VERSION, iv.toString('base64url'), body.toString('base64url')].join('.')
}

function unseal(key: Buffer, sealed: string, tenantId: string): string {
  const [version, ivText = '', bodyText = '', ...rest] = sealed.split('.')
  const iv = Buffer.from(ivText, 'base64url')
  const body = Buffer.from(bodyText, 'base64url')
  if (version !== VERSION || rest.length > 0 || iv.length !== IV_BYTES || body.length < TAG_BYTES) {
    throw new Error('a sealed secret has an unknown form')
  }
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(tenantId))
    .setAuthTag(body.subarray(-TAG_BYTES))
  return decipher.update(body.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
}
