import { z } from 'zod'
import { Acts, isText } from '../act/schema.ts'
import { type CannedVariable, CONVERSATION_STATUSES, listPlaces, PRIORITIES } from '../chat/schema.ts'
import { storable } from '../customer/schema.ts'

/** Of one tenant. */
export const RULES_MAX = 50
export const RULE_NAME_LENGTH_MAX = 60
export const RULE_CONDITIONS_MAX = 10
/** Of one condition. */
export const RULE_WORDS_MAX = 20
export const RULE_WORD_LENGTH_MAX = 60
/** How long a customer can have waited: thirty days. */
export const UNANSWERED_MINUTES_MAX = 30 * 24 * 60
/** What a rule does may be what another waits for; a chain of them ends here. */
export const RULE_DEPTH_MAX = 3
/** Of one rule in one conversation: beyond, it has switched itself off. */
export const RULE_RUNS_PER_HOUR_MAX = 10
/** Conversations that a rule is tried on, the last active first. */
export const TRIED_CONVERSATIONS_MAX = 50
export const RULE_RUNS_LIST_LIMIT_MAX = 100
export const RULE_RUNS_LIST_LIMIT_DEFAULT = 50
/** What macros and rules did last in one conversation. */
export const RUNS_OF_CONVERSATION_MAX = 50

/** What a rule can fill in: it has no name of its own to sign with. */
export const RULE_VARIABLES = [
  'customer.name',
  'customer.company',
  'customer.email',
  'customer.phone',
] as const satisfies readonly CannedVariable[]

/** What a rule waits for. */
export const RuleTrigger = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('conversationCreated') }),
  z.strictObject({ kind: z.literal('customerWrote') }),
  z.strictObject({ kind: z.literal('agentReplied') }),
  /** Left out: whatever it is now. */
  z.strictObject({ kind: z.literal('statusChanged'), to: z.enum(CONVERSATION_STATUSES).optional() }),
  z.strictObject({ kind: z.literal('snoozeEnded') }),
  /** A customer has waited for so long. */
  z.strictObject({
    kind: z.literal('unanswered'),
    minutes: z.int().min(1).max(UNANSWERED_MINUTES_MAX),
  }),
])
export type RuleTrigger = z.infer<typeof RuleTrigger>
export const RULE_TRIGGER_KINDS = RuleTrigger.options.map(({ shape }) => shape.kind.value)

const is = { is: z.boolean() }

/** What must be so. */
export const RuleCondition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('status'), ...is, status: z.enum(CONVERSATION_STATUSES) }),
  z.strictObject({ kind: z.literal('priority'), ...is, priority: z.enum(PRIORITIES) }),
  z.strictObject({ kind: z.literal('label'), ...is, labelId: z.uuid() }),
  /** null: nobody's. */
  z.strictObject({ kind: z.literal('assignee'), ...is, assigneeId: z.uuid().nullable() }),
  /** null: of no team. */
  z.strictObject({ kind: z.literal('team'), ...is, teamId: z.uuid().nullable() }),
  z.strictObject({ kind: z.literal('customerTag'), ...is, tagId: z.uuid() }),
  /** One of them begins at a word of the message, or of the customer's last one where nothing was written. */
  z.strictObject({
    kind: z.literal('words'),
    ...is,
    words: z.array(storable.trim().min(1).max(RULE_WORD_LENGTH_MAX)).min(1).max(RULE_WORDS_MAX),
  }),
])
export type RuleCondition = z.infer<typeof RuleCondition>
export const RULE_CONDITION_KINDS = RuleCondition.options.map(({ shape }) => shape.kind.value)

/** All of them. */
export const RuleConditions = z.array(RuleCondition).max(RULE_CONDITIONS_MAX)

export const RuleActs = Acts.refine((acts) => acts.every(({ kind }) => kind !== 'take'), {
  error: 'A rule is nobody: assign to a member.',
}).refine(
  (acts) =>
    acts
      .filter(isText)
      .every(({ body }) =>
        listPlaces(body).every((place) => RULE_VARIABLES.some((variable) => variable === place)),
      ),
  { error: `Between double braces there can be: ${RULE_VARIABLES.join(', ')}.` },
)

const rule = {
  name: storable.trim().min(1).max(RULE_NAME_LENGTH_MAX),
  isOn: z.boolean(),
  trigger: RuleTrigger,
  conditions: RuleConditions,
  acts: RuleActs,
}

export const CreateRuleInput = z.strictObject(rule)
export type CreateRuleInput = z.infer<typeof CreateRuleInput>

export const UpdateRuleInput = z.strictObject({ id: z.uuid(), ...rule })
export type UpdateRuleInput = z.infer<typeof UpdateRuleInput>

export const SetRuleOnInput = z.strictObject({ id: z.uuid(), isOn: z.boolean() })
export type SetRuleOnInput = z.infer<typeof SetRuleOnInput>

/** Those that are not named come behind, in the order they have. */
export const OrderRulesInput = z.strictObject({ ids: z.array(z.uuid()).min(1).max(RULES_MAX) })
export type OrderRulesInput = z.infer<typeof OrderRulesInput>

export const RuleIdInput = z.strictObject({ id: z.uuid() })
export type RuleIdInput = z.infer<typeof RuleIdInput>

export const TryRuleInput = z.strictObject({ conditions: RuleConditions })
export type TryRuleInput = z.infer<typeof TryRuleInput>

const CURSOR_LENGTH_MAX = 100
export const ListRuleRunsInput = z.strictObject({
  /** Left out: of all rules. */
  ruleId: z.uuid().optional(),
  cursor: z.string().max(CURSOR_LENGTH_MAX).nullish(),
  limit: z.int().min(1).max(RULE_RUNS_LIST_LIMIT_MAX).optional(),
})
export type ListRuleRunsInput = z.infer<typeof ListRuleRunsInput>

export const RunsOfConversationInput = z.strictObject({ conversationId: z.uuid() })
export type RunsOfConversationInput = z.infer<typeof RunsOfConversationInput>
