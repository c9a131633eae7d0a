import type { RuleRow } from '@sarai/db'
import type { Act } from '../act/schema.ts'
import type { RuleCondition, RuleTrigger } from './schema.ts'

/** When something happens, if it is so, then do. */
export interface Rule {
  id: string
  name: string
  isOn: boolean
  trigger: RuleTrigger
  conditions: RuleCondition[]
  acts: Act[]
  /** It did too much in one conversation and has switched itself off; null: it has not, or was switched on since. */
  stopped: { at: string; conversationId: string } | null
}

export function toRule(row: RuleRow): Rule {
  const { stopped_at: at, stopped_in: conversationId } = row
  return {
    id: row.id,
    name: row.name,
    isOn: row.is_on === 1,
    // Written by rules.ts alone, which has read them with the schema.
    trigger: row.happens as RuleTrigger,
    conditions: row.conditions as RuleCondition[],
    acts: row.acts as Act[],
    stopped: at && conversationId !== null ? { at: at.toISOString(), conversationId } : null,
  }
}
