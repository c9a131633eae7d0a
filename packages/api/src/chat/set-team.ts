import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import type { Acting } from './acting.ts'
import type { Conversation } from './model.ts'
import { getConversation, lockConversation } from './queries.ts'
import type { SetTeamInput } from './schema.ts'

/** Gives a conversation to a team, or to none. Whose it is among its members is a matter of its own. */
export function setTeam(ctx: ScopedContext, input: SetTeamInput): Promise<Conversation> {
  return transact(ctx, (trx, record) => changeTeam({ trx, record, actorId: ctx.user.id }, input))
}

/** The same, as a part of a longer transaction. */
export async function changeTeam(
  { trx, record }: Acting,
  { id, teamId }: SetTeamInput,
): Promise<Conversation> {
  const current = await lockConversation(trx, { id })
  if (current.team_id === teamId) return getConversation(trx, { id })
  if (teamId !== null) await requireTeam(trx, { id: teamId })
  await trx
    .updateTable('conversations')
    .set({ team_id: teamId, updated_at: new Date() })
    .where('id', '=', id)
    .execute()
  const conversation = await getConversation(trx, { id })
  record({ kind: 'conversation.updated', entityId: id, conversation })
  return conversation
}

/** Locks the team, so that it is not deleted meanwhile. */
async function requireTeam(trx: Transaction<TenantTables>, { id }: { id: string }): Promise<void> {
  const team = await trx.selectFrom('teams').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  if (!team) throw new DomainError('NOT_FOUND', 'This team does not exist any more.')
}
