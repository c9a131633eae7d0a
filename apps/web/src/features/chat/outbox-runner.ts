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
  onAccepted: (message: Message) => void
  load: () => OutboxEntry[]
  save: (entry: OutboxEntry) => void
  remove: (clientId: string) => void
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
  /** The network is back. */
  wake: () => void
}

export function createOutboxRunner(ports: OutboxPorts): OutboxRunner {
  let outbox: Outbox = ports.load().map(toRestored)
  let cancelTimer: (() => void) | undefined
  const listeners = new Set<() => void>()

  function dispatch(event: OutboxEvent): void {
    const before = outbox
    outbox = reduceOutbox(before, event)
    if (outbox === before) return
    persist(ports, before, outbox)
    for (const listener of listeners) listener()
    pump()
  }

  function pump(): void {
    cancelTimer?.()
    cancelTimer = undefined
    if (!ports.isOnline()) return
    const [due] = listDue(outbox, ports.now())
    if (due) return start(due)
    const dueAt = nextDueAt(outbox)
    if (dueAt !== undefined) cancelTimer = ports.after(Math.max(0, dueAt - ports.now()), pump)
  }

  function start(entry: OutboxEntry): void {
    dispatch({ type: 'started', clientId: entry.clientId })
    void attempt(entry)
  }

  async function attempt(entry: OutboxEntry): Promise<void> {
    const outcome = await ports.send(entry)
    if (outcome.type === 'accepted') ports.onAccepted(outcome.message)
    dispatch(toEvent({ ...entry, attempts: entry.attempts + 1 }, outcome, ports))
  }

  queueMicrotask(pump)
  return {
    getSnapshot: () => outbox,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ...makeCommands(dispatch),
  }
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
