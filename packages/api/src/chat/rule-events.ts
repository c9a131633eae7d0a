import type { NumberedChange } from '../change/change.ts'
import { RULE_DEPTH_MAX, type RuleTrigger } from '../rule/schema.ts'

/** Something that a rule may wait for. */
export interface RuleEvent {
  kind: Exclude<RuleTrigger['kind'], 'unanswered'>
  conversationId: string
  /** For statusChanged. */
  status: string
  /** What was written; null: nothing. */
  text: string | null
}

/** What a change is to rules: a message that reopens a conversation is two things. Nothing at the end of a chain of rules. */
export function eventsOf(change: NumberedChange): RuleEvent[] {
  if (!isOfConversation(change) || (change.ruleDepth ?? 0) >= RULE_DEPTH_MAX) return []
  return kindsOf(change).map(toEvent(change))
}

type ConversationChange = Extract<
  NumberedChange,
  { kind: 'conversation.created' | 'conversation.updated' | 'message.created' }
>

function isOfConversation(change: NumberedChange): change is ConversationChange {
  return ['conversation.created', 'conversation.updated', 'message.created'].includes(change.kind)
}

function kindsOf(change: ConversationChange): RuleEvent['kind'][] {
  const kinds: RuleEvent['kind'][] = []
  if (change.kind === 'conversation.created') return ['conversationCreated']
  if (change.kind === 'message.created') {
    const { authorKind } = change.message
    if (authorKind === 'customer') kinds.push('customerWrote')
    if (authorKind === 'agent' && !change.message.private) kinds.push('agentReplied')
  } else if (change.isWoken) kinds.push('snoozeEnded')
  if (change.statusBefore !== undefined) kinds.push('statusChanged')
  return kinds
}

function toEvent(change: ConversationChange): (kind: RuleEvent['kind']) => RuleEvent {
  const { id: conversationId, status } = change.conversation
  const text = change.kind === 'message.created' ? change.message.body : null
  return (kind) => ({ kind, conversationId, status, text })
}

export function isMeant(trigger: RuleTrigger, event: RuleEvent): boolean {
  if (trigger.kind !== event.kind) return false
  return trigger.kind !== 'statusChanged' || trigger.to === undefined || trigger.to === event.status
}
