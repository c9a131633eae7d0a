import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const READY_TIMEOUT_MS = 120_000
const READY_POLL_MS = 50

export interface ServerProcess {
  readonly origin: string
  start(): Promise<void>
  /** Without any chance to say goodbye. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** apps/server as an operator starts it, always at the same port. Not started yet. */
export async function createServerProcess(env: Record<string, string>): Promise<ServerProcess> {
  const port = await findFreePort()
  const origin = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  return {
    origin,
    async start() {
      child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
        stdio: ['ignore', 'ignore', 'ignore'],
        env: {
          PATH: process.env['PATH'] ?? '',
          LOG_LEVEL: 'silent',
          SARAI_DEMO: '0',
          ...env,
          PORT: String(port),
        },
      })
      await waitUntilReady(origin, child)
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  const closed = once(probe, 'close')
  probe.close()
  await closed
  if (address === null || typeof address === 'string') throw new Error('there is no free port')
  return address.port
}

async function waitUntilReady(origin: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; await sleep(READY_POLL_MS)) {
    if (child.exitCode !== null)
      throw new Error(`the server ended with ${child.exitCode} before it was ready`)
    const answer = await fetch(`${origin}/readyz`).catch(() => undefined)
    if (answer?.ok) return
  }
  throw new Error('the server was not ready in time')
}
