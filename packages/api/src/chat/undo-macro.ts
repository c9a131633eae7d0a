import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import { requirePermission } from '../permission/access.ts'
import type { UndoMacroInput } from '../macro/schema.ts'
import type { ScopedContext } from '../trpc.ts'
import { findOwnRun } from './act-run.ts'
import type { Acting } from './acting.ts'
import { changeAssignee } from './assign-conversation.ts'
import { changeMany, type ManyChanged } from './change-many.ts'
import type { Conversation } from './model.ts'
import { getConversation, lockConversation } from './queries.ts'
import { doQuietly, type Standing, toStanding } from './run-acts.ts'
import { changeStatus } from './set-conversation-status.ts'
import { changeLabels } from './set-labels.ts'
import { changePriority } from './set-priority.ts'
import { changeTeam } from './set-team.ts'

/**
 * Takes back what the caller's runs of a macro did to conversations: what has been changed again since stays, and so does
 * what was written. A second time does nothing.
 */
export function undoMacro(ctx: ScopedContext, { items }: UndoMacroInput): Promise<ManyChanged> {
  return changeMany(items, ({ id, clientId }) =>
    transact(ctx, async (trx, record) => {
      await lockConversation(trx, { id })
      const run = await findOwnRun(trx, { conversationId: id, clientId, userId: ctx.user.id })
      if (!run?.was || !run.became) {
        throw new DomainError('NOT_FOUND', 'You have run no macro here that could be taken back.')
      }
      if (run.undone_at === null) {
        const acting = { trx, record, actorId: ctx.user.id }
        // Written by act-run.ts alone.
        const step = { id, was: run.was as Standing, became: run.became as Standing }
        await restore(acting, { ...step, demand: (each) => requirePermission(ctx.access, each) })
        await trx.updateTable('act_runs').set({ undone_at: new Date() }).where('id', '=', run.id).execute()
      }
      return getConversation(trx, { id })
    }),
  )
}

interface Step {
  id: string
  was: Standing
  became: Standing
  demand: (permission: 'chat:assign' | 'chat:resolve') => void
}

/** Each part by itself, where it still stands as it was left. */
async function restore(acting: Acting, { id, was, became, demand }: Step): Promise<void> {
  const now = toStanding(await getConversation(acting.trx, { id }))
  const isToRestore = (key: 'priority' | 'assigneeId' | 'teamId' | 'status' | 'snoozedUntil') =>
    was[key] !== became[key] && now[key] === became[key]
  await doQuietly(acting, async (quiet) => {
    await restoreLabels(quiet, { id, was, became, demand })
    if (isToRestore('priority') || isToRestore('assigneeId') || isToRestore('teamId')) demand('chat:assign')
    if (isToRestore('priority')) await changePriority(quiet, { id, priority: was.priority })
    if (isToRestore('teamId')) await changeTeam(quiet, { id, teamId: was.teamId })
    if (isToRestore('assigneeId')) await changeAssignee(quiet, { id, assigneeId: was.assigneeId })
    if (isToRestore('status') || isToRestore('snoozedUntil')) {
      demand('chat:resolve')
      await restoreStatus(quiet, { id, was })
    }
  })
}

async function restoreLabels(acting: Acting, { id, was, became, demand }: Step): Promise<void> {
  const remove = became.labelIds.filter((label) => !was.labelIds.includes(label))
  const add = await listLiving(
    acting.trx,
    was.labelIds.filter((label) => !became.labelIds.includes(label)),
  )
  if (add.length === 0 && remove.length === 0) return
  demand('chat:assign')
  await changeLabels(acting, { id, add, remove })
}

/** A label that was deleted meanwhile is on no conversation any more. */
async function listLiving(trx: Transaction<TenantTables>, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await trx.selectFrom('labels').select('id').where('id', 'in', ids).execute()
  return rows.map((row) => row.id)
}

/** A snooze that has run out meanwhile is an open conversation. */
function restoreStatus(
  acting: Acting,
  { id, was: { status, snoozedUntil } }: Pick<Step, 'id' | 'was'>,
): Promise<Conversation> {
  if (status !== 'snoozed') return changeStatus(acting, { id, status })
  const isOver = snoozedUntil === null || Date.parse(snoozedUntil) <= Date.now()
  if (isOver) return changeStatus(acting, { id, status: 'open' })
  return changeStatus(acting, { id, status, snoozedUntil })
}
