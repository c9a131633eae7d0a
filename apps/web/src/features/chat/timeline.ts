import type { ActRun, Attachment, ConversationMerge, Mention, Message, Quote } from '@sarai/api'
import { QUOTE_LENGTH_MAX } from '@sarai/api/chat/schema'
import type { Outbox, OutboxEntry } from './outbox.ts'

/** Messages of one author closer than this share one heading. */
const GROUP_GAP_MAX_MS = 5 * 60 * 1000

/** A message as the thread shows it, on the server or still on its way there. */
export interface TimelineMessage {
  /** null while it is not on the server. */
  id: string | null
  clientId: string
  /** null while it is not on the server. */
  seq: number | null
  authorKind: Message['authorKind']
  authorId: string | null
  authorName: string | null
  /** Not a member but one of the tenant's API keys. */
  authorIsKey?: true
  private: boolean
  body: string
  /** Whom a note names; left out: nobody. */
  mentions?: Mention[]
  /** What it answers, as that is now if it is loaded. */
  replyTo?: Quote
  /** On the server; those of a pending message are in its entry. */
  attachments?: Attachment[]
  createdAt: string
  /** Left out: the words are those that were sent. */
  editedAt?: string
  /** Its author has taken it away. */
  deletedAt?: string
  /** null once it is on the server. */
  pending: OutboxEntry | null
}

export type TimelineItem =
  | { type: 'day'; key: string; date: string }
  | { type: 'unread'; key: string }
  | { type: 'run'; key: string; run: ActRun }
  | { type: 'merge'; key: string; merge: ConversationMerge }
  | { type: 'message'; key: string; message: TimelineMessage; startsGroup: boolean; endsGroup: boolean }

export interface TimelineInput {
  /** Oldest first. */
  messages: readonly Message[]
  outbox: Outbox
  /** What macros and rules did, oldest first; before the first message that is loaded they are left out. */
  runs?: readonly ActRun[]
  /** Conversations that became parts of this one; likewise, unless nothing older is left to be loaded. */
  merges?: readonly ConversationMerge[]
  /** The first message there is is loaded. */
  isWhole?: boolean
  me: { id: string; name: string }
  /** What was read before the conversation was opened; null: no divider. */
  readUpToSeq: number | null
}

/**
 * What the thread shows, in order. An outbox entry whose message is already there is left out, so whichever
 * comes first, the answer to a send or its echo on the stream, nothing is ever shown twice.
 */
export function buildTimeline(input: TimelineInput): TimelineItem[] {
  const sent = new Set(input.messages.map((message) => message.clientId))
  const pending = input.outbox.filter((entry) => !sent.has(entry.clientId))
  const written = [...input.messages.map(toSent), ...pending.map((entry) => toPending(entry, input.me))]
  const all = refreshQuotes(written)
  const unreadClientId = findFirstUnread(input)
  const items = all.flatMap((message, index): TimelineItem[] => {
    const before = all[index - 1]
    const after = all[index + 1]
    const isUnreadStart = message.clientId === unreadClientId
    return [
      ...toDaySeparator(before, message),
      ...(isUnreadStart ? [{ type: 'unread' as const, key: 'unread' }] : []),
      {
        type: 'message' as const,
        key: message.clientId,
        message,
        startsGroup: isUnreadStart || !isSameGroup(before, message),
        endsGroup: after?.clientId === unreadClientId || !isSameGroup(message, after),
      },
    ]
  })
  return withLines(items, listLines(input), input.isWhole ?? false)
}

interface Line {
  at: string
  item: TimelineItem
}

/** What happened between messages, in its order. */
function listLines({ runs = [], merges = [] }: TimelineInput): Line[] {
  const lines = [
    ...runs.map((run): Line => ({ at: run.at, item: { type: 'run', key: `run-${run.id}`, run } })),
    ...merges.map(toMergeLine),
  ]
  return merges.length === 0 ? lines : lines.toSorted((one, other) => (one.at < other.at ? -1 : 1))
}

function toMergeLine(merge: ConversationMerge): Line {
  return { at: merge.mergedAt, item: { type: 'merge', key: `merge-${merge.id}`, merge } }
}

/** Each behind the last message that was there when it was done; a merge into what was still empty is before the first. */
function withLines(items: TimelineItem[], lines: readonly Line[], isWhole: boolean): TimelineItem[] {
  const times = items.flatMap((item) => (item.type === 'message' ? [item.message.createdAt] : []))
  const [first] = times
  const shown = lines.filter(({ at }) => isFrom(at, first))
  const before = isWhole ? lines.filter(({ at, item }) => item.type === 'merge' && !isFrom(at, first)) : []
  let left = 0
  const woven = items.flatMap((item) => {
    if (item.type !== 'message') return [item]
    const next = times[++left]
    const behind = shown.filter(({ at }) => at >= item.message.createdAt && (next === undefined || at < next))
    return [item, ...behind.map((line) => line.item)]
  })
  return [...before.map(({ item }) => item), ...(times.length === 0 ? shown.map(({ item }) => item) : woven)]
}

function isFrom(at: string, first: string | undefined): boolean {
  return first === undefined || at >= first
}

/** What is quoted may have been edited or deleted since its answer was loaded. */
function refreshQuotes(messages: readonly TimelineMessage[]): TimelineMessage[] {
  if (!messages.some(({ replyTo }) => replyTo)) return [...messages]
  const bySeq = new Map(messages.map((message) => [message.seq, message]))
  return messages.map((message) => {
    const quoted = message.replyTo && bySeq.get(message.replyTo.seq)
    return quoted ? { ...message, replyTo: { ...message.replyTo, ...toQuote(quoted) } } : message
  })
}

/** As it is shown above its answer. */
export function toQuote({ seq, authorKind, authorName, body, attachments }: TimelineMessage): Quote {
  const [file] = attachments ?? []
  const text = body === '' && file ? `📎 ${file.name}` : body
  return { seq: seq ?? 0, authorKind, authorName, text: text.slice(0, QUOTE_LENGTH_MAX) }
}

/** The first message that somebody else wrote after what had been read. */
function findFirstUnread({ messages, readUpToSeq, me }: TimelineInput): string | undefined {
  if (readUpToSeq === null) return undefined
  return messages.find((message) => message.seq > readUpToSeq && message.authorId !== me.id)?.clientId
}

function toSent(message: Message): TimelineMessage {
  const { id, clientId, seq, authorKind, authorId, authorName, authorIsKey, createdAt } = message
  const { body, mentions, attachments, editedAt, deletedAt, replyTo } = message
  return {
    id,
    clientId,
    seq,
    authorKind,
    authorId,
    authorName,
    ...(authorIsKey && { authorIsKey }),
    private: message.private,
    body,
    ...(mentions && { mentions }),
    ...(replyTo && { replyTo }),
    ...(attachments && { attachments }),
    createdAt,
    ...(editedAt && { editedAt }),
    ...(deletedAt && { deletedAt }),
    pending: null,
  }
}

function toPending(entry: OutboxEntry, me: TimelineInput['me']): TimelineMessage {
  return {
    id: null,
    clientId: entry.clientId,
    seq: null,
    authorKind: 'agent',
    authorId: me.id,
    authorName: me.name,
    private: entry.private,
    body: entry.body,
    ...(entry.mentions && { mentions: entry.mentions }),
    ...(entry.replyTo && { replyTo: entry.replyTo }),
    createdAt: entry.writtenAt,
    pending: entry,
  }
}

function toDaySeparator(before: TimelineMessage | undefined, message: TimelineMessage): TimelineItem[] {
  const day = localDay(message.createdAt)
  if (before !== undefined && localDay(before.createdAt) === day) return []
  return [{ type: 'day', key: `day-${day}-${message.clientId}`, date: message.createdAt }]
}

function isSameGroup(one: TimelineMessage | undefined, other: TimelineMessage | undefined): boolean {
  if (one === undefined || other === undefined) return false
  return (
    one.authorKind === other.authorKind &&
    one.authorId === other.authorId &&
    one.private === other.private &&
    localDay(one.createdAt) === localDay(other.createdAt) &&
    Date.parse(other.createdAt) - Date.parse(one.createdAt) <= GROUP_GAP_MAX_MS
  )
}

/** Of each minute that was asked for: a thread of 20,000 messages asks for the same ones with every change. */
const localDays = new Map<string, string>()

function localDay(iso: string): string {
  const minute = iso.slice(0, 'YYYY-MM-DDTHH:MM'.length)
  const known = localDays.get(minute)
  if (known !== undefined) return known
  const day = new Date(iso).toDateString()
  localDays.set(minute, day)
  return day
}
