import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/** Keeps a secret that has to be read again, such as the one behind a person's codes. */
export interface Seal {
  /** `v1.<iv>.<ciphertext and tag>`, which only opens for the same owner: a copied row is useless. */
  seal(plaintext: string, ownerId: string): string
  /** @throws Error if the key, the owner or a single bit is another. */
  unseal(sealed: string, ownerId: string): string
}

/** Under a key derived from the application's secret for this purpose alone. */
export function createSeal(secret: string, purpose: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, 'sarai', purpose, KEY_BYTES))
  return {
    seal(plaintext, ownerId) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(
        Buffer.from(ownerId),
      )
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return ['v1', iv.toString('base64url'), body.toString('base64url')].join('.')
    },
    unseal(sealed, ownerId) {
      const [version, ivText = '', bodyText = ''] = sealed.split('.')
      const iv = Buffer.from(ivText, 'base64url')
      const body = Buffer.from(bodyText, 'base64url')
      if (version !== 'v1' || iv.length !== IV_BYTES || body.length < TAG_BYTES)
        throw new Error('a sealed secret has an unknown form')
      const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(ownerId))
        .setAuthTag(body.subarray(-TAG_BYTES))
      return decipher.update(body.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}
