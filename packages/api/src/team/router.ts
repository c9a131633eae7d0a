import { guarded, router } from '../trpc.ts'
import { listTeams } from './queries.ts'
import { CreateTeamInput, TeamIdInput, UpdateTeamInput } from './schema.ts'
import { createTeam, deleteTeam, updateTeam } from './teams.ts'

export const teamRouter = router({
  list: guarded('chat:read').query(({ ctx }) => listTeams(ctx.db)),

  create: guarded('chat:configure')
    .input(CreateTeamInput)
    .mutation(({ ctx, input }) => createTeam(ctx, input)),

  update: guarded('chat:configure')
    .input(UpdateTeamInput)
    .mutation(({ ctx, input }) => updateTeam(ctx, input)),

  delete: guarded('chat:configure')
    .input(TeamIdInput)
    .mutation(({ ctx, input }) => deleteTeam(ctx, input)),
})
