import { RunMacroInput, UndoMacroInput } from '../macro/schema.ts'
import { guarded, router } from '../trpc.ts'
import { runMacro } from './run-macro.ts'
import { undoMacro } from './undo-macro.ts'

/** Macros at work. Each of their acts asks for its own permission besides. */
export const macroRunRouter = router({
  run: guarded('chat:read')
    .input(RunMacroInput)
    .mutation(({ ctx, input }) => runMacro(ctx, input)),

  undo: guarded('chat:read')
    .input(UndoMacroInput)
    .mutation(({ ctx, input }) => undoMacro(ctx, input)),
})
