import { z } from 'zod'
import { CannedBody, PRIORITIES, SNOOZE_DAYS_MAX } from '../chat/schema.ts'
import type { Permission } from '../permission/schema.ts'

/** Of one macro, and of one rule. */
export const ACTS_MAX = 10
/** What was done is written down for so long. */
export const ACT_RUNS_KEPT_DAYS = 30
export const SNOOZE_MINUTES_MAX = SNOOZE_DAYS_MAX * 24 * 60

const text = { body: CannedBody }
const labelId = { labelId: z.uuid() }

/** One thing that a macro or a rule does to a conversation. */
export const Act = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reply'), ...text }),
  z.strictObject({ kind: z.literal('note'), ...text }),
  z.strictObject({ kind: z.literal('addLabel'), ...labelId }),
  z.strictObject({ kind: z.literal('removeLabel'), ...labelId }),
  z.strictObject({ kind: z.literal('setPriority'), priority: z.enum(PRIORITIES) }),
  /** null: nobody. */
  z.strictObject({ kind: z.literal('assign'), assigneeId: z.uuid().nullable() }),
  /** Whoever runs the macro gets the conversation; a rule is nobody. */
  z.strictObject({ kind: z.literal('take') }),
  /** null: no team. */
  z.strictObject({ kind: z.literal('setTeam'), teamId: z.uuid().nullable() }),
  z.strictObject({ kind: z.literal('setStatus'), status: z.enum(['open', 'resolved']) }),
  /** From the moment it is done. */
  z.strictObject({ kind: z.literal('snooze'), minutes: z.int().min(1).max(SNOOZE_MINUTES_MAX) }),
])
export type Act = z.infer<typeof Act>
export type ActKind = Act['kind']
export const ACT_KINDS = Act.options.map(({ shape }) => shape.kind.value)

/** What is written to the customer, or for the team: at most one of them. */
export type TextAct = Extract<Act, { body: string }>

export function isText(act: Act): act is TextAct {
  return act.kind === 'reply' || act.kind === 'note'
}

/** Two acts with the same answer cannot both be meant: a conversation has one priority. */
function aspectOf(act: Act): string {
  switch (act.kind) {
    case 'reply':
    case 'note':
      return 'text'
    case 'addLabel':
    case 'removeLabel':
      return act.labelId
    case 'assign':
    case 'take':
      return 'assignee'
    case 'setStatus':
    case 'snooze':
      return 'status'
    case 'setPriority':
    case 'setTeam':
      return act.kind
  }
}

/** Those that another one before them contradicts or repeats, by their place. */
export function listContradictions(acts: readonly Act[]): number[] {
  const aspects = acts.map(aspectOf)
  return aspects.flatMap((aspect, at) => (aspects.indexOf(aspect) < at ? [at] : []))
}

export const Acts = z
  .array(Act)
  .min(1)
  .max(ACTS_MAX)
  .refine((acts) => listContradictions(acts).length === 0, {
    error: 'Two of these acts contradict each other, or are the same.',
  })

/** What somebody has to have to do it by hand. */
export function permissionOf({ kind }: Act): Permission {
  switch (kind) {
    case 'reply':
    case 'note':
      return 'chat:reply'
    case 'setStatus':
    case 'snooze':
      return 'chat:resolve'
    case 'addLabel':
    case 'removeLabel':
    case 'setPriority':
    case 'assign':
    case 'take':
    case 'setTeam':
      return 'chat:assign'
  }
}
