import { resolve } from 'node:path'
import { type Database, openDatabase, type OpenDatabaseOptions, startPrivateServer } from '@sarai/db'
import { findAppSecret } from './app-secret.ts'
import type { Env } from './env.ts'

export interface StartedDatabase {
  database: Database
  secret: string
  /** Does nothing for a server that was given. A second call waits for the first. */
  stopServer(): Promise<void>
}

export interface StartOptions {
  env: Env
  log: OpenDatabaseOptions['log']
  onWaited: OpenDatabaseOptions['onWaited']
  onProgress: (line: string) => void
  /** Told as soon as there is a server that must not outlive this process. */
  onServerStarted: (stop: () => Promise<void>) => void
}

/** The server that was given, or a private one under DATA_DIR; then the control plane. Tenants are brought up beside serving. */
export async function startDatabase({
  env,
  log,
  onWaited,
  onProgress,
  onServerStarted,
}: StartOptions): Promise<StartedDatabase> {
  const dataDir = resolve(env.DATA_DIR)
  const privateServer = env.DATABASE_URL ? undefined : await startPrivateServer({ dataDir, onProgress })
  const stopServer = async () => privateServer?.stop()
  onServerStarted(stopServer)
  const secret = await findAppSecret({ given: env.APP_SECRET, dataDir })
  const server = env.DATABASE_URL ?? privateServer?.admin
  if (!server) throw new Error('neither a given nor a private server')
  const database = await openDatabase({
    server,
    secret,
    pool: poolSettings(env),
    migratesAtStart: false,
    upkeep: { sparesMax: env.TENANT_SPARES_MAX },
    log,
    onWaited,
  })
  return { database, secret, stopServer }
}

function poolSettings(env: Env): OpenDatabaseOptions['pool'] {
  return {
    connectionsMax: env.POOL_CONNECTIONS_MAX,
    tenantConnectionsMax: env.POOL_TENANT_CONNECTIONS_MAX,
    acquireTimeoutMs: env.POOL_ACQUIRE_TIMEOUT_MS,
    queueMax: env.POOL_QUEUE_MAX,
    leaseWarnMs: env.POOL_LEASE_WARN_MS,
    leaseMaxMs: env.POOL_LEASE_MAX_MS,
    idleMs: env.POOL_IDLE_MS,
  }
}
