import { guardedPersonal, router } from '../trpc.ts'
import { listViews } from '../view/list-views.ts'
import { createView, deleteView, restoreView, updateView } from '../view/save-view.ts'
import { ViewIdInput } from '../view/schema.ts'
import { CONVERSATION_VIEWS, countViews } from './conversation-views.ts'
import { CreateConversationViewInput, UpdateConversationViewInput } from './view-schema.ts'

/** Each member's own, and those that the team shares. */
export const conversationViewRouter = router({
  list: guardedPersonal('chat:read').query(({ ctx }) =>
    listViews(ctx.db, CONVERSATION_VIEWS, { userId: ctx.user.id }),
  ),
  /** How many conversations each has, where that is known at once. */
  counts: guardedPersonal('chat:read').query(({ ctx }) => countViews(ctx.db, { userId: ctx.user.id })),
  create: guardedPersonal('chat:read')
    .input(CreateConversationViewInput)
    .mutation(({ ctx, input }) => createView(ctx, CONVERSATION_VIEWS, input)),
  update: guardedPersonal('chat:read')
    .input(UpdateConversationViewInput)
    .mutation(({ ctx, input }) => updateView(ctx, CONVERSATION_VIEWS, input)),
  delete: guardedPersonal('chat:read')
    .input(ViewIdInput)
    .mutation(({ ctx, input }) => deleteView(ctx, CONVERSATION_VIEWS, input)),
  restore: guardedPersonal('chat:read')
    .input(ViewIdInput)
    .mutation(({ ctx, input }) => restoreView(ctx, CONVERSATION_VIEWS, input)),
})
