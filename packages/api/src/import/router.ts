import { guardedPersonal, router } from '../trpc.ts'
import { getImport } from './get-import.ts'
import { previewImport } from './preview-import.ts'
import { listImports, listResults } from './queries.ts'
import { ImportIdInput, ListImportResultsInput, PlanImportInput } from './schema.ts'
import { checkImport, discardImport, startImport } from './start-import.ts'

/** Files of customers; they come in by HTTP (`receiveImport`), and are whoever's who has sent them. */
export const importRouter = router({
  list: guardedPersonal('customer:import').query(({ ctx }) => listImports(ctx.db, { userId: ctx.user.id })),
  byId: guardedPersonal('customer:import')
    .input(ImportIdInput)
    .query(({ ctx, input }) => getImport(ctx.db, { ...input, userId: ctx.user.id })),
  preview: guardedPersonal('customer:import')
    .input(PlanImportInput)
    .query(({ ctx, input }) => previewImport(ctx, input)),
  check: guardedPersonal('customer:import')
    .input(PlanImportInput)
    .mutation(({ ctx, input }) => checkImport(ctx, input)),
  start: guardedPersonal('customer:import')
    .input(PlanImportInput)
    .mutation(({ ctx, input }) => startImport(ctx, input)),
  results: guardedPersonal('customer:import')
    .input(ListImportResultsInput)
    .query(({ ctx, input }) => listResults(ctx.db, { ...input, userId: ctx.user.id })),
  discard: guardedPersonal('customer:import')
    .input(ImportIdInput)
    .mutation(({ ctx, input }) => discardImport(ctx, input)),
})
