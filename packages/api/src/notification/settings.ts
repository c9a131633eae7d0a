import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { transact } from '../change/transact.ts'
import type { ScopedContext } from '../trpc.ts'
import { DEFAULT_NOTIFICATION_SETTINGS, NOTIFICATION_KINDS, NotificationSettings } from './schema.ts'

/** Rows outlive the code that wrote them: a kind that came later is at its default, one that went is left out. */
const Stored = z.object({
  kinds: z.record(z.string(), z.unknown()),
  quietHours: NotificationSettings.shape.quietHours.catch(DEFAULT_NOTIFICATION_SETTINGS.quietHours),
})

/** What a member wants to be told of, and how. */
export async function getNotificationSettings(
  db: Kysely<TenantTables>,
  { userId }: { userId: string },
): Promise<NotificationSettings> {
  const row = await db
    .selectFrom('notification_settings')
    .select('settings')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row ? readSettings(row.settings) : DEFAULT_NOTIFICATION_SETTINGS
}

/** Chooses for the caller alone, and tells their other windows. */
export async function saveNotificationSettings(
  ctx: ScopedContext,
  settings: NotificationSettings,
): Promise<NotificationSettings> {
  const userId = ctx.user.id
  const values = { settings: JSON.stringify(settings), updated_at: new Date() }
  return transact(ctx, async (trx, record) => {
    await trx
      .insertInto('notification_settings')
      .values({ user_id: userId, ...values })
      .onDuplicateKeyUpdate(values)
      .execute()
    record({ kind: 'notification.configured', entityId: userId, userId })
    return settings
  })
}

function readSettings(stored: unknown): NotificationSettings {
  const { kinds, quietHours } = Stored.parse(stored)
  const { shape } = NotificationSettings.shape.kinds
  const chosen = NOTIFICATION_KINDS.map((kind) => [
    kind,
    shape[kind].catch(DEFAULT_NOTIFICATION_SETTINGS.kinds[kind]).parse(kinds[kind]),
  ])
  return NotificationSettings.parse({ kinds: Object.fromEntries(chosen), quietHours })
}
