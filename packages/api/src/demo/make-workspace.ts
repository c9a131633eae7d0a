import type { TenantTables } from '@sarai/db'
import type { Insertable } from 'kysely'
import type { Act } from '../act/schema.ts'
import { type Priority, PRIORITIES } from '../chat/schema.ts'
import type { ActContent, LabelContent, WorkspaceContent } from './content/dialogue.ts'
import type { Random } from './random.ts'

type Insert<Table extends keyof TenantTables> = Insertable<TenantTables[Table]>

interface WorkspaceInput {
  content: WorkspaceContent
  /** The first of them made it. */
  staff: readonly { email: string; userId: string }[]
  conversations: readonly { row: { id: string; subject?: string | null | undefined } }[]
  random: Random
  now: Date
}

export interface DemoWorkspace {
  teams: Insert<'teams'>[]
  teamMembers: Insert<'team_members'>[]
  labels: Insert<'labels'>[]
  replies: Insert<'canned_replies'>[]
  macros: Insert<'macros'>[]
  rules: Insert<'rules'>[]
  views: Insert<'saved_views'>[]
  conversationLabels: Insert<'conversation_labels'>[]
  /** What the labels of a conversation say about it. */
  sorting: Map<string, { teamId: string | null; priority: number }>
}

/** What agents work with: teams, labels and what they are on, replies, macros, rules, lists of the whole team. */
export function makeWorkspace(input: WorkspaceInput): DemoWorkspace {
  const { content, random, now } = input
  const named = <Item extends { name: string }>(items: readonly Item[]) =>
    items.map((item) => ({ ...item, id: random.id(now) }))
  const teams = named(content.teams)
  const labels = named(content.labels)
  const names: Names = {
    teamId: idByName(teams),
    labelId: idByName(labels),
    userId: (email) => idOf(input.staff.find((person) => person.email === email)?.userId, email),
  }
  const ownerId = idOf(input.staff[0]?.userId, 'owner')
  return {
    teams: teams.map(({ id, name }) => ({ id, name, created_at: now })),
    teamMembers: teams.flatMap(({ id, members }) =>
      members.map((email) => ({ team_id: id, user_id: names.userId(email) })),
    ),
    labels: labels.map(({ id, name, color }) => ({ id, name, color, created_at: now })),
    replies: content.replies.map(({ shortcut, body }) => ({
      id: random.id(now),
      owner_id: '',
      shortcut,
      body,
      updated_by: ownerId,
      updated_at: now,
    })),
    macros: named(content.macros).map(({ id, name, acts }) => ({
      id,
      name,
      acts: JSON.stringify(acts.map((act) => toAct(act, names))),
      created_at: now,
    })),
    rules: makeRules(input, names),
    views: makeViews(input, names, ownerId),
    ...sortConversations(input, names),
  }
}

interface Names {
  teamId(name: string): string
  labelId(name: string): string
  userId(email: string): string
}

function idByName(items: readonly { id: string; name: string }[]) {
  return (name: string) => idOf(items.find((item) => item.name === name)?.id, name)
}

function idOf(id: string | undefined, name: string): string {
  if (id === undefined) throw new Error(`the demo has nothing called ${name}`)
  return id
}

function toAct(act: ActContent, names: Names): Act {
  switch (act.kind) {
    case 'addLabel':
      return { kind: act.kind, labelId: names.labelId(act.label) }
    case 'setTeam':
      return { kind: act.kind, teamId: names.teamId(act.team) }
    case 'assign':
      return { kind: act.kind, assigneeId: names.userId(act.assignee) }
    case 'reply':
    case 'note':
    case 'setPriority':
    case 'setStatus':
    case 'snooze':
    case 'take':
      return act
  }
}

function makeRules({ content, random, now }: WorkspaceInput, names: Names): DemoWorkspace['rules'] {
  return content.rules.map(({ name, isOn, trigger, conditions, acts }, position) => ({
    id: random.id(now),
    name,
    is_on: isOn ? 1 : 0,
    position,
    happens: JSON.stringify(trigger),
    conditions: JSON.stringify(conditions),
    acts: JSON.stringify(acts.map((act) => toAct(act, names))),
    since_seq: 0,
    waited_at: now,
    created_at: now,
  }))
}

function makeViews(
  { content, random, now }: WorkspaceInput,
  names: Names,
  ownerId: string,
): DemoWorkspace['views'] {
  return content.views.map(({ name, label, team }) => ({
    id: random.id(now),
    kind: 'conversation' as const,
    owner_id: ownerId,
    is_shared: 1,
    name,
    content: JSON.stringify({
      filter: {
        ...(label !== undefined && { labelId: names.labelId(label) }),
        ...(team !== undefined && { teamId: names.teamId(team) }),
      },
    }),
    created_at: now,
    updated_at: now,
  }))
}

/** Not every conversation: somebody has to do it by hand. */
const SORTED_SHARE = 0.75

function sortConversations({ content, conversations, random }: WorkspaceInput, names: Names) {
  const conversationLabels: DemoWorkspace['conversationLabels'] = []
  const sorting: DemoWorkspace['sorting'] = new Map()
  for (const { row } of conversations) {
    const found = content.labels.filter(({ words }) => hasWord(row.subject ?? '', words))
    if (found.length === 0 || !random.chance(SORTED_SHARE)) continue
    for (const { name } of found)
      conversationLabels.push({ conversation_id: row.id, label_id: names.labelId(name) })
    const team = found.find((label) => label.team)?.team
    sorting.set(row.id, {
      teamId: team === undefined ? null : names.teamId(team),
      priority: Math.max(...found.map(priorityOf)),
    })
  }
  return { conversationLabels, sorting }
}

function hasWord(subject: string, words: readonly string[]): boolean {
  return words.some((word) => subject.toLowerCase().includes(word))
}

function priorityOf({ priority = 'none' satisfies Priority }: LabelContent): number {
  return PRIORITIES.indexOf(priority)
}
