import { guardedPersonal, router } from '../trpc.ts'
import { countUnreadConversations } from './count-unread-conversations.ts'
import { NotificationSettings } from './schema.ts'
import { getNotificationSettings, saveNotificationSettings } from './settings.ts'

/** Each member's own: what is told to them, and how. Whoever may read conversations may be told of them. */
export const notificationRouter = router({
  settings: guardedPersonal('chat:read').query(({ ctx }) =>
    getNotificationSettings(ctx.db, { userId: ctx.user.id }),
  ),
  saveSettings: guardedPersonal('chat:read')
    .input(NotificationSettings)
    .mutation(({ ctx, input }) => saveNotificationSettings(ctx, input)),
  unread: guardedPersonal('chat:read').query(({ ctx }) =>
    countUnreadConversations(ctx.db, { userId: ctx.user.id }),
  ),
})
