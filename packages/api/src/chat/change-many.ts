import { DomainError, type DomainErrorCode } from '../errors.ts'
import type { Conversation } from './model.ts'

export interface ManyChanged {
  changed: Conversation[]
  /** Those that are as they were, and why. */
  refused: { id: string; code: DomainErrorCode }[]
}

/**
 * The same workflow for each of some conversations, one transaction after the other: what one refuses stops none of the
 * others, and nobody who works in one of them waits for all. Each is announced by itself.
 */
export async function changeMany<Item extends { id: string }>(
  items: readonly Item[],
  change: (item: Item) => Promise<Conversation>,
): Promise<ManyChanged> {
  const done: ManyChanged = { changed: [], refused: [] }
  for (const item of items) {
    try {
      done.changed.push(await change(item))
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      done.refused.push({ id: item.id, code: error.code })
    }
  }
  return done
}
