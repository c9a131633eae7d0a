import { ListRuleRunsInput, RunsOfConversationInput, TryRuleInput } from '../rule/schema.ts'
import { guarded, router } from '../trpc.ts'
import { listRuleRuns, listRunsOf } from './list-runs.ts'
import { tryRule } from './try-rule.ts'

/** What rules did, and what they would do. */
export const ruleRunRouter = router({
  runs: guarded('chat:configure')
    .input(ListRuleRunsInput)
    .query(({ ctx, input }) => listRuleRuns(ctx.db, input)),

  /** For whoever reads the conversation: macros' too. */
  runsOf: guarded('chat:read')
    .input(RunsOfConversationInput)
    .query(({ ctx, input }) => listRunsOf(ctx.db, input)),

  try: guarded('chat:configure')
    .input(TryRuleInput)
    .query(({ ctx, input }) => tryRule(ctx.db, input)),
})
