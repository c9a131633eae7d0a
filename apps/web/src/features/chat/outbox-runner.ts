import type { Message } from '@sarai/api'
import {
  listDue,
  type NewEntry,
  nextDueAt,
  type Outbox,
  type OutboxEntry,
  type OutboxEvent,
  reduceOutbox,
  type SendFailure,
  toRestored,
  type Unseen,
} from './outbox.ts'

/** Attempts in a row before a person is asked; never less than twenty seconds with the pauses between. */
export const SEND_ATTEMPTS_MAX = 8
const RETRY_PAUSE_FIRST_MS = 500
const RETRY_PAUSE_MAX_MS = 15_000

export type SendOutcome =
  | { type: 'accepted'; message: Message }
  | { type: 'unseen'; unseen: Unseen }
  /** Nobody knows whether it arrived, or it was too busy: the same clientId may be sent again. */
  | { type: 'transient'; retryAfterMs: number; failure: SendFailure }
  | { type: 'refused'; failure: SendFailure }

/** What the outbox needs from the outside; tests bring their own. */
export interface OutboxPorts {
  send: (entry: OutboxEntry) => Promise<SendOutcome>
  onAccepted: (message: Message, entry: OutboxEntry) => void
  load: () => OutboxEntry[]
  save: (entry: OutboxEntry) => void
  remove: (clientId: string) => void
  /** False once another tab has sent or discarded it. */
  isKept: (clientId: string) => Promise<boolean>
  /** One at a time for each conversation, in all tabs: waits until the others have done theirs. */
  exclusively: (conversationId: string, work: () => Promise<void>) => Promise<void>
  isOnline: () => boolean
  now: () => number
  /** Calls once after the time has passed; returns how to call it off. */
  after: (ms: number, run: () => void) => () => void
  random: () => number
}

export interface OutboxRunner {
  getSnapshot: () => Outbox
  subscribe: (listener: () => void) => () => void
  write: (entry: NewEntry) => void
  retry: (clientId: string) => void
  confirm: (conversationId: string) => void
  discard: (clientId: string) => void
  /** It was seen on the stream of changes. */
  settle: (clientId: string) => void
  /** What another tab wrote or changed; undefined: it sent or discarded it. */
  receive: (clientId: string, entry: OutboxEntry | undefined) => void
  /** The network is back. */
  wake: () => void
}

export function createOutboxRunner(ports: OutboxPorts): OutboxRunner {
  let outbox: Outbox = ports.load().map(toRestored)
  let cancelTimer: (() => void) | undefined
  const listeners = new Set<() => void>()

  function dispatch(event: OutboxEvent): void {
    const before = outbox
    apply(event)
    persist(ports, before, outbox)
  }

  /** Changes what is shown here, without telling the other tabs. */
  function apply(event: OutboxEvent): void {
    const before = outbox
    outbox = reduceOutbox(before, event)
    if (outbox === before) return
    for (const listener of listeners) listener()
    // Not from within: what was applied has to be kept before the next thing happens.
    queueMicrotask(pump)
  }

  function pump(): void {
    cancelTimer?.()
    if (!ports.isOnline()) return
    const [due] = listDue(outbox, ports.now())
    if (due) {
      dispatch({ type: 'started', clientId: due.clientId })
      void attempt(due)
      return
    }
    const dueAt = nextDueAt(outbox)
    if (dueAt !== undefined) cancelTimer = ports.after(Math.max(0, dueAt - ports.now()), pump)
  }

  /** By the time it is this tab's turn, another may have sent it, or found out that it cannot be sent now. */
  async function attempt({ clientId, conversationId }: OutboxEntry): Promise<void> {
    await ports.exclusively(conversationId, async () => {
      if (!(await ports.isKept(clientId))) return apply({ type: 'settled', clientId })
      const entry = outbox.find((known) => known.clientId === clientId)
      if (entry?.state !== 'sending') return
      const outcome = await ports.send(entry)
      if (outcome.type === 'accepted') ports.onAccepted(outcome.message, entry)
      dispatch(toEvent(entry, outcome, ports))
    })
  }

  /** One that is being sent elsewhere is waited for: whoever sends it may be closed in the middle. */
  function receive(clientId: string, entry: OutboxEntry | undefined): void {
    apply(entry ? { type: 'synced', entry } : { type: 'settled', clientId })
    if (entry?.state === 'sending') void attempt(entry)
  }

  queueMicrotask(pump)
  return {
    getSnapshot: () => outbox,
    subscribe: (listener) => subscribe(listeners, listener),
    receive,
    ...makeCommands(dispatch),
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function makeCommands(dispatch: (event: OutboxEvent) => void) {
  return {
    write: (entry: NewEntry) => dispatch({ type: 'written', entry }),
    retry: (clientId: string) => dispatch({ type: 'retried', clientId }),
    confirm: (conversationId: string) => dispatch({ type: 'confirmed', conversationId }),
    discard: (clientId: string) => dispatch({ type: 'discarded', clientId }),
    settle: (clientId: string) => dispatch({ type: 'settled', clientId }),
    wake: () => dispatch({ type: 'woken' }),
  }
}

function toEvent(entry: OutboxEntry, outcome: SendOutcome, ports: OutboxPorts): OutboxEvent {
  const { clientId } = entry
  switch (outcome.type) {
    case 'accepted':
      return { type: 'settled', clientId }
    case 'unseen':
      return { type: 'held', clientId, unseen: outcome.unseen }
    case 'refused':
      return { type: 'failed', clientId, failure: outcome.failure }
    case 'transient':
      if (ports.isOnline() && entry.attempts >= SEND_ATTEMPTS_MAX) {
        return { type: 'failed', clientId, failure: outcome.failure }
      }
      return { type: 'delayed', clientId, notBefore: ports.now() + pauseBefore(entry, outcome, ports) }
  }
}

/** Doubling, with jitter, so that everybody who lost the server does not come back at once. */
function pauseBefore(
  entry: OutboxEntry,
  outcome: { retryAfterMs: number },
  ports: Pick<OutboxPorts, 'random'>,
): number {
  const pause = Math.min(RETRY_PAUSE_FIRST_MS * 2 ** (entry.attempts - 1), RETRY_PAUSE_MAX_MS)
  return Math.max(outcome.retryAfterMs, Math.round(pause * (0.5 + ports.random() / 2)))
}

function persist(ports: OutboxPorts, before: Outbox, after: Outbox): void {
  for (const entry of before) {
    if (!after.some(({ clientId }) => clientId === entry.clientId)) ports.remove(entry.clientId)
  }
  for (const entry of after) {
    if (!before.includes(entry)) ports.save(entry)
  }
}
