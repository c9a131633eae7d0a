import { Readable } from 'node:stream'
import type { Cancel, Clock } from './clock.ts'
import type { Driver, Link, Login, Statement, StatementCallback } from './driver.ts'

const MICROTASK_ROUNDS = 30

/** For tests: time stands still until it is advanced, and chance is what the test says. */
export class VirtualClock implements Clock {
  /** In the order they fall due, those due together in the order they were asked for. */
  readonly #timers: { at: number; run: () => void; isCancelled: boolean }[] = []
  #now = 1_000
  chance = 0.5

  now(): number {
    return this.#now
  }

  random(): number {
    return this.chance
  }

  soon(run: () => void): void {
    this.after(0, run)
  }

  after(ms: number, run: () => void): Cancel {
    const timer = { at: this.#now + Math.max(0, ms), run, isCancelled: false }
    let place = this.#timers.length
    while (place > 0 && (this.#timers[place - 1]?.at ?? 0) > timer.at) place -= 1
    this.#timers.splice(place, 0, timer)
    return () => {
      timer.isCancelled = true
    }
  }

  /** Runs everything that falls due on the way, in order, and what follows from it. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await settleMicrotasks()
    for (let next = this.#timers[0]; next && next.at <= end; next = this.#timers[0]) {
      this.#timers.shift()
      if (next.isCancelled) continue
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await settleMicrotasks()
    }
    this.#now = end
  }
}

async function settleMicrotasks(): Promise<void> {
  for (let round = 0; round < MICROTASK_ROUNDS; round++) await Promise.resolve()
}

interface FakeServerOptions {
  /** As the server's own max_connections. */
  connectionsMax?: number
  connectMs?: number
  handoffMs?: number
}

/**
 * For tests: a server without a wire. Statements are words: `work 10` takes 10 ms, `begin` and `commit` do what they
 * say, `set` changes session state, anything else answers at once with who the session belongs to.
 */
export class FakeServer implements Driver {
  readonly sessions = new Set<FakeLink>()
  readonly refusedUsers = new Set<string>()
  readonly clock: Clock
  /** Everything that was ever asked of the server, in order. */
  readonly log: string[] = []
  connectionsMax: number
  connectMs: number
  handoffMs: number
  sessionsMost = 0
  /** What a new connection fails with. */
  down: (Error & { code?: string; errno?: number }) | undefined
  /** Handoffs, pings and resets are never answered: half-open sockets. */
  isSilent = false
  /** A thread that is killed does not end: it rolls back, or is deep in a function that does not look. */
  isDeafToKill = false
  /** What has come due is answered in an order that somebody else decides. */
  interleave: (() => Promise<void>) | undefined
  #nextThreadId = 1

  constructor(clock: Clock, options: FakeServerOptions = {}) {
    this.clock = clock
    this.connectionsMax = options.connectionsMax ?? Infinity
    this.connectMs = options.connectMs ?? 2
    this.handoffMs = options.handoffMs ?? 1
  }

  async open(login: Login, onLost: () => void): Promise<Link> {
    await this.wait(this.connectMs)
    if (this.down) throw this.down
    if (this.sessions.size >= this.connectionsMax) throw failure(1040, 'Too many connections')
    if (this.refusedUsers.has(login.user)) throw failure(1045, 'Access denied')
    this.log.push(`open ${login.user}`)
    const link = new FakeLink(this, { login, onLost, threadId: this.#nextThreadId++ })
    this.sessions.add(link)
    this.sessionsMost = Math.max(this.sessionsMost, this.sessions.size)
    return link
  }

  wait(ms: number): Promise<void> {
    return new Promise<void>((resolve) => this.clock.after(ms, resolve)).then(() => this.interleave?.())
  }

  /** What an operator's KILL or a restart does: the server closes the connection. */
  cut(link: FakeLink): void {
    link.serverCloses()
  }

  /** A network that resets: our side sees the loss now, the server has the thread for a while. */
  reset(link: FakeLink, forMs: number): void {
    link.lose()
    this.clock.after(forMs, () => link.serverCloses())
  }
}

export class FakeLink implements Link {
  readonly threadId: number
  readonly closed: Promise<void>
  user: string
  isOpen = true
  isRunning = false
  isInTransaction = false
  isChanged = false
  readonly #server: FakeServer
  readonly #onLost: () => void
  #hasClosed: () => void = () => undefined
  #cancelStatement: Cancel = () => undefined
  #failStatement: ((error: unknown) => void) | undefined
  #isEnding = false

  constructor(server: FakeServer, session: { login: Login; onLost: () => void; threadId: number }) {
    this.#server = server
    this.#onLost = session.onLost
    this.user = session.login.user
    this.threadId = session.threadId
    this.closed = new Promise((resolve) => {
      this.#hasClosed = resolve
    })
  }

  get isClean(): boolean {
    return this.isOpen && !this.isRunning && !this.isInTransaction && !this.isChanged
  }

  query(sql: string, _parameters: readonly unknown[], callback?: StatementCallback): Statement {
    this.#server.log.push(`${this.user}: ${sql}`)
    const answer = () => {
      this.isRunning = false
      this.#failStatement = undefined
      if (sql === 'begin') this.isInTransaction = true
      if (sql === 'commit') this.isInTransaction = false
      callback?.(null, [{ user: this.user }])
      if (this.#isEnding) this.serverCloses()
    }
    if (sql === 'set') this.isChanged = true
    this.isRunning = true
    this.#failStatement = (error) => callback?.(error, [])
    this.#cancelStatement = this.#server.clock.after(
      sql.startsWith('work ') ? Number(sql.slice(5)) : 0,
      answer,
    )
    return { stream: () => Readable.from([]) }
  }

  async prove(): Promise<void> {
    if (!this.isOpen) throw Object.assign(new Error('connection lost'), { fatal: true })
  }

  async handoff(login: Login): Promise<void> {
    await this.#roundTrip(this.#server.handoffMs)
    if (this.#server.refusedUsers.has(login.user)) throw failure(1045, 'Access denied')
    this.#server.log.push(`handoff ${this.user} ${login.user}`)
    this.user = login.user
    this.#forget()
  }

  async reset(): Promise<void> {
    await this.#roundTrip(1)
    this.#server.log.push(`reset ${this.user}`)
    this.#forget()
  }

  ping(): Promise<void> {
    return this.#roundTrip(1)
  }

  end(): Promise<void> {
    this.isOpen = false
    this.#isEnding = true
    this.#server.clock.after(1, () => this.serverCloses())
    return this.closed
  }

  /** As on the wire: while a statement runs, the server does not notice. */
  destroy(): void {
    this.isOpen = false
    this.#isEnding = true
    if (!this.isRunning && !this.#server.isSilent) this.#server.clock.after(1, () => this.serverCloses())
  }

  async hasThread(threadId: number): Promise<boolean> {
    await this.#answered()
    return [...this.#server.sessions].some((link) => link.threadId === threadId && link.user === this.user)
  }

  async kill(threadId: number): Promise<void> {
    await this.#answered()
    this.#server.log.push(`${this.user}: kill ${threadId}`)
    const target = [...this.#server.sessions].find((link) => link.threadId === threadId)
    if (this.#server.isDeafToKill) return
    // The thread is told now and ends a little later.
    this.#server.clock.after(3, () => target?.serverCloses())
  }

  serverCloses(): void {
    if (!this.#server.sessions.delete(this)) return
    this.lose()
    this.#hasClosed()
  }

  lose(): void {
    this.#cancelStatement()
    const wasOpen = this.isOpen
    this.isOpen = false
    this.isRunning = false
    if (!wasOpen) return
    this.#onLost()
    this.#failStatement?.(Object.assign(new Error('connection lost'), { fatal: true }))
  }

  async #answered(): Promise<void> {
    await this.#server.wait(1)
    if (!this.isOpen) throw Object.assign(new Error('connection lost'), { fatal: true })
  }

  async #roundTrip(ms: number): Promise<void> {
    await this.#server.wait(ms)
    if (this.#server.isSilent) await new Promise(() => undefined)
    if (!this.isOpen) throw Object.assign(new Error('connection lost'), { fatal: true })
  }

  #forget(): void {
    this.isInTransaction = false
    this.isChanged = false
  }
}

export function failure(errno: number, message: string): Error & { errno: number } {
  return Object.assign(new Error(message), { errno })
}
