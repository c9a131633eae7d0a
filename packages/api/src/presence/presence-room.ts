import { encodePresence } from '../change/change-protocol.ts'
import { PRESENCE_BEAT_MS } from './board-table.ts'
import { claimKey, createClaims, type Told } from './claims.ts'
import { type Board, mergeBoards, newsBetween, NOBODY, type Presence, wholeNews } from './merge-boards.ts'

/** How often a process looks what has ended, and writes its board at most: whatever people do, one row a second. */
export const PRESENCE_TICK_MS = 1_000
/** What happens within so long is told at once. */
export const PRESENCE_GATHER_MS = 150
/** A browser that loses its stream and comes back within so long was never away. */
export const HERE_GRACE_MS = 4_000

/** What the room of a tenant needs from outside. */
export interface RoomPorts {
  /** Writes this process's board for the others to read. */
  save: (board: Board) => Promise<void>
  /** Takes it away. */
  forget: () => Promise<void>
  /** Somebody has to be told. */
  onNews: () => void
  /** Nobody is there any more; the room is over. */
  onEmpty: () => void
}

/**
 * Who is there in one tenant, as one process knows it: from its own streams and tabs, and from the boards of the
 * others. It has timers only while somebody is there, and no connection.
 */
export class PresenceRoom {
  readonly #ports: RoomPorts
  readonly #claims = createClaims()
  /** Open streams of each person. */
  readonly #streams = new Map<string, number>()
  /** Who has left a moment ago, and until when they count. */
  readonly #leaving = new Map<string, number>()
  readonly #tickTimer: NodeJS.Timeout
  #gatherTimer: NodeJS.Timeout | undefined
  #others: readonly Board[] = []
  #presence = NOBODY
  #version = 1
  #whole: Buffer | undefined
  #latest: Buffer | undefined
  #written = ''
  #writeAt = 0
  #pausedUntil = 0
  #isWriting = false

  constructor(ports: RoomPorts) {
    this.#ports = ports
    this.#tickTimer = setInterval(() => this.#tick(), PRESENCE_TICK_MS)
  }

  /** Another one whenever there is something to tell. */
  get version(): number {
    return this.#version
  }

  /** What a stream that was told `version` last has to be told; made once for all streams. 0: nothing was told yet. */
  framesAfter(version: number): Uint8Array {
    if (version === this.#version - 1 && this.#latest) return this.#latest
    return (this.#whole ??= encodePresence(wholeNews(this.#presence)))
  }

  /** A stream of somebody has begun; call what it gives when it has ended. */
  join(userId: string): () => void {
    this.#streams.set(userId, (this.#streams.get(userId) ?? 0) + 1)
    this.#gather()
    return () => this.#leave(userId)
  }

  tell(told: Told): void {
    const key = claimKey(told)
    const rivals = this.#others.flatMap(({ claims }) => claims.filter((claim) => claimKey(claim) === key))
    const now = Date.now()
    this.#claims.tell(told, { now, rivalAt: Math.max(0, ...rivals.map(({ at }) => at)) })
    this.#gather()
  }

  /** What the other processes know. */
  hear(boards: readonly Board[]): void {
    if (boards.length === 0 && this.#others.length === 0) return
    this.#others = boards
    this.#gather()
  }

  /** The process stops. Its board dies by itself. */
  close(): void {
    clearInterval(this.#tickTimer)
    clearTimeout(this.#gatherTimer)
  }

  #leave(userId: string): void {
    const left = (this.#streams.get(userId) ?? 0) - 1
    if (left > 0) return void this.#streams.set(userId, left)
    this.#streams.delete(userId)
    this.#leaving.set(userId, Date.now() + HERE_GRACE_MS)
  }

  #gather(): void {
    this.#gatherTimer ??= setTimeout(() => {
      this.#gatherTimer = undefined
      this.#look(this.#board(Date.now()))
    }, PRESENCE_GATHER_MS)
  }

  #board(now: number): Board {
    for (const [userId, until] of this.#leaving) if (until <= now) this.#leaving.delete(userId)
    const here = new Set([...this.#streams.keys(), ...this.#leaving.keys()])
    return { here: [...here].toSorted(), claims: this.#claims.list(now) }
  }

  #look(board: Board): void {
    const presence: Presence = mergeBoards([board, ...this.#others])
    const news = newsBetween(this.#presence, presence)
    if (!news) return
    this.#presence = presence
    this.#version++
    this.#latest = encodePresence(news)
    this.#whole = undefined
    this.#ports.onNews()
  }

  #tick(): void {
    const now = Date.now()
    const board = this.#board(now)
    this.#look(board)
    if (board.here.length === 0 && board.claims.length === 0) return this.#end()
    void this.#write(board, now)
  }

  async #write(board: Board, now: number): Promise<void> {
    const text = JSON.stringify(board)
    const isDue = text !== this.#written || now >= this.#writeAt
    if (this.#isWriting || !isDue || now < this.#pausedUntil) return
    this.#isWriting = true
    try {
      await this.#ports.save(board)
      this.#written = text
      this.#writeAt = now + PRESENCE_BEAT_MS
    } catch {
      // The others take us for gone meanwhile, and nothing is lost by it.
      this.#pausedUntil = now + PRESENCE_BEAT_MS
    } finally {
      this.#isWriting = false
    }
  }

  #end(): void {
    this.close()
    this.#ports.onEmpty()
    if (this.#written !== '') this.#ports.forget().catch(() => undefined)
  }
}
