import { newId, type TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import { changedFields, writeAudit } from '../audit/write-audit.ts'
import { transact } from '../change/transact.ts'
import { countAlone } from '../count-alone.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import type { Team } from './model.ts'
import { getTeamForUpdate } from './queries.ts'
import { type CreateTeamInput, type TeamIdInput, TEAMS_MAX, type UpdateTeamInput } from './schema.ts'
import { refuseTaken } from '../refuse-taken.ts'

const TAKEN = { key: 'teams_name', userMessage: 'There is a team with this name already.' }

/** A new team. CONFLICT for a name that is taken, whatever its capitals, and at TEAMS_MAX. */
export function createTeam(ctx: ScopedContext, { name, memberIds = [] }: CreateTeamInput): Promise<Team> {
  const team = { id: newId(), name, memberIds: [...new Set(memberIds)].toSorted() }
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      await lockMembers(trx, team.memberIds)
      if ((await countAlone(trx, 'teams')) >= TEAMS_MAX) {
        throw new DomainError('CONFLICT', `A workspace has at most ${TEAMS_MAX} teams. Delete some first.`)
      }
      await trx.insertInto('teams').values({ id: team.id, name, created_at: new Date() }).execute()
      await insertMembers(trx, team)
      const { id, ...after } = team
      await writeAudit(trx, ctx, { action: 'team.created', entity: { id, name }, after })
      record({ kind: 'chat.configured', entityId: id })
      return team
    }),
    TAKEN,
  )
}

/** Another name, other members. */
export function updateTeam(ctx: ScopedContext, { id, name, memberIds }: UpdateTeamInput): Promise<Team> {
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      const before = await getTeamForUpdate(trx, id)
      const after = {
        ...before,
        ...(name !== undefined && { name }),
        ...(memberIds && { memberIds: [...new Set(memberIds)].toSorted() }),
      }
      const changed = changedFields({ ...before }, { ...after })
      if (Object.keys(changed.after).length === 0) return before
      if (memberIds) {
        await lockMembers(trx, after.memberIds)
        await trx.deleteFrom('team_members').where('team_id', '=', id).execute()
        await insertMembers(trx, after)
      }
      await trx.updateTable('teams').set({ name: after.name }).where('id', '=', id).execute()
      await writeAudit(trx, ctx, { action: 'team.updated', entity: after, ...changed })
      record({ kind: 'chat.configured', entityId: id })
      return after
    }),
    TAKEN,
  )
}

/** Its conversations belong to no team any more; who they are assigned to stays. Says how many they were. */
export function deleteTeam(ctx: ScopedContext, { id }: TeamIdInput): Promise<{ conversationsCount: number }> {
  return transact(ctx, async (trx, record) => {
    const team = await getTeamForUpdate(trx, id)
    const { numUpdatedRows } = await trx
      .updateTable('conversations')
      .set({ team_id: null })
      .where('team_id', '=', id)
      .executeTakeFirstOrThrow()
    await trx.deleteFrom('teams').where('id', '=', id).execute()
    await writeAudit(trx, ctx, { action: 'team.deleted', entity: team })
    record({ kind: 'chat.configured', entityId: id })
    return { conversationsCount: Number(numUpdatedRows) }
  })
}

/** So that they are not removed meanwhile. NOT_FOUND for who is no member, before anything is said of the team. */
async function lockMembers(trx: Transaction<TenantTables>, memberIds: readonly string[]): Promise<void> {
  if (memberIds.length === 0) return
  const live = await trx
    .selectFrom('members')
    .select('user_id')
    .where('user_id', 'in', memberIds)
    .where('removed_at', 'is', null)
    .forUpdate()
    .execute()
  if (live.length < memberIds.length) {
    throw new DomainError('NOT_FOUND', 'One of them is not a member of the workspace any more.')
  }
}

async function insertMembers(trx: Transaction<TenantTables>, { id, memberIds }: Team): Promise<void> {
  if (memberIds.length === 0) return
  await trx
    .insertInto('team_members')
    .values(memberIds.map((user_id) => ({ team_id: id, user_id })))
    .execute()
}
