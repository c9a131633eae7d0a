import { guarded, router } from '../trpc.ts'
import { createMacro, deleteMacro, listMacros, updateMacro } from './macros.ts'
import { CreateMacroInput, MacroIdInput, UpdateMacroInput } from './schema.ts'

/** What macros there are. They are run by `chat.macro`. */
export const macroRouter = router({
  list: guarded('chat:read').query(({ ctx }) => listMacros(ctx.db)),

  create: guarded('chat:configure')
    .input(CreateMacroInput)
    .mutation(({ ctx, input }) => createMacro(ctx, input)),

  update: guarded('chat:configure')
    .input(UpdateMacroInput)
    .mutation(({ ctx, input }) => updateMacro(ctx, input)),

  delete: guarded('chat:configure')
    .input(MacroIdInput)
    .mutation(({ ctx, input }) => deleteMacro(ctx, input)),
})
