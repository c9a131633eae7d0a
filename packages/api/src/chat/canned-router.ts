import { guardedPersonal, router } from '../trpc.ts'
import {
  createCannedReply,
  listCannedReplies,
  removeCannedReply,
  updateCannedReply,
} from './canned-replies.ts'
import { CannedReplyIdInput, CreateCannedReplyInput, UpdateCannedReplyInput } from './schema.ts'

export const cannedReplyRouter = router({
  list: guardedPersonal('chat:reply').query(({ ctx }) => listCannedReplies(ctx.db, { userId: ctx.user.id })),

  create: guardedPersonal('chat:reply')
    .input(CreateCannedReplyInput)
    .mutation(({ ctx, input }) => createCannedReply(ctx, input)),

  update: guardedPersonal('chat:reply')
    .input(UpdateCannedReplyInput)
    .mutation(({ ctx, input }) => updateCannedReply(ctx, input)),

  remove: guardedPersonal('chat:reply')
    .input(CannedReplyIdInput)
    .mutation(({ ctx, input }) => removeCannedReply(ctx, input)),
})
