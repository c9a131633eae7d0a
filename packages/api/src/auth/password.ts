import { hash, verify } from '@node-rs/argon2'

/**
 * Argon2id with the parameters of the OWASP Password Storage Cheat Sheet (19 MiB, 2 passes, 1 lane).
 * The package's default algorithm is argon2id; a test reads it back from the hash.
 */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID)
}

/** False for a wrong password and for a hash that cannot be read. */
export async function verifyPassword(stored: { hash: string; password: string }): Promise<boolean> {
  try {
    return await verify(stored.hash, stored.password)
  } catch {
    return false
  }
}
