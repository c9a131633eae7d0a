import { type ControlNotice, type Database, DatabaseError, type TenantRecord } from '@sarai/db'
import { DomainError } from '../errors.ts'
import type { Access } from '../permission/access.ts'
import type { Permission } from '../permission/schema.ts'
import type { Told } from '../presence/claims.ts'
import { createPresenceRooms, type PresenceRooms } from '../presence/presence-rooms.ts'
import type { PositionedEvent } from './change-event.ts'
import type { ChangeSink } from './change-sink.ts'
import { type ChangeStream, openStream } from './change-stream.ts'
import { type Chore, makeChoreRunner } from './chores.ts'
import { FEED_DEFAULTS, type FeedSettings } from './feed-settings.ts'
import { type Follow, followChanges } from './follow-changes.ts'
import { pruneChanges } from './prune-changes.ts'
import { pushChanges } from './push-changes.ts'
import { FEED_LABEL, Tail } from './tail.ts'
import { whyClosed } from './why-closed.ts'

/** One reader of a tenant's changes. */
export interface FollowOptions {
  tenant: Pick<TenantRecord, 'id' | 'tenantKey'>
  userId: string
  /** Without it the stream ends, whenever the reader loses it. */
  permission: Permission
  /** What the reader may see now; the feed reads it again while the stream lasts. */
  access: Access
  /** The last number the reader has; left out: from now on, beginning with `ready`. */
  afterSeq?: number | undefined
  /** Ends the stream and gives back all it holds. */
  signal?: AbortSignal | undefined
}

/** The changes of all tenants, as this process sees them. */
export interface ChangeFeed {
  /** Wakes the streams of a tenant in this process when a change has been committed. */
  wake(tenantId: string): void

  /**
   * Every change the reader may see, in commit order, each exactly once.
   *
   * @throws DomainError RATE_LIMITED for one stream too many; FORBIDDEN once the reader lacks the permission.
   * DatabaseError TENANT_UNKNOWN once they are no member, TENANT_SUSPENDED and the like, CLOSED. All of it within a
   * second, whichever process took the access away.
   */
  follow(options: FollowOptions): AsyncGenerator<PositionedEvent, void, undefined>

  /**
   * The same as bytes of tRPC's protocol, written into `sink` as they come: what many readers may see is made once
   * for all of them. Settles when the reader has left or was cut.
   *
   * @throws the same as `follow`
   */
  push(options: FollowOptions, sink: ChangeSink): Promise<void>

  /** Tells all who are pushed the changes of the tenant, in every process, what a tab shows. Kept nowhere for long. */
  tell(tenant: FollowOptions['tenant'], told: Told): void

  /** Ends every stream with CLOSED, which makes browsers come back later. */
  close(): void
}

export interface ChangeFeedOptions {
  database: Pick<Database, 'master' | 'withTenant' | 'onControlChange'>
  log: { warn(fields: object, message: string): void }
  /** Default FEED_DEFAULTS. */
  settings?: Partial<FeedSettings>
  /** Besides the deletion of old changes. */
  chores?: readonly Chore[]
}

/**
 * The feed of one process. Streams cost no query of their own while they keep up: each tenant with streams
 * has one tail, and each commit wakes it for one read.
 */
export function createChangeFeed(options: ChangeFeedOptions): ChangeFeed {
  return new TailedFeed(options)
}

class TailedFeed implements ChangeFeed {
  readonly #database: ChangeFeedOptions['database']
  readonly #settings: FeedSettings
  readonly #tails = new Map<string, Tail>()
  readonly #closed = new AbortController()
  readonly #presence: PresenceRooms
  readonly #runChores: ReturnType<typeof makeChoreRunner>
  readonly #stopListening: () => void

  constructor({ database, log, settings, chores = [] }: ChangeFeedOptions) {
    this.#database = database
    this.#settings = { ...FEED_DEFAULTS, ...settings }
    const prune: Chore = {
      label: `${FEED_LABEL}.prune`,
      everyMs: this.#settings.pruneEveryMs,
      run: ({ db }) => pruneChanges(db),
    }
    this.#runChores = makeChoreRunner({
      database,
      log,
      changes: this,
      chores: [prune, ...chores],
      signal: this.#closed.signal,
    })
    this.#presence = createPresenceRooms({
      database,
      onNews: (tenantId) => this.#tails.get(tenantId)?.wakeAll(),
    })
    this.#stopListening = database.onControlChange((notice) => this.#keepUp(notice))
  }

  wake(tenantId: string): void {
    this.#tails.get(tenantId)?.ask()
  }

  async *follow(options: FollowOptions): AsyncGenerator<PositionedEvent, void, undefined> {
    if (options.signal?.aborted) return
    using stream = openStream(options)
    try {
      yield* followChanges(this.#admit(options, stream))
    } catch (error) {
      // What a read says when the stream ended under it is not why the stream ended.
      if (stream.isOpen()) throw error
    }
  }

  async push(options: FollowOptions, sink: ChangeSink): Promise<void> {
    if (options.signal?.aborted) return
    using stream = openStream(options)
    try {
      await pushChanges({ ...this.#admit(options, stream), sink })
    } catch (error) {
      if (stream.isOpen()) throw error
    }
  }

  tell(tenant: FollowOptions['tenant'], told: Told): void {
    if (!this.#closed.signal.aborted) this.#presence.roomOf(tenant).tell(told)
  }

  #admit(options: FollowOptions, stream: ChangeStream): Follow {
    if (this.#closed.signal.aborted) throw closed()
    const { tenant, afterSeq } = options
    this.#requireRoom(options)
    const tail = this.#tails.get(tenant.id) ?? this.#createTail(tenant)
    tail.add(stream)
    return { database: this.#database, tenant, tail, stream, afterSeq, pageMax: this.#settings.pageMax }
  }

  close(): void {
    this.#stopListening()
    this.#closed.abort()
    this.#presence.close()
    for (const tail of this.#tails.values()) {
      for (const stream of tail.streams) stream.end(closed())
    }
  }

  /** What any process changed in the control plane: who may still read is decided now, not at the next recheck. */
  #keepUp(notice: ControlNotice): void {
    if (notice.kind === 'everything.changed') for (const tail of this.#tails.values()) tail.recheck()
    if (!('tenantId' in notice)) return
    const tail = this.#tails.get(notice.tenantId)
    const error = notice.kind === 'tenant.changed' ? whyClosed(notice) : undefined
    if (!error) return tail?.recheck()
    for (const stream of tail?.streams ?? []) stream.end(error)
  }

  #createTail(tenant: FollowOptions['tenant']): Tail {
    const tail = new Tail({
      database: this.#database,
      tenant,
      settings: this.#settings,
      presence: this.#presence,
      onEmpty: () => this.#tails.delete(tenant.id),
      onPoll: () => this.#runChores(tenant),
    })
    this.#tails.set(tenant.id, tail)
    return tail
  }

  #requireRoom({ tenant, userId }: FollowOptions): void {
    const streams = this.#tails.get(tenant.id)?.streams ?? new Set()
    const { streamsPerTenantMax, streamsPerUserMax } = this.#settings
    const ownCount = [...streams].filter((stream) => stream.userId === userId).length
    if (streams.size < streamsPerTenantMax && ownCount < streamsPerUserMax) return
    throw new DomainError('RATE_LIMITED', 'Too many windows are open here. Close some and try again.')
  }
}

function closed(): DatabaseError {
  return new DatabaseError('CLOSED', 'the process is stopping')
}
