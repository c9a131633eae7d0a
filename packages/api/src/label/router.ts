import { guarded, router } from '../trpc.ts'
import { createLabel, deleteLabel, listLabels, updateLabel } from './labels.ts'
import { CreateLabelInput, LabelIdInput, UpdateLabelInput } from './schema.ts'

export const labelRouter = router({
  list: guarded('chat:read').query(({ ctx }) => listLabels(ctx.db)),

  create: guarded('chat:configure')
    .input(CreateLabelInput)
    .mutation(({ ctx, input }) => createLabel(ctx, input)),

  update: guarded('chat:configure')
    .input(UpdateLabelInput)
    .mutation(({ ctx, input }) => updateLabel(ctx, input)),

  delete: guarded('chat:configure')
    .input(LabelIdInput)
    .mutation(({ ctx, input }) => deleteLabel(ctx, input)),
})
