import { type Act, isText } from '../act/schema.ts'
import type { Change } from '../change/change.ts'
import type { RecordChange } from '../change/transact.ts'
import type { Acting } from './acting.ts'
import { changeAssignee } from './assign-conversation.ts'
import type { Conversation } from './model.ts'
import { getConversation } from './queries.ts'
import { changeStatus } from './set-conversation-status.ts'
import { changeLabels } from './set-labels.ts'
import { changePriority } from './set-priority.ts'
import { changeTeam } from './set-team.ts'

/** What acts can change of a conversation, and what can be taken back. */
export type Standing = Pick<
  Conversation,
  'priority' | 'assigneeId' | 'teamId' | 'labelIds' | 'status' | 'snoozedUntil'
>

export interface ActsDone {
  conversation: Conversation
  was: Standing
  became: Standing
}

const MINUTE_MS = 60_000

/**
 * Does to a locked conversation what acts say, in their order, and announces it once. What they write, the caller
 * writes: it has an author and a place in the order of messages.
 *
 * @throws DomainError NOT_FOUND for a label, team or member that is gone; CONFLICT for a label too many
 */
export async function runActs(
  acting: Acting,
  { id, acts }: { id: string; acts: readonly Act[] },
): Promise<ActsDone> {
  const was = toStanding(await getConversation(acting.trx, { id }))
  await doQuietly(acting, async (quiet) => {
    for (const act of acts) if (!isText(act)) await runAct(quiet, { id, act })
  })
  const conversation = await getConversation(acting.trx, { id })
  return { conversation, was, became: toStanding(conversation) }
}

export function toStanding(conversation: Conversation): Standing {
  const { priority, assigneeId, teamId, labelIds, status, snoozedUntil } = conversation
  return { priority, assigneeId, teamId, labelIds, status, snoozedUntil }
}

type Update = Extract<Change, { kind: 'conversation.created' | 'conversation.updated' }>

/** Several changes of one conversation in one transaction: nobody ever sees it in between, so all hear of the last alone. */
export async function doQuietly(acting: Acting, work: (quiet: Acting) => Promise<void>): Promise<void> {
  const updates: Update[] = []
  const record: RecordChange = (change) => {
    if (change.kind === 'conversation.updated') updates.push(change)
    else acting.record(change)
  }
  await work({ ...acting, record })
  const last = updates.at(-1)
  if (!last) return
  const assignedBy = updates.findLast((update) => update.assignedBy !== undefined)?.assignedBy
  const statusBefore = updates.find((update) => update.statusBefore !== undefined)?.statusBefore
  acting.record({
    ...last,
    ...(assignedBy !== undefined && { assignedBy }),
    ...(statusBefore !== undefined && statusBefore !== last.conversation.status && { statusBefore }),
  })
}

async function runAct(acting: Acting, { id, act }: { id: string; act: Act }): Promise<unknown> {
  switch (act.kind) {
    case 'addLabel':
      return changeLabels(acting, { id, add: [act.labelId] })
    case 'removeLabel':
      return changeLabels(acting, { id, remove: [act.labelId] })
    case 'setPriority':
      return changePriority(acting, { id, priority: act.priority })
    case 'assign':
      return changeAssignee(acting, { id, assigneeId: act.assigneeId })
    case 'take':
      return changeAssignee(acting, { id, assigneeId: acting.actorId })
    case 'setTeam':
      return changeTeam(acting, { id, teamId: act.teamId })
    case 'setStatus':
      return changeStatus(acting, { id, status: act.status })
    case 'snooze': {
      const snoozedUntil = new Date(Date.now() + act.minutes * MINUTE_MS).toISOString()
      return changeStatus(acting, { id, status: 'snoozed', snoozedUntil })
    }
    case 'reply':
    case 'note':
      return undefined
  }
}
