import { resolve } from 'node:path'
import { type Files, openFiles } from '@sarai/api'
import {
  type Database,
  findPrivateServer,
  openDatabase,
  type ServerAddress,
  startPrivateServer,
} from '@sarai/db'
import { findAppSecret } from '@sarai/server/app-secret'
import { type Env, readEnv, storageOf } from '@sarai/server/env'

/** Beside a server that has work to do. */
const CONNECTIONS_MAX = 4
const CLOSE_GRACE_MS = 2_000

export interface Installation extends AsyncDisposable {
  env: Env
  server: ServerAddress
  secret: string
}

/**
 * The server that DATABASE_URL names; else the private one under DATA_DIR, which a running `npm start` has started
 * already, or which is started now and stopped when this is disposed of.
 */
export async function openServer(onProgress: (line: string) => void): Promise<Installation> {
  const env = readEnv()
  const dataDir = resolve(env.DATA_DIR)
  const known = env.DATABASE_URL ?? (await findPrivateServer({ dataDir }))
  const started = known ? undefined : await startPrivateServer({ dataDir, onProgress })
  const server = known ?? started?.admin
  if (!server) throw new Error('neither a given nor a private server')
  const secret = await findAppSecret({ given: env.APP_SECRET, dataDir })
  return { env, server, secret, [Symbol.asyncDispose]: async () => started?.stop() }
}

/** Runs `work` with the whole installation: control plane, tenants, one budget shared with the processes that run. */
export async function withDatabase<T>(
  onProgress: (line: string) => void,
  work: (opened: { database: Database; files: Files }) => Promise<T>,
): Promise<T> {
  await using installation = await openServer(onProgress)
  const { server, secret, env } = installation
  const database = await openDatabase({
    server,
    secret,
    // It looks and does what it is told; the servers migrate when they start, and `migrate run` when it is asked to.
    migratesAtStart: false,
    pool: { connectionsMax: env.POOL_CONNECTIONS_MAX ?? CONNECTIONS_MAX },
    log: ({ level, message, fields }) => {
      if (level === 'error') onProgress(`${message}: ${JSON.stringify(fields, showErrors)}`)
    },
  })
  try {
    return await work({ database, files: await openFiles(storageOf(env)) })
  } finally {
    await database.close({ graceMs: CLOSE_GRACE_MS })
  }
}

/** Errors have no fields of their own that JSON would show. */
function showErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.message : value
}
