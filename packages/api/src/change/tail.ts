import type { Database, TenantRecord, TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { AsyncLocalStorage } from 'node:async_hooks'
import { readOtherBoards } from '../presence/board-table.ts'
import type { PresenceRoom } from '../presence/presence-room.ts'
import type { PresenceRooms } from '../presence/presence-rooms.ts'
import { type ChangeRing, createChangeRing } from './change-ring.ts'
import type { ChangeStream } from './change-stream.ts'
import { checkReaders } from './check-readers.ts'
import type { FeedSettings } from './feed-settings.ts'
import { readBounds, readChangesAfter } from './read-changes.ts'
import { retryRead } from './retry-read.ts'
import { createSharedFrames, type SharedFrames } from './shared-frames.ts'

/** How the feed's reads are named in explanations of who holds connections. */
export const FEED_LABEL = 'chat.changes'

/**
 * Where no request is running. A commit wakes the tail inside the scope of its request: a read that was left
 * there would use that scope and end with it.
 */
const outsideRequests = AsyncLocalStorage.snapshot()

export interface TailOptions {
  database: Pick<Database, 'master' | 'withTenant'>
  tenant: Pick<TenantRecord, 'id' | 'tenantKey'>
  settings: FeedSettings
  presence: Pick<PresenceRooms, 'roomOf' | 'processId'>
  /** The last stream has left. */
  onEmpty: () => void
  /** Now and then, while there are streams. */
  onPoll: () => void
}

/**
 * The latest changes of one tenant, read once for all its streams in this process. It reads in rounds: one
 * scope each, no connection in between. A round is asked for by a commit in this process, by a new stream,
 * and by a slow poll for what other processes commit.
 */
export class Tail {
  readonly streams = new Set<ChangeStream>()
  /** Who is there, for those who are pushed what they see. It lasts as long as somebody has a stream. */
  readonly presence: PresenceRoom
  readonly #options: TailOptions
  readonly #over = new AbortController()
  #ring: ChangeRing | undefined
  #frames: SharedFrames | undefined
  #asked = 0
  #served = 0
  #isRunning = false
  /** Somebody waits for the next round. A poll can wait longer, and looks at the counter. */
  #isUrgent = false
  #pollTimer: NodeJS.Timeout | undefined
  #checkedAt = Date.now()
  #heardOthersAt = 0
  /** Somebody's access was changed since the last check began. */
  #mustCheck = false

  constructor(options: TailOptions) {
    this.#options = options
    this.presence = options.presence.roomOf(options.tenant)
  }

  add(stream: ChangeStream): void {
    this.streams.add(stream)
    const leave = this.presence.join(stream.userId)
    stream.signal.addEventListener('abort', leave, { once: true })
    stream.signal.addEventListener('abort', () => this.#remove(stream), { once: true })
  }

  /** Asks for a round that begins after this call. Asked during a round: one more, however often. */
  ask(): number {
    this.#isUrgent = true
    return this.#askSomehow()
  }

  /** Asks for a round that reads everybody's access again, whoever changed it. */
  recheck(): void {
    this.#mustCheck = true
    this.ask()
  }

  /** The ring, once the round that `ask` promised is done. */
  ringAfter(ticket: number): ChangeRing | undefined {
    return this.#served >= ticket ? this.#ring : undefined
  }

  /** What the ring holds, as bytes that all readers of a kind share. Call it when there is a ring. */
  framesOf(ring: ChangeRing): SharedFrames {
    return (this.#frames ??= createSharedFrames(ring))
  }

  wakeAll(): void {
    for (const stream of this.streams) stream.wake()
  }

  #remove(stream: ChangeStream): void {
    if (!this.streams.delete(stream) || this.streams.size > 0) return
    clearTimeout(this.#pollTimer)
    this.#over.abort()
    this.#options.onEmpty()
  }

  #askSomehow(): number {
    this.#asked++
    void outsideRequests(() => this.#run())
    return this.#asked
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    try {
      while (this.#served < this.#asked && !this.#over.signal.aborted) {
        const serving = this.#asked
        await retryRead(() => this.#readRound(), this.#over.signal)
        this.#served = serving
        this.wakeAll()
      }
      this.#schedulePoll()
    } catch (error) {
      this.#endAll(error)
    } finally {
      this.#isRunning = false
    }
  }

  async #readRound(): Promise<void> {
    const { database, tenant } = this.#options
    const isPoll = !this.#isUrgent
    this.#isUrgent = false
    await database.withTenant(tenant.tenantKey, (db) => this.#catchUp(db, isPoll), {
      signal: this.#over.signal,
      label: FEED_LABEL,
      class: isPoll ? 'background' : 'interactive',
    })
  }

  async #catchUp(db: Kysely<TenantTables>, isPoll: boolean): Promise<void> {
    const { settings } = this.#options
    const isDue = Date.now() - this.#checkedAt >= settings.accessRecheckMs
    if (isDue || this.#mustCheck) await this.#checkAccess(db)
    await this.#hearOthers(db)
    if (!this.#ring || isPoll) {
      const { lastSeq, oldestSeq } = await readBounds(db)
      this.#ring ??= createChangeRing(lastSeq, settings.ring)
      // A database restored from a backup is earlier than we were; what we never reached may be deleted.
      if (lastSeq < this.#ring.position) this.#ring.restart(lastSeq)
      if (oldestSeq > this.#ring.position + 1) this.#ring.restart(oldestSeq - 1)
      if (lastSeq === this.#ring.position) return
    }
    while (await this.#readPage(db, this.#ring));
  }

  /** As often as a poll, also in a tenant so busy that no poll is ever due. */
  async #hearOthers(db: Kysely<TenantTables>): Promise<void> {
    const { settings, presence } = this.#options
    const now = Date.now()
    if (now - this.#heardOthersAt < settings.pollMs) return
    this.#heardOthersAt = now
    this.presence.hear(await readOtherBoards(db, presence.processId))
  }

  /** Says whether there may be more. */
  async #readPage(db: Kysely<TenantTables>, ring: ChangeRing): Promise<boolean> {
    const { pageMax } = this.#options.settings
    const read = await readChangesAfter(db, { afterSeq: ring.position, limit: pageMax })
    // Before anybody sees what comes after it.
    if (read.some(({ change }) => change.kind === 'role.changed')) await this.#checkAccess(db)
    ring.append(read)
    this.wakeAll()
    return read.length === pageMax
  }

  async #checkAccess(db: Kysely<TenantTables>): Promise<void> {
    const startedAt = Date.now()
    this.#mustCheck = false
    try {
      await checkReaders(db, { ...this.#options, readers: this.streams })
    } catch (error) {
      this.#mustCheck = true
      throw error
    }
    this.#checkedAt = startedAt
  }

  #schedulePoll(): void {
    clearTimeout(this.#pollTimer)
    if (this.#over.signal.aborted) return
    // Spread, so that the tenants of a process that has just started do not all read at the same moment.
    const waitMs = this.#options.settings.pollMs * (0.8 + Math.random() * 0.4)
    this.#pollTimer = setTimeout(() => {
      this.#options.onPoll()
      this.#askSomehow()
    }, waitMs)
  }

  #endAll(cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error('the changes cannot be read', { cause })
    for (const stream of this.streams) stream.end(error)
  }
}
