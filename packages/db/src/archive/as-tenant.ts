import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import type { Installation } from '../installation.ts'
import type { ServerAddress } from '../server/address.ts'
import { withAdmin } from '../server/admin.ts'
import type { TenantEntry } from '../tenant/tenant-directory.ts'
import { cancelled } from './progress.ts'

/** People come first: an archive waits for its turn rather than fail for want of one. */
const PERMIT_TIMEOUT_MS = 10 * 60_000
/** For the server to end a thread that it was told to. */
const THREAD_GONE_TIMEOUT_MS = 5_000
const THREAD_POLL_MS = 10

interface AsTenant<T> {
  label: string
  signal?: AbortSignal | undefined
  /** `gone` is aborted when the connection is lost or killed: a stream of rows hears of it in no other way. */
  work: (connection: Connection, gone: AbortSignal) => Promise<T>
}

/**
 * A connection of one's own as the tenant's account, inside the budget and behind everybody who waits for an answer. For
 * work that holds one connection for minutes, which a lease may not.
 *
 * Cancelled, it ends at once, also in the middle of a table that is being read: what is on its way then neither ends nor
 * fails by itself. The thread is killed from another connection, over the reserved permit, and seen to be gone before the
 * permit is given back.
 *
 * @throws DatabaseError ABORTED once `signal` is aborted
 */
export function asTenant<T>(
  { pool, server }: Pick<Installation, 'pool' | 'server'>,
  { account }: Pick<TenantEntry, 'account'>,
  { label, signal, work }: AsTenant<T>,
): Promise<T> {
  const address = { ...server, user: account.user, password: account.password() }
  const kill = (threadId: number) => pool.withReserve(() => killThread(address, threadId))
  return pool.withPermit(
    label,
    () =>
      withAdmin(address, (connection) =>
        untilCancelled(connection, { signal, kill }, async (gone) => {
          await connection.query('USE ??', [account.database])
          await connection.query("SET time_zone = '+00:00'")
          return work(connection, gone)
        }),
      ),
    { class: 'background', acquireTimeoutMs: PERMIT_TIMEOUT_MS, signal },
  )
}

interface Cancelling {
  signal: AbortSignal | undefined
  kill: (threadId: number) => Promise<void>
}

async function untilCancelled<T>(
  connection: Connection,
  { signal, kill }: Cancelling,
  work: (gone: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = Promise.withResolvers<never>()
  const gone = new AbortController()
  const { threadId } = connection
  let killing: Promise<void> | undefined
  const cancel = () => {
    gone.abort()
    killing ??= kill(threadId)
      .catch(() => undefined)
      .then(() => cutOff(connection))
  }
  connection.on('error', (error) => {
    lost.reject(error)
    gone.abort(error)
  })
  signal?.addEventListener('abort', cancel, { once: true })
  if (signal?.aborted) cancel()
  try {
    return await Promise.race([work(gone.signal), lost.promise])
  } catch (error) {
    throw signal?.aborted ? cancelled(signal) : error
  } finally {
    signal?.removeEventListener('abort', cancel)
    await killing
  }
}

/** Rows that nobody reads any more would keep the socket open, and with it the process. */
function cutOff({ connection }: Connection & { connection?: { stream?: { destroy(): void } } }): void {
  connection?.stream?.destroy()
}

/** An account may end its own threads. */
async function killThread(address: ServerAddress, threadId: number): Promise<void> {
  await withAdmin(address, async (killer) => {
    // One that has just left is no failure.
    await killer.query(`KILL ${threadId}`).catch(() => undefined)
    const end = performance.now() + THREAD_GONE_TIMEOUT_MS
    while ((await isThere(killer, threadId)) && performance.now() < end) await sleep(THREAD_POLL_MS)
  })
}

async function isThere(killer: Connection, threadId: number): Promise<boolean> {
  const [rows] = await killer.query<RowDataPacket[]>(
    'SELECT id FROM information_schema.processlist WHERE id = ?',
    [threadId],
  )
  return rows.length > 0
}
