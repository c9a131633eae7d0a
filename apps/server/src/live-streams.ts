import { PING_FRAME, STREAM_PING_MS } from '@sarai/api'
import type { StreamSocket } from './stream-socket.ts'

/** How long a browser waits before it opens a stream again that we ended on purpose. */
export const STREAM_RETRY_MS = 2_000
/** How often the sessions of all open streams are looked up: who is signed out hears nothing a second later. */
export const STREAM_RECHECK_MS = 700

const RETRY_HINT = Buffer.from(`retry: ${STREAM_RETRY_MS}\n\n`)

/** Which of these sessions still live; one statement for all of them. */
type FindLiveSessions = (sessionIds: readonly string[]) => Promise<ReadonlySet<string>>

/**
 * The event streams this process serves. A stream outlives the check that let it in, so its session is looked
 * up again while it lasts; and it would outlive the server's wish to stop, so it can be ended from here. A
 * browser comes back by itself with the last id it has, and is checked again.
 */
export class LiveStreams {
  readonly #sessionIds = new Map<StreamSocket, string>()
  readonly #findLiveSessions: FindLiveSessions
  #recheckTimer: NodeJS.Timeout | undefined
  #pingTimer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor({ findLiveSessions }: { findLiveSessions: FindLiveSessions }) {
    this.#findLiveSessions = findLiveSessions
  }

  get count(): number {
    return this.#sessionIds.size
  }

  /** Until the reader, the session or the server ends it. */
  keep(socket: StreamSocket, sessionId: string): void {
    if (this.#isClosed) return socket.end(RETRY_HINT)
    if (socket.signal.aborted) return
    this.#sessionIds.set(socket, sessionId)
    socket.signal.addEventListener('abort', () => this.#forget(socket), { once: true })
    this.#pingTimer ??= setInterval(() => this.#pingAll(), STREAM_PING_MS)
    this.#recheckTimer ??= setTimeout(() => void this.#recheck(), STREAM_RECHECK_MS)
  }

  /** Ends every stream with a hint to come back; from now on none lasts. */
  endAll(): void {
    this.#isClosed = true
    for (const socket of [...this.#sessionIds.keys()]) this.#end(socket)
  }

  #pingAll(): void {
    for (const socket of [...this.#sessionIds.keys()]) socket.ping(PING_FRAME)
  }

  /** An unreachable database is no reason to end; the next look-up tells. */
  async #recheck(): Promise<void> {
    const asked = [...this.#sessionIds]
    const live = await this.#findLiveSessions([...new Set(asked.map(([, id]) => id))]).catch(() => undefined)
    for (const [socket, id] of live ? asked : []) if (!live?.has(id)) this.#end(socket)
    this.#recheckTimer = undefined
    if (this.count > 0) this.#recheckTimer = setTimeout(() => void this.#recheck(), STREAM_RECHECK_MS)
  }

  #end(socket: StreamSocket): void {
    this.#forget(socket)
    socket.end(RETRY_HINT)
  }

  #forget(socket: StreamSocket): void {
    this.#sessionIds.delete(socket)
    if (this.count > 0) return
    clearInterval(this.#pingTimer)
    this.#pingTimer = undefined
    clearTimeout(this.#recheckTimer)
    this.#recheckTimer = undefined
  }
}
