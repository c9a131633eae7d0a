import { tracked } from '@trpc/server'
import { guarded, guardedPersonal, guardedStream, router } from '../trpc.ts'
import { assignConversation } from './assign-conversation.ts'
import { discardAttachment } from './discard-attachment.ts'
import { cannedReplyRouter } from './canned-router.ts'
import { deleteMessage, editMessage } from './change-message.ts'
import { countConversations } from './count-conversations.ts'
import { createConversation } from './create-conversation.ts'
import { listConversations } from './list-conversations.ts'
import { listVersions } from './list-versions.ts'
import { macroRunRouter } from './macro-router.ts'
import { manyRouter } from './many-router.ts'
import { markRead } from './mark-read.ts'
import { getConversationForMember, listAssignableMembers, listMessages } from './queries.ts'
import {
  AssignConversationInput,
  AttachmentIdInput,
  ChangesInput,
  ConversationIdInput,
  CountConversationsInput,
  CreateConversationInput,
  EditMessageInput,
  ListConversationsInput,
  ListMessagesInput,
  MarkReadInput,
  MessageIdInput,
  SendMessageInput,
  SetConversationStatusInput,
  SetLabelsInput,
  SetPriorityInput,
  SetTeamInput,
} from './schema.ts'
import { ruleRunRouter } from './rule-router.ts'
import { SearchMessagesInput } from './search-schema.ts'
import { searchMessages } from './search-messages.ts'
import { sendMessage } from './send-message.ts'
import { setConversationStatus } from './set-conversation-status.ts'
import { setLabels } from './set-labels.ts'
import { setPriority } from './set-priority.ts'
import { setTeam } from './set-team.ts'
import { ListVersionsInput } from './version-schema.ts'
import { conversationViewRouter } from './view-router.ts'

const conversationRouter = router({
  list: guarded('chat:read')
    .input(ListConversationsInput)
    .query(({ ctx, input }) => listConversations(ctx.db, { ...input, userId: ctx.user.id })),

  /** How many each list has; to be shown beside it. */
  counts: guarded('chat:read')
    .input(CountConversationsInput)
    .query(({ ctx, input }) => countConversations(ctx.db, { ...input, userId: ctx.user.id })),

  byId: guarded('chat:read')
    .input(ConversationIdInput)
    .query(({ ctx, input }) => getConversationForMember(ctx.db, { ...input, userId: ctx.user.id })),

  create: guarded('chat:reply')
    .input(CreateConversationInput)
    .mutation(({ ctx, input }) => createConversation(ctx, input)),

  setStatus: guarded('chat:resolve')
    .input(SetConversationStatusInput)
    .mutation(({ ctx, input }) => setConversationStatus(ctx, input)),

  assign: guarded('chat:assign')
    .input(AssignConversationInput)
    .mutation(({ ctx, input }) => assignConversation(ctx, input)),

  setTeam: guarded('chat:assign')
    .input(SetTeamInput)
    .mutation(({ ctx, input }) => setTeam(ctx, input)),

  setLabels: guarded('chat:assign')
    .input(SetLabelsInput)
    .mutation(({ ctx, input }) => setLabels(ctx, input)),

  setPriority: guarded('chat:assign')
    .input(SetPriorityInput)
    .mutation(({ ctx, input }) => setPriority(ctx, input)),

  markRead: guardedPersonal('chat:read')
    .input(MarkReadInput)
    .mutation(({ ctx, input }) => markRead(ctx, input)),
})

const messageRouter = router({
  list: guarded('chat:read')
    .input(ListMessagesInput)
    .query(({ ctx, input }) => listMessages(ctx.db, input)),

  /** By their words, the newest first. A page may be short or empty and still have a next one: it stops in good time. */
  search: guarded('chat:read')
    .input(SearchMessagesInput)
    .query(({ ctx, input }) => searchMessages(ctx.db, input)),

  /** What stood in it before it was edited, the last first; of a deleted one: nothing, to nobody. */
  versions: guarded('chat:read')
    .input(ListVersionsInput)
    .query(({ ctx, input }) => listVersions(ctx.db, input)),

  send: guarded('chat:reply')
    .input(SendMessageInput)
    .mutation(({ ctx, input }) => sendMessage(ctx, input)),

  edit: guarded('chat:reply')
    .input(EditMessageInput)
    .mutation(({ ctx, input }) => editMessage(ctx, input)),

  remove: guarded('chat:reply')
    .input(MessageIdInput)
    .mutation(({ ctx, input }) => deleteMessage(ctx, input)),
})

const attachmentRouter = router({
  /** A file that waits is not sent after all. Bytes come and go by `/t/:tenantKey/files`. */
  discard: guarded('chat:reply')
    .input(AttachmentIdInput)
    .mutation(({ ctx, input }) => discardAttachment(ctx, input)),
})

const memberRouter = router({
  /** Whom a conversation can be assigned to. */
  list: guarded('chat:read').query(({ ctx }) => listAssignableMembers(ctx.db)),
})

export const chatRouter = router({
  conversation: conversationRouter,
  many: manyRouter,
  message: messageRouter,
  attachment: attachmentRouter,
  member: memberRouter,
  cannedReply: cannedReplyRouter,
  macro: macroRunRouter,
  rule: ruleRunRouter,
  view: conversationViewRouter,

  /** Every change of the tenant that the member may see, in commit order; resumes after `lastEventId`. */
  changes: guardedStream('chat:read')
    .input(ChangesInput)
    .subscription(async function* ({ ctx, input, signal }) {
      const reader = {
        tenant: ctx.tenant,
        userId: ctx.user.id,
        permission: 'chat:read' as const,
        access: ctx.access,
        afterSeq: toSeq(input?.lastEventId),
        signal,
      }
      if (ctx.sink) return ctx.changes.push(reader, ctx.sink)
      for await (const { seq, event } of ctx.changes.follow(reader)) yield tracked(String(seq), event)
    }),
})

function toSeq(lastEventId: string | null | undefined): number | undefined {
  return lastEventId ? Number(lastEventId) : undefined
}
