import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import {
  createAuth,
  createChangeFeed,
  createJobRunner,
  createMail,
  DEMO_PASSWORD,
  DEMO_SIGN_INS,
  type Files,
  installDemo,
  JOB_KINDS,
  openFiles,
  COUNT_CONVERSATIONS,
  COUNT_MESSAGES,
  PRUNE_ACT_RUNS,
  RUN_RULES,
  INDEX_MESSAGES,
  PRUNE_IMPORTS,
  PRUNE_JOBS,
  REOPEN_SNOOZED,
  SEND_DUE,
  HAND_OUT,
  startSweeping,
  sweepAttachments,
} from '@sarai/api'
import { type Database, DatabaseError, PrivateServerError } from '@sarai/db'
import type { Logger } from 'pino'
import { bringUpTenants } from './bring-up-tenants.ts'
import { type Env, EnvError, readEnv, storageOf } from './env.ts'
import { createHttp } from './http.ts'
import { LiveStreams } from './live-streams.ts'
import { createMetrics } from './metrics.ts'
import { createLog } from './request-log.ts'
import { startDatabase } from './start-database.ts'
import { startSendingScheduled } from './send-scheduled.ts'
import { startMeasuring, startTenantSweep, startTransferSweep } from './tenant-sweep.ts'
import { createStopping, SERVER_STOP_MAX_MS, stopOnSignals, type Stopping } from './stopping.ts'

const WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url))
/** For leases that still run when everything else has ended. */
const DATABASE_CLOSE_GRACE_MS = 5_000

/** For people; the log is for machines, on standard output. */
function say(line: string): void {
  console.error(line)
}

async function main(): Promise<void> {
  const env = await readEnvOrExit()
  const log = createLog(env.LOG_LEVEL)
  const stopping = createStopping(log)
  stopOnSignals(stopping, log)
  try {
    await start({ env, log, stopping })
  } catch (error) {
    if (stopping.isStopping()) return
    say(explain(error, env) ?? 'Sarai could not start because of a fault of its own; the log says where.')
    if (explain(error, env) === undefined) log.fatal({ err: error }, 'the start failed')
    await stopping.stop(1)
  }
}

async function readEnvOrExit(): Promise<Env> {
  try {
    return readEnv()
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    say(error.message)
    process.exit(1)
  }
}

async function start({ env, log, stopping }: { env: Env; log: Logger; stopping: Stopping }): Promise<void> {
  await requireFreePort(env)
  const metrics = createMetrics()
  const { database, secret } = await startDatabase({
    env,
    onWaited: metrics.observeWait,
    log: ({ level, message, fields }) => log[level](fields, message),
    onProgress: say,
    onServerStarted: (stop) => stopping.add('database server', stop, SERVER_STOP_MAX_MS),
  })
  stopping.add('database', () => database.close({ graceMs: DATABASE_CLOSE_GRACE_MS }))

  await bringUpTenants({ database, log, stopping, onProgress: say, waits: env.isDemo })
  const url = env.PUBLIC_URL?.origin ?? `http://${urlHost(env.HOST)}:${env.PORT}`
  const auth = createAuth({ master: database.master, secret, baseUrl: url, log })
  const mail = env.SMTP_URL ? createMail({ url: env.SMTP_URL, from: env.MAIL_FROM, log }) : null
  if (mail) stopping.add('mail', async () => mail.close())
  const files = await openFiles(storageOf(env))
  const { changes, jobs } = startBackground({ database, files, log, stopping })
  if (env.isDemo) await installDemo({ database, onProgress: say })

  const streams = new LiveStreams(auth)
  const app = await createHttp({
    database,
    auth,
    changes,
    jobs,
    files,
    mail,
    baseUrl: url,
    streams,
    metrics,
    log,
    isStopping: stopping.isStopping,
    bound: env.HOST,
    publicUrl: env.PUBLIC_URL,
    trustedProxies: env.TRUSTED_PROXIES,
    internalToken: env.INTERNAL_API_TOKEN,
    webRoot: WEB_ROOT,
    isDemo: env.isDemo,
  })
  stopping.add('http', async () => {
    streams.endAll()
    changes.close()
    await app.close()
  })
  await app.listen({ host: env.HOST, port: env.PORT })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : env.PORT
  sayReady(env.PUBLIC_URL?.origin ?? `http://${urlHost(env.HOST)}:${port}`, env)
}

/** Jobs announce what they did to the feed, and the feed's chores take up jobs that were left behind. */
function startBackground({
  database,
  files: { store },
  log,
  stopping,
}: {
  database: Database
  files: Files
  log: Logger
  stopping: Stopping
}) {
  const stopSweeping = startSweeping({ master: database.master, log })
  stopping.add('sweeping', async () => stopSweeping())
  const stopTenantSweep = startTenantSweep({ database, store, log })
  stopping.add('sweep of tenants', async () => stopTenantSweep())
  const stopTransferSweep = startTransferSweep({ database, store, log })
  stopping.add('sweep of transfers', async () => stopTransferSweep())
  const stopMeasuring = startMeasuring(database, log)
  stopping.add('measuring of tenants', async () => stopMeasuring())
  const wake = (tenantId: string) => changes.wake(tenantId)
  const jobs = createJobRunner({ database, changes: { wake }, log, kinds: JOB_KINDS })
  stopping.add('jobs', () => jobs.close())
  const chores = [
    COUNT_MESSAGES,
    COUNT_CONVERSATIONS,
    INDEX_MESSAGES,
    REOPEN_SNOOZED,
    HAND_OUT,
    SEND_DUE,
    sweepAttachments(store),
    PRUNE_ACT_RUNS,
    RUN_RULES,
    PRUNE_IMPORTS,
    PRUNE_JOBS,
    jobs.chore,
  ]
  const changes = createChangeFeed({ database, log, chores })
  const stopSending = startSendingScheduled({ database, changes, log })
  stopping.add('scheduled messages', async () => stopSending())
  return { changes, jobs }
}

function sayReady(url: string, { isDemo }: Env): void {
  say(`\nSarai is ready: ${url}`)
  if (!isDemo) return
  const width = Math.max(...DEMO_SIGN_INS.map(({ email }) => email.length))
  say(`\nSign in with the password ${DEMO_PASSWORD} as`)
  for (const { email, as } of DEMO_SIGN_INS) say(`  ${email.padEnd(width)}  ${as}`)
  say('\nCtrl-C stops everything.')
}

/** Loopback has a name that people know; an address of all interfaces is none that a browser can open. */
function urlHost(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** Asked first: nobody should wait for a database to be made to hear that the port is taken. */
async function requireFreePort({ HOST, PORT }: Env): Promise<void> {
  const probe = createServer()
  const listening = once(probe, 'listening')
  probe.listen({ host: HOST, port: PORT, exclusive: true })
  await listening
  const closed = once(probe, 'close')
  probe.close()
  await closed
}

/** One sentence for what whoever typed the command can mend; undefined for a bug of ours. */
function explain(error: unknown, { HOST, PORT, DATA_DIR }: Env): string | undefined {
  if (error instanceof EnvError || error instanceof PrivateServerError) return error.message
  if (error instanceof DatabaseError)
    return `The database server does not answer as it must: ${error.message}.`
  if (error instanceof TypeError && !('code' in error)) return error.message
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return `Port ${PORT} is in use. Stop what uses it, or choose another: PORT=${PORT + 1}.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${HOST} is no address of this machine.`
  if (code === 'EACCES' && error instanceof Error && 'port' in error)
    return `Port ${PORT} may not be used by this user. Choose another with PORT.`
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC')
    return `${DATA_DIR} cannot be written (${String(code)}). Choose another folder with DATA_DIR.`
  return undefined
}

await main()
