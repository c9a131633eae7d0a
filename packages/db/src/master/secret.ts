import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

export const SECRET_BYTES_MIN = 32
const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
/** The key of version 1 is derived; later ones are random and kept in the control plane, sealed under another. */
const FIRST_VERSION = 1
const SEALED = /^v([1-9]\d{0,8})\.([\w-]+)\.([\w-]+)$/

/** A key as the control plane keeps it: of no use without APP_SECRET. */
export interface SecretKey {
  version: number
  wrapped: string
}

/** What is derived from APP_SECRET. The secret itself encrypts nothing and is a password nowhere. */
export interface Keyring {
  /** Of the control plane's account on the server; the same at every start with the same secret. */
  masterPassword: string
  /** Of the key that is sealed with: the newest that is known here. */
  readonly version: number
  /** `v1.<iv>.<ciphertext and tag>`, which only opens for the same tenant: a copied row is useless. */
  seal(plaintext: string, tenantId: string): string
  /** @throws Error if the secret, the tenant, the key or a single bit is another. */
  unseal(sealed: string, tenantId: string): string
  /** Whether the key that it was sealed under is here. Another process may have made a newer one. */
  knows(sealed: string): boolean
  /** A random key of the next version, not used before it is learnt. */
  makeKey(): SecretKey
  /** @throws Error for keys of another secret. */
  learn(keys: readonly SecretKey[]): void
}

/** @throws TypeError for a secret of less than 32 bytes. */
export function makeKeyring(secret: string): Keyring {
  if (Buffer.byteLength(secret) < SECRET_BYTES_MIN) {
    throw new TypeError(`the application secret has at least ${SECRET_BYTES_MIN} bytes`)
  }
  const keys = new Map([[FIRST_VERSION, derive(secret, 'tenant account secret v1')]])
  const wrapping = derive(secret, 'key of keys v1')
  const newest = () => Math.max(...keys.keys())
  return {
    masterPassword: derive(secret, 'control plane account v1').toString('base64url'),
    get version() {
      return newest()
    },
    seal: (plaintext, tenantId) => {
      const version = newest()
      return seal({ key: keyOf(keys, version), version }, plaintext, tenantId)
    },
    unseal: (sealed, tenantId) => unseal(keyOf(keys, versionOf(sealed)), sealed, tenantId),
    knows: (sealed) => keys.has(versionOf(sealed)),
    makeKey() {
      const version = newest() + 1
      const key = randomBytes(KEY_BYTES).toString('base64url')
      return { version, wrapped: seal({ key: wrapping, version }, key, nameOf(version)) }
    },
    learn(known) {
      for (const { version, wrapped } of known)
        keys.set(version, Buffer.from(unseal(wrapping, wrapped, nameOf(version)), 'base64url'))
    },
  }
}

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'sarai', purpose, KEY_BYTES))
}

function nameOf(version: number): string {
  return `key ${version}`
}

/** 0, which no key has, for what was sealed by nobody. */
function versionOf(sealed: string): number {
  return Number(SEALED.exec(sealed)?.[1] ?? 0)
}

function keyOf(keys: ReadonlyMap<number, Buffer>, version: number): Buffer {
  const key = keys.get(version)
  if (!key) throw new Error('a sealed secret has an unknown form, or its key is not known here')
  return key
}

function seal(
  { key, version }: { key: Buffer; version: number },
  plaintext: string,
  context: string,
): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return [`v${version}`, iv.toString('base64url'), body.toString('base64url')].join('.')
}

function unseal(key: Buffer, sealed: string, context: string): string {
  const [, , ivText = '', bodyText = ''] = SEALED.exec(sealed) ?? []
  const iv = Buffer.from(ivText, 'base64url')
  const body = Buffer.from(bodyText, 'base64url')
  if (iv.length !== IV_BYTES || body.length < TAG_BYTES)
    throw new Error('a sealed secret has an unknown form, or its key is not known here')
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(body.subarray(-TAG_BYTES))
  return decipher.update(body.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
}
