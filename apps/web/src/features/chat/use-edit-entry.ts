import { createContext, useContext } from 'react'
import type { OutboxEntry } from './outbox.ts'

/** Takes a message that was not sent back into the composer. */
export const EditEntryContext = createContext<(entry: OutboxEntry) => void>(() => undefined)

export function useEditEntry(): (entry: OutboxEntry) => void {
  return useContext(EditEntryContext)
}
