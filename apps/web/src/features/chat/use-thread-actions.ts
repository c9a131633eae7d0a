import type { Quote, ScheduledMessage } from '@sarai/api'
import { createContext, useContext } from 'react'
import type { OutboxEntry } from './outbox.ts'

/** What can be done from a message with the rest of the thread. */
export interface ThreadActions {
  /** Takes a message that was not sent back into the composer. */
  edit: (entry: OutboxEntry) => void
  /** Takes what was to be sent later back into the composer. */
  restore: (item: ScheduledMessage) => void
  /** The composer answers this message from now on. */
  reply: (quote: Quote, isNote: boolean) => void
  /** Brings a message into sight, loading what lies between. */
  jumpTo: (seq: number) => void
  /** closed: a conversation that became a part of another. part: the same, shown within that one. */
  place: 'open' | 'closed' | 'part'
}

const NOTHING = {
  edit: () => undefined,
  restore: () => undefined,
  reply: () => undefined,
  jumpTo: () => undefined,
}
export const PART_ACTIONS: ThreadActions = { ...NOTHING, place: 'part' }

export const ThreadActionsContext = createContext<ThreadActions>({ ...NOTHING, place: 'open' })

export function useThreadActions(): ThreadActions {
  return useContext(ThreadActionsContext)
}
