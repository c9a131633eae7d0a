import { countCustomers } from '../customer/count-customers.ts'
import { guarded, guardedPersonal, router } from '../trpc.ts'
import { archiveMany } from './archive-many.ts'
import { assignMany } from './assign-many.ts'
import {
  ArchiveMatchingInput,
  ArchiveTheseInput,
  AssignMatchingInput,
  AssignTheseInput,
  CountInput,
  TagMatchingInput,
  TagTheseInput,
} from './schema.ts'
import { tagMany } from './tag-many.ts'

/** Many customers at once. Each answers with a job, whose progress `job.byId` tells and which `job.undo` takes back. */
export const bulkRouter = router({
  count: guarded('customer:read')
    .input(CountInput)
    .query(async ({ ctx, input }) => ({
      count: await countCustomers(ctx.db, { ...input, userId: ctx.user.id }),
    })),
  tag: guardedPersonal('customer:update')
    .input(TagTheseInput)
    .mutation(({ ctx, input }) => tagMany(ctx, input)),
  tagMatching: guardedPersonal('customer:update')
    .input(TagMatchingInput)
    .mutation(({ ctx, input }) => tagMany(ctx, input)),
  assign: guardedPersonal('customer:update')
    .input(AssignTheseInput)
    .mutation(({ ctx, input }) => assignMany(ctx, input)),
  assignMatching: guardedPersonal('customer:update')
    .input(AssignMatchingInput)
    .mutation(({ ctx, input }) => assignMany(ctx, input)),
  archive: guardedPersonal('customer:archive')
    .input(ArchiveTheseInput)
    .mutation(({ ctx, input }) => archiveMany(ctx, input)),
  archiveMatching: guardedPersonal('customer:archive')
    .input(ArchiveMatchingInput)
    .mutation(({ ctx, input }) => archiveMany(ctx, input)),
})
