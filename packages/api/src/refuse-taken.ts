import { isDuplicateKey } from '@sarai/db'
import { DomainError } from './errors.ts'

interface Taken {
  /** The unique index that refuses it; left out: the only one that can. */
  key?: string
  /** What is taken, as the form calls it. Default: `name`. */
  field?: string
  /** What to do about it. */
  userMessage: string
}

/** Waits for what saves, and turns the refusal of a unique index into CONFLICT with `details: { field }`. */
export async function refuseTaken<T>(saved: Promise<T>, taken: Taken): Promise<T> {
  const { key, field = 'name', userMessage } = taken
  try {
    return await saved
  } catch (error) {
    if (!isDuplicateKey(error, key)) throw error
    throw new DomainError('CONFLICT', userMessage, { details: { field }, cause: error })
  }
}
