import { guarded, guardedPersonal, router } from '../trpc.ts'
import { cancelScheduled, createScheduled, updateScheduled } from './change-scheduled.ts'
import { listHeld, listScheduled } from './queries.ts'
import {
  CreateScheduledInput,
  ScheduledIdInput,
  ScheduledOfConversationInput,
  SendScheduledNowInput,
  UpdateScheduledInput,
} from './schema.ts'
import { sendScheduledNow } from './send-scheduled.ts'

/** Replies that are written now and sent at their time. */
export const scheduledRouter = router({
  list: guarded('chat:read')
    .input(ScheduledOfConversationInput)
    .query(({ ctx, input }) => listScheduled(ctx.db, input)),

  /** The caller's own that are not sent before they have looked at them. */
  held: guardedPersonal('chat:reply').query(({ ctx }) => listHeld(ctx.db, { userId: ctx.user.id })),

  create: guardedPersonal('chat:reply')
    .input(CreateScheduledInput)
    .mutation(({ ctx, input }) => createScheduled(ctx, input)),

  update: guardedPersonal('chat:reply')
    .input(UpdateScheduledInput)
    .mutation(({ ctx, input }) => updateScheduled(ctx, input)),

  sendNow: guardedPersonal('chat:reply')
    .input(SendScheduledNowInput)
    .mutation(({ ctx, input }) => sendScheduledNow(ctx, input)),

  cancel: guardedPersonal('chat:reply')
    .input(ScheduledIdInput)
    .mutation(({ ctx, input }) => cancelScheduled(ctx, input)),
})
