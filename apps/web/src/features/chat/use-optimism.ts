import type { Conversation, ConversationForMember } from '@sarai/api'
import { findConversation, putConversation } from './chat-cache.ts'
import { useChatDesk } from './chat-desk.ts'

/** What a write shows before the server has answered, and takes back if it refuses. */
export function useOptimism() {
  const { cache } = useChatDesk()
  const { queryClient, trpc } = cache
  return {
    findMemberName(id: string | null): string | null {
      const members = queryClient.getQueryData(trpc.chat.member.list.queryKey())
      return members?.items.find((member) => member.id === id)?.name ?? null
    },
    /** Says how it was; undefined: it is not loaded. */
    begin(
      id: string,
      change: (known: ConversationForMember) => Partial<Conversation>,
    ): ConversationForMember | undefined {
      const before = findConversation(cache, id)
      if (before) putConversation(cache, { ...before, ...change(before) })
      return before
    },
    finish(answer: Conversation): void {
      const known = findConversation(cache, answer.id)
      if (known) putConversation(cache, { ...answer, lastReadSeq: known.lastReadSeq, unread: known.unread })
    },
    takeBack(before: ConversationForMember | undefined): void {
      if (before) putConversation(cache, before)
    },
  }
}
