import type { Permission } from '@sarai/api/permission/schema'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { ChatCache } from './chat-cache.ts'
import type { FileUploads } from './file-uploads.ts'
import type { OutboxRunner } from './outbox-runner.ts'
import type { Outbox } from './outbox.ts'
import type { PresenceTeller } from './presence-teller.ts'
import type { Words } from '../../lib/words.ts'

/** Who works here, with what. */
export interface ChatDesk {
  me: { id: string; name: string }
  can: (permission: Permission) => boolean
  cache: ChatCache
  outbox: OutboxRunner
  uploads: FileUploads
  drafts: Words
  /** Tells the others what this tab shows. */
  presence: PresenceTeller
}

const ChatDeskContext = createContext<ChatDesk | null>(null)
export const ChatDeskProvider = ChatDeskContext.Provider

export function useChatDesk(): ChatDesk {
  const desk = useContext(ChatDeskContext)
  if (desk === null) throw new Error('useChatDesk outside the chat page')
  return desk
}

/** Everything written and not yet known to be on the server, of all conversations. */
export function useOutbox(): Outbox {
  const { outbox } = useChatDesk()
  return useSyncExternalStore(outbox.subscribe, outbox.getSnapshot)
}
