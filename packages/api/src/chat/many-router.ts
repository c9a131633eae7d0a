import { guarded, router } from '../trpc.ts'
import { assignConversation } from './assign-conversation.ts'
import { changeMany } from './change-many.ts'
import {
  AssignManyInput,
  SetLabelsOfManyInput,
  SetPriorityOfManyInput,
  SetStatusOfManyInput,
  SetTeamOfManyInput,
} from './schema.ts'
import { setConversationStatus } from './set-conversation-status.ts'
import { setLabels } from './set-labels.ts'
import { setPriority } from './set-priority.ts'
import { setTeam } from './set-team.ts'

/** What is done to one conversation, done to several; each item says what for itself, so that undoing is the same call. */
export const manyRouter = router({
  setStatus: guarded('chat:resolve')
    .input(SetStatusOfManyInput)
    .mutation(({ ctx, input }) => changeMany(input.items, (item) => setConversationStatus(ctx, item))),

  assign: guarded('chat:assign')
    .input(AssignManyInput)
    .mutation(({ ctx, input }) => changeMany(input.items, (item) => assignConversation(ctx, item))),

  setTeam: guarded('chat:assign')
    .input(SetTeamOfManyInput)
    .mutation(({ ctx, input }) => changeMany(input.items, (item) => setTeam(ctx, item))),

  setLabels: guarded('chat:assign')
    .input(SetLabelsOfManyInput)
    .mutation(({ ctx, input }) => changeMany(input.items, (item) => setLabels(ctx, item))),

  setPriority: guarded('chat:assign')
    .input(SetPriorityOfManyInput)
    .mutation(({ ctx, input }) => changeMany(input.items, (item) => setPriority(ctx, item))),
})
