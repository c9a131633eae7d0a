import { guarded, router } from '../trpc.ts'
import { createRule, deleteRule, listRules, orderRules, setRuleOn, updateRule } from './rules.ts'
import { CreateRuleInput, OrderRulesInput, RuleIdInput, SetRuleOnInput, UpdateRuleInput } from './schema.ts'

/** What rules there are. What they did, and what they would do, says `chat.rule`. */
export const ruleRouter = router({
  list: guarded('chat:configure').query(({ ctx }) => listRules(ctx.db)),

  create: guarded('chat:configure')
    .input(CreateRuleInput)
    .mutation(({ ctx, input }) => createRule(ctx, input)),

  update: guarded('chat:configure')
    .input(UpdateRuleInput)
    .mutation(({ ctx, input }) => updateRule(ctx, input)),

  setOn: guarded('chat:configure')
    .input(SetRuleOnInput)
    .mutation(({ ctx, input }) => setRuleOn(ctx, input)),

  order: guarded('chat:configure')
    .input(OrderRulesInput)
    .mutation(({ ctx, input }) => orderRules(ctx, input)),

  delete: guarded('chat:configure')
    .input(RuleIdInput)
    .mutation(({ ctx, input }) => deleteRule(ctx, input)),
})
