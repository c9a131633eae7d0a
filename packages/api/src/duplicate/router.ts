import { guarded, router } from '../trpc.ts'
import { forgetApart, tellApart } from './distinctions.ts'
import { findMatches } from './find-matches.ts'
import { listDuplicates } from './list-duplicates.ts'
import { mergeCustomers } from './merge-customers.ts'
import { previewMerge } from './preview-merge.ts'
import {
  FindMatchesInput,
  ListDuplicatesInput,
  MergeCustomersInput,
  PreviewMergeInput,
  TellApartInput,
  UndoMergeInput,
} from './schema.ts'
import { undoMerge } from './undo-merge.ts'

/** Customers who may be the same person, and making them one. */
export const duplicateRouter = router({
  match: guarded('customer:read')
    .input(FindMatchesInput)
    .query(({ ctx, input }) => findMatches(ctx.db, input)),
  list: guarded('customer:merge')
    .input(ListDuplicatesInput)
    .query(({ ctx, input }) => listDuplicates(ctx.db, input)),
  tellApart: guarded('customer:merge')
    .input(TellApartInput)
    .mutation(({ ctx, input }) => tellApart(ctx, input)),
  forgetApart: guarded('customer:merge')
    .input(TellApartInput)
    .mutation(({ ctx, input }) => forgetApart(ctx, input)),
  preview: guarded('customer:merge')
    .input(PreviewMergeInput)
    .query(({ ctx, input }) => previewMerge(ctx.db, input)),
  merge: guarded('customer:merge')
    .input(MergeCustomersInput)
    .mutation(({ ctx, input }) => mergeCustomers(ctx, input)),
  undoMerge: guarded('customer:merge')
    .input(UndoMergeInput)
    .mutation(({ ctx, input }) => undoMerge(ctx, input)),
})
