import type { CustomerFieldKind } from '@sarai/db'
import type { Act } from '../../act/schema.ts'
import type { Priority } from '../../chat/schema.ts'
import type { LabelColor } from '../../label/schema.ts'
import type { RuleCondition, RuleTrigger } from '../../rule/schema.ts'

export type Language = 'en' | 'ur'

/** `note`: a private note between members. Words in braces are filled in: {name} {product} {order} {city} {agent} {amount} {day} {colleague}. */
export interface Line {
  by: 'customer' | 'agent' | 'note'
  text: string
}

export interface Dialogue {
  subject: string
  lines: readonly Line[]
}

/** Everything that makes one demo business believable. */
export interface Business {
  tenantKey: string
  name: string
  seed: number
  customersCount: number
  conversationsCount: number
  products: Record<Language, readonly string[]>
  dialogues: Record<Language, readonly Dialogue[]>
  tags: readonly string[]
  fields: readonly DemoField[]
  workspace: WorkspaceContent
}

/** A field of the business's own, and what customers have in it. */
export interface DemoField {
  name: string
  kind: CustomerFieldKind
  options?: readonly string[]
  /** As they are stored. */
  values: readonly string[]
  /** How many of the customers have one. */
  share: number
}

/** Short for content files: c = customer, a = agent, n = private note. */
export const c = (text: string): Line => ({ by: 'customer', text })
export const a = (text: string): Line => ({ by: 'agent', text })
export const n = (text: string): Line => ({ by: 'note', text })

/** What agents work with, before anybody has made their own. Members are named by their address, all else by its name. */
export interface WorkspaceContent {
  teams: readonly { name: string; members: readonly string[] }[]
  labels: readonly LabelContent[]
  replies: readonly CannedReplyContent[]
  macros: readonly { name: string; acts: readonly ActContent[] }[]
  rules: readonly RuleContent[]
  /** Lists of the whole team. */
  views: readonly { name: string; label?: string; team?: string }[]
}

export interface LabelContent {
  name: string
  color: LabelColor
  /** Conversations whose subject has one of them get the label, its team and its priority. */
  words: readonly string[]
  team?: string
  priority?: Priority
}

export interface CannedReplyContent {
  shortcut: string
  body: string
}

export type ActContent =
  | { kind: 'addLabel'; label: string }
  | { kind: 'setTeam'; team: string }
  | { kind: 'assign'; assignee: string }
  | Exclude<Act, { kind: 'addLabel' | 'removeLabel' | 'setTeam' | 'assign' }>

export interface RuleContent {
  name: string
  isOn: boolean
  trigger: RuleTrigger
  conditions: readonly RuleCondition[]
  acts: readonly ActContent[]
}
