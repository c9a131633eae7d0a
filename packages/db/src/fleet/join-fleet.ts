import { hostname } from 'node:os'
import type { Connection } from 'mysql2/promise'
import { DatabaseError } from '../errors.ts'
import { newId } from '../id.ts'
import { type Clock, pause, systemClock } from '../pool/clock.ts'
import type { ServerPool } from '../pool/server-pool.ts'
import type { Account } from '../pool/types.ts'
import type { ServerAddress } from '../server/address.ts'
import { masterOn, withHeartbeatLogin } from './heartbeat-login.ts'
import { EXPIRES_MS, FORGOTTEN_AFTER_MS, HEARTBEAT_MS } from './lease-terms.ts'
import { type ShareEvent, ShareKeeper } from './share-keeper.ts'
import { SHARE_MIN } from './share-plan.ts'
import { type Borrower, exchange, type FleetMax, giveBack } from './share-table.ts'

const ASK_AGAIN_MS = HEARTBEAT_MS / 4
/** By then whoever died has been forgotten, and whoever lives has shrunk, unless there are too many of them. */
const JOIN_TIMEOUT_MS = EXPIRES_MS + FORGOTTEN_AFTER_MS + 5 * HEARTBEAT_MS
const HOST_LENGTH_MAX = 255
/** A heartbeat alone keeps no process alive. */
const heartbeatClock: Clock = {
  ...systemClock,
  after(ms, run) {
    const timer = setTimeout(run, ms).unref()
    return () => clearTimeout(timer)
  },
}

/** A share that was lent to this process before it has a pool. */
export interface Loan {
  borrower: Borrower
  share: number
  askedAt: number
  wanted: number
  fleetMax: FleetMax
}

export interface LoanRequest {
  serverId: string
  wanted: number
  fleetMax: FleetMax
}

/**
 * Waits until the processes that are there have made room for one more. Over the administrator's connection that
 * the start has anyway: nothing else is opened before there is a share for it.
 *
 * @throws RangeError if less than 2 are wanted; DatabaseError SERVER_UNAVAILABLE if all that the server allows stays lent to others.
 */
export async function joinFleet(
  admin: Connection,
  { serverId, wanted, fleetMax }: LoanRequest,
  clock: Clock = systemClock,
): Promise<Loan> {
  if (!Number.isInteger(wanted) || wanted < SHARE_MIN) {
    throw new RangeError(`connectionsMax must be a whole number of at least ${SHARE_MIN}, not ${wanted}`)
  }
  const master = masterOn(admin)
  const host = hostname().slice(0, HOST_LENGTH_MAX)
  const borrower: Borrower = { processId: newId(), serverId, host, pid: process.pid }
  const end = clock.now() + JOIN_TIMEOUT_MS
  for (;;) {
    const askedAt = clock.now()
    const { share, total, others } = await exchange(master, borrower, {
      report: { held: 0, wanted },
      fleetMax,
    })
    if (share >= SHARE_MIN) return { borrower, share, askedAt, wanted, fleetMax }
    if (clock.now() >= end) {
      await giveBack(master, borrower)
      throw new DatabaseError(
        'SERVER_UNAVAILABLE',
        `the ${total} connections that this server allows are lent to ${others} other processes`,
      )
    }
    await pause(clock, ASK_AGAIN_MS)
  }
}

export interface KeepOptions {
  loan: Loan
  pool: ServerPool
  server: ServerAddress
  account: Account
  onEvent(event: ShareEvent): void
}

/** From the start of the pool until it is closed. */
export function keepShare({ loan, pool, server, account, onEvent }: KeepOptions): ShareKeeper {
  const { borrower, share, askedAt, wanted, fleetMax } = loan
  return new ShareKeeper({
    clock: heartbeatClock,
    budget: pool,
    wanted,
    lent: { share, askedAt },
    onEvent,
    wire: {
      exchange: (report) =>
        pool.withReserve(() =>
          withHeartbeatLogin(server, account, (master) => exchange(master, borrower, { report, fleetMax })),
        ),
      giveBack: () => withHeartbeatLogin(server, account, (master) => giveBack(master, borrower)),
    },
  })
}
