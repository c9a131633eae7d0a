import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import type { Chore } from '../change/chores.ts'
import { type RecordChange, transact, type TransactContext } from '../change/transact.ts'
import { getConversation } from './queries.ts'
import { recordEvent } from './record-event.ts'

/** How long after its time a snoozed conversation may still be snoozed. */
export const REOPEN_EVERY_MS = 15_000
/** Of one round; the rest comes with the next. */
export const REOPEN_MAX = 100

/** Opens snoozed conversations whose time has come, each in a transaction of its own. Says how many it found. */
export async function reopenSnoozed(ctx: TransactContext): Promise<number> {
  const due = await ctx.db
    .selectFrom('conversations')
    .select('id')
    .where('status', '=', 'snoozed')
    .where('snoozed_until', '<=', new Date())
    .orderBy('snoozed_until')
    .limit(REOPEN_MAX)
    .execute()
  for (const { id } of due) await transact(ctx, (trx, record) => reopen(trx, { id, record }))
  return due.length
}

/** Nothing if another process was faster, or somebody has moved the time. */
async function reopen(
  trx: Transaction<TenantTables>,
  { id, record }: { id: string; record: RecordChange },
): Promise<void> {
  const at = new Date()
  const { numUpdatedRows } = await trx
    .updateTable('conversations')
    .set({ status: 'open', snoozed_until: null, updated_at: at })
    .where('id', '=', id)
    .where('status', '=', 'snoozed')
    .where('snoozed_until', '<=', at)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return
  await recordEvent(trx, { conversationId: id, kind: 'reopened', actorId: null, at })
  record({
    kind: 'conversation.updated',
    entityId: id,
    conversation: await getConversation(trx, { id }),
    statusBefore: 'snoozed',
    isWoken: true,
  })
}

export const REOPEN_SNOOZED: Chore = {
  label: 'chat.reopen-snoozed',
  everyMs: REOPEN_EVERY_MS,
  run: reopenSnoozed,
}
