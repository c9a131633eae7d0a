import type { Mention, Message, Quote } from '@sarai/api'
import type { RunningMacro } from './drafts.ts'
import type { ChosenFile } from './file-uploads.ts'

/**
 * queued: waits for its turn, for the network or for its next attempt. sending: on its way.
 * held: somebody answered meanwhile, the author decides. failed: refused, or given up for now.
 */
export type OutboxState = 'queued' | 'sending' | 'held' | 'failed'

/** A key under `chat.failure`. */
export const SEND_FAILURES = [
  'network',
  'busy',
  'signedOut',
  'forbidden',
  'gone',
  'invalid',
  'file',
  'fileLost',
  'macro',
  'merged',
  'unexpected',
] as const
export type SendFailure = (typeof SEND_FAILURES)[number]
/** These pass without the author: tried again when the network or the session is back. */
const PASSING_FAILURES: readonly (SendFailure | null)[] = ['network', 'busy', 'signedOut']

/** A written message that is not yet known to be on the server. */
export interface OutboxEntry {
  /** Made once, kept through every retry: that is what makes a retry the same message. */
  clientId: string
  conversationId: string
  body: string
  private: boolean
  /** Whom a note names; left out: nobody. */
  mentions?: Mention[]
  /** What it answers; left out: nothing in particular. */
  replyTo?: Quote
  /** What is done with it; left out: nothing. */
  macro?: RunningMacro
  /** Left out: none. Never an empty list. */
  files?: readonly ChosenFile[]
  /** The last message the author had on screen when pressing Enter. */
  lastSeenSeq: number
  writtenAt: string
  state: OutboxState
  attempts: number
  /** Milliseconds since the epoch; a queued entry is not sent before. */
  notBefore: number
  /** Why it failed, while failed. */
  failure: SendFailure | null
  /** What came meanwhile, while held; the last of it may be further on than the messages that are shown. */
  unseen: Unseen | null
}

export interface Unseen {
  messages: Message[]
  lastSeq: number
}

/** In the order in which they were written. */
export type Outbox = readonly OutboxEntry[]

export type NewEntry = Pick<
  OutboxEntry,
  | 'clientId'
  | 'conversationId'
  | 'body'
  | 'private'
  | 'mentions'
  | 'replyTo'
  | 'macro'
  | 'files'
  | 'lastSeenSeq'
  | 'writtenAt'
>

export type OutboxEvent =
  | { type: 'written'; entry: NewEntry }
  | { type: 'started'; clientId: string }
  /** The server has it: accepted, recognised as a duplicate, or seen on the stream of changes. */
  | { type: 'settled'; clientId: string }
  | { type: 'delayed'; clientId: string; notBefore: number }
  | { type: 'failed'; clientId: string; failure: SendFailure }
  | { type: 'held'; clientId: string; unseen: Unseen }
  | { type: 'retried'; clientId: string }
  /** The author has seen what came meanwhile and sends all the same. */
  | { type: 'confirmed'; conversationId: string }
  | { type: 'discarded'; clientId: string }
  /** Another tab has written it, or changed it. */
  | { type: 'synced'; entry: OutboxEntry }
  /** The network is back: what waited for it goes at once. */
  | { type: 'woken' }

export function reduceOutbox(outbox: Outbox, event: OutboxEvent): Outbox {
  switch (event.type) {
    case 'written':
      return outbox.some((entry) => entry.clientId === event.entry.clientId)
        ? outbox
        : [...outbox, toQueued({ ...event.entry, writtenAt: laterThanLast(outbox, event.entry.writtenAt) })]
    case 'started':
      return change(outbox, event.clientId, (entry) =>
        entry.state === 'queued' ? { ...entry, state: 'sending', attempts: entry.attempts + 1 } : entry,
      )
    case 'settled':
      return outbox.some((entry) => entry.clientId === event.clientId)
        ? outbox.filter((entry) => entry.clientId !== event.clientId)
        : outbox
    case 'discarded':
      // What is on its way may arrive: it cannot be taken back any more.
      return outbox.filter((entry) => entry.clientId !== event.clientId || entry.state === 'sending')
    case 'delayed':
      return change(outbox, event.clientId, (entry) => ({
        ...entry,
        state: 'queued',
        notBefore: event.notBefore,
      }))
    case 'failed':
      return change(outbox, event.clientId, (entry) => ({
        ...entry,
        state: 'failed',
        failure: event.failure,
      }))
    case 'held':
      return change(outbox, event.clientId, (entry) => ({ ...entry, state: 'held', unseen: event.unseen }))
    case 'retried':
      return change(outbox, event.clientId, (entry) => (entry.state === 'failed' ? toQueued(entry) : entry))
    case 'confirmed':
      return confirm(outbox, event.conversationId)
    case 'synced':
      return sync(outbox, event.entry)
    case 'woken':
      return outbox.map((entry) => (passesByItself(entry) ? toQueued(entry) : entry))
  }
}

/** The first entry of each conversation, if its turn has come: one at a time keeps a conversation in order. */
export function listDue(outbox: Outbox, now: number): OutboxEntry[] {
  return listHeads(outbox).filter((entry) => entry.state === 'queued' && entry.notBefore <= now)
}

/** When to look again, or undefined if only an event can make something due. */
export function nextDueAt(outbox: Outbox): number | undefined {
  const times = listHeads(outbox).flatMap((entry) => (entry.state === 'queued' ? [entry.notBefore] : []))
  return times.length === 0 ? undefined : Math.min(...times)
}

/** A reload in the middle of a send cannot know how it ended: send again, the clientId makes it one. */
export function toRestored(entry: OutboxEntry): OutboxEntry {
  return entry.state === 'sending' || passesByItself(entry) ? toQueued(entry) : entry
}

function toQueued(entry: NewEntry): OutboxEntry {
  return { ...entry, state: 'queued', attempts: 0, notBefore: 0, failure: null, unseen: null }
}

/** The time is also what puts stored entries back in order, so no two may be the same. */
function laterThanLast(outbox: Outbox, writtenAt: string): string {
  const last = outbox.at(-1)
  if (last === undefined || last.writtenAt < writtenAt) return writtenAt
  return new Date(Date.parse(last.writtenAt) + 1).toISOString()
}

function listHeads(outbox: Outbox): OutboxEntry[] {
  const heads = new Map<string, OutboxEntry>()
  for (const entry of outbox) {
    if (!heads.has(entry.conversationId)) heads.set(entry.conversationId, entry)
  }
  return [...heads.values()]
}

/** Everything queued behind the held message was written without knowing either: it has been seen now. */
function confirm(outbox: Outbox, conversationId: string): Outbox {
  const held = outbox.find((entry) => entry.conversationId === conversationId && entry.state === 'held')
  if (held === undefined) return outbox
  const lastSeenSeq = held.unseen?.lastSeq ?? held.lastSeenSeq
  return outbox.map((entry) => {
    if (entry.conversationId !== conversationId) return entry
    const raised = { ...entry, lastSeenSeq: Math.max(entry.lastSeenSeq, lastSeenSeq) }
    return entry.state === 'held' ? toQueued(raised) : raised
  })
}

function sync(outbox: Outbox, entry: OutboxEntry): Outbox {
  const others = outbox.filter(({ clientId }) => clientId !== entry.clientId)
  return [...others, entry].toSorted((one, other) => (one.writtenAt < other.writtenAt ? -1 : 1))
}

function passesByItself(entry: OutboxEntry): boolean {
  if (entry.state === 'failed') return PASSING_FAILURES.includes(entry.failure)
  return entry.state === 'queued'
}

function change(outbox: Outbox, clientId: string, update: (entry: OutboxEntry) => OutboxEntry): Outbox {
  return outbox.map((entry) => (entry.clientId === clientId ? update(entry) : entry))
}
