import type { PresenceNews } from '@sarai/api'
import { mergePresence, NOBODY } from './merge-presence.ts'
import type { SourceListeners, StreamRefusal } from './event-source.ts'
import type { ChangeEvent, Connection, StreamMessage } from './stream-message.ts'

/** The server says every 10 s that it lives. After so long without a word the connection is dead. */
export const SILENCE_MAX_MS = 25_000
/** How often a tab looks whether it has heard something. */
export const LOOK_EVERY_MS = 2_000
/** A tab with the stream that does not answer for so long stands still, and is relieved of it. */
export const ANSWER_MAX_MS = 2_500

/** What the stream needs from the outside; tests bring their own. */
export interface StreamPorts {
  open: (lastId: string | undefined, listeners: SourceListeners) => () => void
  /** To the other tabs; they hear it and this one does not. */
  channel: {
    say: (message: StreamMessage) => void
    listen: (listener: (message: StreamMessage) => void) => void
    close: () => void
  }
  /** Calls `lead` when it is this tab's turn and keeps that until the signal; `lose` if another takes it by force. */
  campaign: (turn: { lead: () => void; lose: () => void; byForce: boolean; signal: AbortSignal }) => void
  isOnline: () => boolean
  now: () => number
  /** Before the next attempt after so many failures. */
  pauseMs: (failures: number, refusal: StreamRefusal | undefined) => number
}

export interface StreamListeners {
  onConnection: (connection: Connection) => void
  onEvent: (event: ChangeEvent) => void
  /** Who is there now: the whole. */
  onPresence: (presence: PresenceNews) => void
  onRefused: () => void
}

export interface SharedStream {
  /** The browser says that the network is back, or gone. */
  setOnline: (isOnline: boolean) => void
  stop: () => void
}

/**
 * One stream for all tabs of a workspace in this browser. Whoever holds a lock has the connection and tells the others
 * each event; all keep the last id, so that whoever comes next goes on from there, and nothing is lost or doubled.
 */
export function shareStream(ports: StreamPorts, listeners: StreamListeners): SharedStream {
  return new Tab(ports, listeners)
}

class Tab implements SharedStream {
  readonly #ports: StreamPorts
  readonly #listeners: StreamListeners
  readonly #over = new AbortController()
  readonly #lookTimer: ReturnType<typeof setInterval>
  #turn = new AbortController()
  #isLeader = false
  #close: (() => void) | undefined
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #connection: Connection = 'connecting'
  #lastId: string | undefined
  #presence = NOBODY
  #hasBegun = false
  #failures = 0
  #heardAt: number
  #checkedAt: number | undefined

  constructor(ports: StreamPorts, listeners: StreamListeners) {
    this.#ports = ports
    this.#listeners = listeners
    this.#heardAt = ports.now()
    ports.channel.listen((message) => this.#hear(message))
    this.#lookTimer = setInterval(() => this.#look(), LOOK_EVERY_MS)
    this.#campaign(false)
    this.#say({ type: 'hello' })
  }

  setOnline(isOnline: boolean): void {
    if (!isOnline) this.#show('offline')
    else if (this.#isLeader) this.#connect()
    else this.#say({ type: 'hello' })
  }

  stop(): void {
    this.#over.abort()
    this.#turn.abort()
    clearInterval(this.#lookTimer)
    this.#resign()
    this.#ports.channel.close()
  }

  #say(message: StreamMessage): void {
    this.#ports.channel.say(message)
  }

  #campaign(byForce: boolean): void {
    this.#turn.abort()
    const turn = (this.#turn = new AbortController())
    this.#ports.campaign({
      byForce,
      signal: turn.signal,
      lead: () => this.#lead(),
      lose: () => {
        if (turn.signal.aborted) return
        this.#resign()
        this.#campaign(false)
      },
    })
  }

  #lead(): void {
    if (this.#over.signal.aborted) return
    this.#isLeader = true
    this.#connect()
  }

  #resign(): void {
    this.#isLeader = false
    clearTimeout(this.#retryTimer)
    this.#close?.()
    this.#close = undefined
  }

  #connect(): void {
    clearTimeout(this.#retryTimer)
    this.#close?.()
    this.#heardAt = this.#ports.now()
    this.#tellState(this.#ports.isOnline() ? 'connecting' : 'offline')
    this.#close = this.#ports.open(this.#lastId, {
      onOpen: () => {
        this.#heardAt = this.#ports.now()
        this.#tellState('live')
      },
      onBeat: () => {
        this.#failures = 0
        this.#heardAt = this.#ports.now()
        this.#say({ type: 'beat' })
      },
      onEvent: (id, event) => {
        this.#say({ type: 'event', before: this.#lastId, id, event })
        this.#take(id, event)
      },
      onPresence: (news) => {
        this.#say({ type: 'presence', news })
        this.#notePresence(news)
      },
      onEnd: (refusal) => this.#reconnectLater(refusal),
    })
  }

  #reconnectLater(refusal: StreamRefusal | undefined): void {
    this.#tellState(this.#ports.isOnline() ? 'connecting' : 'offline')
    clearTimeout(this.#retryTimer)
    this.#retryTimer = setTimeout(() => this.#connect(), this.#ports.pauseMs(this.#failures, refusal))
    this.#failures += 1
    // A connection that breaks says nothing. An ordinary call finds out: signed out, suspended, no longer a member.
    if (refusal === undefined && this.#failures !== PROBE_AFTER_FAILURES) return
    this.#say({ type: 'refused' })
    this.#listeners.onRefused()
  }

  #tellState(connection: Connection): void {
    this.#show(connection)
    this.#say({ type: 'state', connection, lastId: this.#lastId })
  }

  #show(connection: Connection): void {
    this.#connection = connection
    // Who is there is not known without the stream, which tells the whole when it is back.
    if (connection !== 'live') this.#notePresence(NOBODY)
    this.#listeners.onConnection(connection)
  }

  #notePresence(news: PresenceNews): void {
    this.#presence = mergePresence(this.#presence, news)
    this.#listeners.onPresence(this.#presence)
  }

  /** Twice is once, and what was asked for earlier stays asked for. */
  #take(id: string, event: ChangeEvent): void {
    if (event.type === 'change' && this.#lastId !== undefined && Number(id) <= Number(this.#lastId)) return
    this.#lastId = id
    if (event.type === 'ready') this.#hasBegun = true
    this.#listeners.onEvent(event)
  }

  #hear(message: StreamMessage): void {
    if (message.type === 'hello') return this.#isLeader ? this.#greet() : undefined
    if (message.type === 'check') return this.#isLeader ? this.#answerCheck() : undefined
    this.#heardAt = this.#ports.now()
    this.#checkedAt = undefined
    if (this.#isLeader) return
    if (message.type === 'refused') this.#listeners.onRefused()
    if (message.type === 'state') this.#followState(message)
    if (message.type === 'event') this.#followEvent(message)
    if (message.type === 'presence') this.#notePresence(message.news)
  }

  #greet(): void {
    this.#tellState(this.#connection)
    this.#say({ type: 'presence', news: this.#presence })
  }

  /** What was asked for before the first word of the stream may miss a change that the stream does not bring either. */
  #followState({ connection, lastId }: Extract<StreamMessage, { type: 'state' }>): void {
    this.#show(connection)
    if (connection !== 'live' || lastId === undefined) return
    this.#lastId ??= lastId
    this.#begin()
  }

  #begin(): void {
    if (this.#hasBegun) return
    this.#hasBegun = true
    this.#listeners.onEvent({ type: 'ready' })
  }

  #followEvent({ before, id, event }: Extract<StreamMessage, { type: 'event' }>): void {
    const isGap = this.#lastId !== undefined && before !== undefined && Number(before) > Number(this.#lastId)
    if (isGap) this.#listeners.onEvent({ type: 'reset' })
    if (event.type !== 'ready') this.#begin()
    this.#take(id, event)
  }

  #answerCheck(): void {
    if (this.#isSilent()) this.#connect()
    else this.#tellState(this.#connection)
  }

  #isSilent(): boolean {
    return this.#ports.now() - this.#heardAt > SILENCE_MAX_MS
  }

  /** Timers of a tab in the background run late: one in front asks it, and takes over if it does not even answer. */
  #look(): void {
    if (!this.#ports.isOnline() || !this.#isSilent()) return
    if (this.#isLeader) return this.#connect()
    const now = this.#ports.now()
    this.#checkedAt ??= now
    if (now - this.#checkedAt < ANSWER_MAX_MS) return this.#say({ type: 'check' })
    this.#checkedAt = undefined
    this.#heardAt = now
    this.#campaign(true)
  }
}

const PROBE_AFTER_FAILURES = 2
