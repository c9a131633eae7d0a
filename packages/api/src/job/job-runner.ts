import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, DatabaseError, newId, type TenantRecord } from '@sarai/db'
import type { Chore } from '../change/chores.ts'
import type { TransactContext } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import { claimJob, hasClaimable, releaseJob } from './claim-job.ts'
import type { JobKind } from './job-kind.ts'
import { countAttempt, failJob, runChunk } from './run-chunk.ts'

/** Tenants whose jobs one process works on at the same time; the others wait for their turn. */
export const TENANTS_WITH_JOBS_MAX = 4
/** Between two chunks, so that what waited for its locks comes in between. */
const CHUNK_PAUSE_MS = 20
/** A job fails for good when so many tries in a row failed for a reason that nobody knows. */
export const JOB_ATTEMPTS_MAX = 3
/** A database that cannot serve is asked again by the same process so often; then it is left to the next chore. */
const BUSY_RETRIES_MAX = 10
const BUSY_PAUSE_MS = 500
/** How soon a job is taken up whose process is gone, while somebody looks at the tenant. */
export const RESUME_JOBS_EVERY_MS = 10_000

type Tenant = Pick<TenantRecord, 'id' | 'tenantKey'>

export interface JobRunner {
  /** There is a job, or may be. Nothing waits for it. */
  wake(tenant: Tenant): void
  /** For the change feed: takes up what another process left behind. */
  chore: Chore
  /** Settles when every tenant that was woken has been seen to: for tests and commands. */
  idle(): Promise<void>
  /** Finishes the chunks at work and leaves the rest to others. */
  close(): Promise<void>
}

export interface JobRunnerOptions {
  database: Pick<Database, 'withTenant'>
  changes: TransactContext['changes']
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void }
  kinds: readonly JobKind[]
}

/** A job is woken inside the scope of a request, and must not end with it. */
const outsideRequests = AsyncLocalStorage.snapshot()

/** Works on the jobs of tenants in this process: one of each tenant at a time, a chunk in each transaction. */
export function createJobRunner(options: JobRunnerOptions): JobRunner {
  return new Runner(options)
}

class Runner implements JobRunner {
  readonly chore: Chore
  readonly #options: JobRunnerOptions
  readonly #owner = newId()
  readonly #waiting = new Map<string, Tenant>()
  readonly #running = new Map<string, Promise<void>>()
  readonly #closed = new AbortController()

  constructor(options: JobRunnerOptions) {
    this.#options = options
    this.chore = {
      label: 'job.resume',
      everyMs: RESUME_JOBS_EVERY_MS,
      run: async ({ db, tenant }) => {
        if (await hasClaimable(db)) this.wake(tenant)
      },
    }
  }

  wake(tenant: Tenant): void {
    if (this.#closed.signal.aborted) return
    this.#waiting.set(tenant.id, tenant)
    this.#startNext()
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values())
  }

  async close(): Promise<void> {
    this.#closed.abort()
    await this.idle()
  }

  #startNext(): void {
    for (const tenant of this.#waiting.values()) {
      if (this.#running.size >= TENANTS_WITH_JOBS_MAX) return
      if (this.#running.has(tenant.id) || this.#closed.signal.aborted) continue
      this.#waiting.delete(tenant.id)
      const run = outsideRequests(() => this.#runTenant(tenant)).finally(() => {
        this.#running.delete(tenant.id)
        this.#startNext()
      })
      this.#running.set(tenant.id, run)
    }
  }

  async #runTenant(tenant: Tenant): Promise<void> {
    const { log } = this.#options
    for (let tries = 0; !this.#closed.signal.aborted; tries++) {
      try {
        while (await this.#runJob(tenant));
        return
      } catch (error) {
        log.warn({ err: error, tenant: tenant.tenantKey, path: 'job.run' }, 'a job could not go on')
        if (tries === BUSY_RETRIES_MAX) return
        await this.#pause(BUSY_PAUSE_MS * (tries + 1))
      }
    }
  }

  /** One job, to its end. Says whether there was one. */
  async #runJob(tenant: Tenant): Promise<boolean> {
    const job = await this.#inTenant(tenant, 'job.claim', ({ db }) => claimJob(db, this.#owner))
    if (!job || this.#closed.signal.aborted) {
      if (job) await this.#release(tenant, job.id)
      return false
    }
    const kind = this.#options.kinds.find((each) => each.kind === job.kind) ?? unknownKind(job.kind)
    const claimed = { id: job.id, owner: this.#owner, kind }
    try {
      while (await this.#inTenant(tenant, `job.${job.kind}`, (ctx) => runChunk(ctx, claimed))) {
        if (this.#closed.signal.aborted) break
        await this.#pause(CHUNK_PAUSE_MS)
      }
    } catch (error) {
      await this.#handle(error, { tenant, claimed })
    } finally {
      await this.#release(tenant, job.id)
    }
    return true
  }

  async #handle(
    error: unknown,
    { tenant, claimed }: { tenant: Tenant; claimed: { id: string; owner: string; kind: JobKind } },
  ): Promise<void> {
    if (error instanceof DatabaseError) throw error
    const fail = (failure: Parameters<typeof failJob>[1]['failure']) =>
      this.#inTenant(tenant, `job.${claimed.kind.kind}`, (ctx) => failJob(ctx, { claimed, failure }))
    if (error instanceof DomainError) {
      return fail({ code: error.code, userMessage: error.userMessage })
    }
    const fields = { err: error, tenant: tenant.tenantKey, path: `job.${claimed.kind.kind}` }
    this.#options.log.error(fields, 'a chunk of a job failed')
    const attempts = await this.#inTenant(tenant, 'job.count', (ctx) => countAttempt(ctx, claimed))
    if (attempts < JOB_ATTEMPTS_MAX) return
    return fail({ code: 'INTERNAL', userMessage: 'Something went wrong on our side. It has been logged.' })
  }

  async #release(tenant: Tenant, id: string): Promise<void> {
    await this.#inTenant(tenant, 'job.release', ({ db }) => releaseJob(db, { id, owner: this.#owner }))
  }

  #pause(forMs: number): Promise<void> {
    return sleep(forMs, undefined, { signal: this.#closed.signal }).catch(() => undefined)
  }

  #inTenant<T>(tenant: Tenant, label: string, work: (ctx: TransactContext) => Promise<T>): Promise<T> {
    const { database, changes } = this.#options
    const scope = { label, class: 'background' } as const
    return database.withTenant(tenant.tenantKey, (db) => work({ db, tenant, changes }), scope)
  }
}

/** Written down by a newer version of the code: this one ends it rather than leave it for ever. */
function unknownKind(kind: string): JobKind {
  return {
    kind,
    undoneBy: undefined,
    permission: () => 'customer:read',
    step: () =>
      Promise.reject(new DomainError('INVALID', 'This version of the product does not know this work.')),
    finish: () => Promise.resolve(null),
  }
}
