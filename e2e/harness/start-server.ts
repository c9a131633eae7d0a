import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'

const MAIN = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))
const READY_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 15_000
/** The tests' own connections need the rest of what the server allows. */
const SERVER_CONNECTIONS_MAX = '16'

export interface RunningServer {
  baseUrl: string
  stop(): Promise<void>
}

/** apps/server in a process of its own, listening on a free port. */
export async function startServer(options: { databaseUrl: string; secret: string }): Promise<RunningServer> {
  const port = await findFreePort()
  const baseUrl = `http://localhost:${port}`
  const filesFolder = await mkdtemp(join(tmpdir(), 'sarai-e2e-files-'))
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      APP_SECRET: options.secret,
      DATABASE_URL: options.databaseUrl,
      POOL_CONNECTIONS_MAX: SERVER_CONNECTIONS_MAX,
      LOG_LEVEL: 'warn',
      SARAI_DEMO: '0',
      TENANT_SPARES_MAX: '0',
      STORAGE_URL: pathToFileURL(filesFolder).href,
    },
  })
  try {
    await waitUntilReady(baseUrl, child)
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  return {
    baseUrl,
    async stop() {
      await stop(child)
      await rm(filesFolder, { recursive: true, force: true })
    },
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

async function waitUntilReady(baseUrl: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (Date.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`the server ended with code ${child.exitCode} before it was ready`)
    const answer = await fetch(`${baseUrl}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error(`the server was not ready within ${READY_TIMEOUT_MS} ms`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await Promise.race([ended, sleep(STOP_TIMEOUT_MS).then(() => child.kill('SIGKILL'))])
}
