import { guardedPersonal, router } from '../trpc.ts'
import { cancelJob, undoJob } from './change-job.ts'
import { JOB_KINDS } from './kinds.ts'
import { getJob, listJobs, listRefused } from './queries.ts'
import { JobIdInput, ListRefusedInput } from './schema.ts'

/** The caller's own jobs. What a job may do was decided when it was asked for, and is again at each chunk. */
export const jobRouter = router({
  list: guardedPersonal('customer:read').query(({ ctx }) =>
    listJobs(ctx.db, { userId: ctx.user.id, kinds: JOB_KINDS }),
  ),
  byId: guardedPersonal('customer:read')
    .input(JobIdInput)
    .query(({ ctx, input }) => getJob(ctx.db, { ...input, userId: ctx.user.id, kinds: JOB_KINDS })),
  refused: guardedPersonal('customer:read')
    .input(ListRefusedInput)
    .query(({ ctx, input }) => listRefused(ctx.db, { ...input, userId: ctx.user.id })),
  cancel: guardedPersonal('customer:read')
    .input(JobIdInput)
    .mutation(({ ctx, input }) => cancelJob(ctx, { ...input, kinds: JOB_KINDS })),
  undo: guardedPersonal('customer:read')
    .input(JobIdInput)
    .mutation(({ ctx, input }) => undoJob(ctx, { ...input, kinds: JOB_KINDS })),
})
