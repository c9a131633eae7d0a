import { guarded, router } from '../trpc.ts'
import { getAssignmentRule } from './queries.ts'
import { saveAssignment } from './save-assignment.ts'
import { SaveAssignmentInput } from './schema.ts'

export const assignmentRouter = router({
  rule: guarded('chat:configure').query(({ ctx }) => getAssignmentRule(ctx.db)),

  save: guarded('chat:configure')
    .input(SaveAssignmentInput)
    .mutation(({ ctx, input }) => saveAssignment(ctx, input)),
})
