import { type Connection, createConnection } from 'mysql2/promise'
import { DatabaseError } from '../errors.ts'
import { toDatabaseError } from '../statement-error.ts'
import type { ServerAddress } from './address.ts'

const CONNECT_TIMEOUT_MS = 10_000
/** Of what `max_connections` allows, kept for the operator's own tools. */
const RESERVE_SHARE = 0.1
const RESERVE_MIN = 5
/** Throughput on two cores peaks at 8 to 16 connections. */
export const CONNECTIONS_CAP = 16
export const CONNECTIONS_MIN = 2

/** A connection as the administrator, closed when `work` has settled. Not counted here: callers hold a permit. */
export async function withAdmin<T>(
  server: ServerAddress,
  work: (admin: Connection) => Promise<T>,
): Promise<T> {
  const admin = await connect(server)
  try {
    return await work(admin)
  } catch (error) {
    throw explain(error, server)
  } finally {
    await admin.end().catch(() => admin.destroy())
  }
}

async function connect(server: ServerAddress): Promise<Connection> {
  const { host, port, socketPath, user, password } = server
  const where = socketPath === undefined ? { host, port } : { socketPath }
  try {
    return await createConnection({
      ...where,
      user,
      password,
      timezone: 'Z',
      charset: 'utf8mb4_unicode_520_ci',
      connectTimeout: CONNECT_TIMEOUT_MS,
      enableKeepAlive: true,
    })
  } catch (error) {
    throw explain(error, server)
  }
}

const NO_SUCH_PRIVILEGE: ReadonlySet<unknown> = new Set([1044, 1142, 1227, 1410])
const LOGIN_REFUSED: ReadonlySet<unknown> = new Set([1045, 1698])

/** The administrator is no tenant: what the server holds against it is told to the operator. */
function explain(error: unknown, { user, host, port }: ServerAddress): unknown {
  const errno = error instanceof Error && 'errno' in error ? error.errno : undefined
  if (LOGIN_REFUSED.has(errno)) {
    return new DatabaseError('SERVER_UNAVAILABLE', `${host}:${port} refuses the login of ${user}`, {
      cause: error,
    })
  }
  if (NO_SUCH_PRIVILEGE.has(errno)) {
    const message = `${user} at ${host}:${port} may not create databases and accounts and grant rights on them`
    return new DatabaseError('SERVER_UNAVAILABLE', message, { cause: error })
  }
  return toDatabaseError(error)
}

/** What all processes together may use: what the server allows, less a reserve for operators. */
export function chooseFleetMax(serverMax: number): number {
  const reserve = Math.max(RESERVE_MIN, Math.ceil(serverMax * RESERVE_SHARE))
  return Math.max(CONNECTIONS_MIN, serverMax - reserve)
}

/** What one process would use by default if it were alone: no more than helps. */
export function chooseConnectionsMax(serverMax: number): number {
  return Math.min(CONNECTIONS_CAP, chooseFleetMax(serverMax))
}

/** Closed here and not yet known to be gone there. */
const FENCE_SLACK = 2

/**
 * What the server lets one tenant have: half of what all processes together may use, as each process lets it have half
 * of its own. Further off than what a process is told to let it have.
 */
export function chooseTenantFence(fleetMax: number, tenantConnectionsMax = 0): number {
  return Math.max(Math.ceil(fleetMax / 2), tenantConnectionsMax) + FENCE_SLACK
}
