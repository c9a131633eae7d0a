import { guarded, router } from '../trpc.ts'
import { listCandidates } from './list-candidates.ts'
import { listMerges } from './list-merges.ts'
import { mergeConversations } from './merge-conversations.ts'
import { previewConversationMerge } from './preview-conversation-merge.ts'
import {
  ListCandidatesInput,
  MergeConversationsInput,
  MergesOfConversationInput,
  PreviewConversationMergeInput,
  SeparateConversationsInput,
} from './schema.ts'
import { separateConversations } from './separate-conversations.ts'

/** Two conversations become one, and two again. */
export const mergeRouter = router({
  candidates: guarded('chat:read')
    .input(ListCandidatesInput)
    .query(({ ctx, input }) => listCandidates(ctx.db, input)),

  preview: guarded('chat:read')
    .input(PreviewConversationMergeInput)
    .query(({ ctx, input }) => previewConversationMerge(ctx.db, input)),

  /** The merges that made a conversation what it is. */
  of: guarded('chat:read')
    .input(MergesOfConversationInput)
    .query(({ ctx, input }) => listMerges(ctx.db, input)),

  conversations: guarded('chat:resolve')
    .input(MergeConversationsInput)
    .mutation(({ ctx, input }) => mergeConversations(ctx, input)),

  separate: guarded('chat:resolve')
    .input(SeparateConversationsInput)
    .mutation(({ ctx, input }) => separateConversations(ctx, input)),
})
