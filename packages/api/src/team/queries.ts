import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import type { Team } from './model.ts'

type Db = Kysely<TenantTables>

/** All teams by name; TEAMS_MAX at most. */
export async function listTeams(db: Db): Promise<{ items: Team[] }> {
  const teams = await db.selectFrom('teams').select(['id', 'name']).orderBy('name').execute()
  const members = await selectMembers(db).execute()
  const byTeam = Map.groupBy(members, ({ team_id }) => team_id)
  return {
    items: teams.map((team) => ({
      ...team,
      memberIds: (byTeam.get(team.id) ?? []).map(({ user_id }) => user_id),
    })),
  }
}

/** Nobody else changes it before the transaction ends. NOT_FOUND if there is none. */
export async function getTeamForUpdate(db: Db, id: string): Promise<Team> {
  const team = await db
    .selectFrom('teams')
    .select(['id', 'name'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!team) throw new DomainError('NOT_FOUND', 'This team does not exist any more.')
  const members = await selectMembers(db).where('team_members.team_id', '=', id).execute()
  return { ...team, memberIds: members.map(({ user_id }) => user_id) }
}

function selectMembers(db: Db) {
  return db
    .selectFrom('team_members')
    .innerJoin('members', 'members.user_id', 'team_members.user_id')
    .where('members.removed_at', 'is', null)
    .select(['team_members.team_id', 'team_members.user_id'])
    .orderBy('team_members.user_id')
}
