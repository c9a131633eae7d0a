import type { MysqlPoolConnection } from 'kysely'
import { FakeServer, VirtualClock } from './fake-server.ts'
import { ServerPool } from './server-pool.ts'
import type { Account, PoolEvent, PoolOptions, PoolScope } from './types.ts'

/** For tests: a pool over a fake server in virtual time. */
export function makeVirtualPool(
  options: Partial<PoolOptions> = {},
  server: ConstructorParameters<typeof FakeServer>[1] = {},
) {
  const clock = new VirtualClock()
  const fake = new FakeServer(clock, server)
  const events: PoolEvent[] = []
  const pool = new ServerPool(
    {
      endpoint: { host: 'fake', port: 1 },
      connectionsMax: 4,
      tenantConnectionsMax: 4,
      acquireTimeoutMs: 100,
      queueMax: 100,
      tenantQueueMax: 50,
      leaseWarnMs: 1_000,
      leaseMaxMs: 5_000,
      idleMs: 60_000,
      onEvent: (event) => events.push(event),
      ...options,
    },
    { clock, driver: fake },
  )
  return { clock, fake, events, pool }
}

export function accountOf(name: string): Account {
  return { id: name, label: name, user: name, database: name, password: () => `secret of ${name}` }
}

export function getConnection(scope: PoolScope): Promise<MysqlPoolConnection> {
  return new Promise((resolve, reject) => {
    scope.pool.getConnection((error, connection) => (error ? reject(asError(error)) : resolve(connection)))
  })
}

export function run(connection: MysqlPoolConnection, sql: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    connection.query(sql, [], (error, result) => (error ? reject(asError(error)) : resolve(result)))
  })
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

/** Settled or not, without waiting. */
export function watch<T>(work: Promise<T>) {
  const seen: { value?: T; error?: unknown; isSettled: boolean } = { isSettled: false }
  work.then(
    (value) => Object.assign(seen, { value, isSettled: true }),
    (error: unknown) => Object.assign(seen, { error, isSettled: true }),
  )
  return seen
}
