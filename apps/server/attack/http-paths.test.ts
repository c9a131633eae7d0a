import type { Auth, ChangeFeed, Files } from '@sarai/api'
import type { Database } from '@sarai/db'
import { expect, test } from 'vitest'
import { createHttp } from '../src/http.ts'
import { LiveStreams } from '../src/live-streams.ts'
import { createMetrics } from '../src/metrics.ts'
import { createLog } from '../src/request-log.ts'
import { HTTP_PATHS } from './http-paths.ts'

/** Paths are registered before anything is asked for: no part that answers is needed. */
async function listPaths(): Promise<string[]> {
  const paths = new Set<string>()
  const app = await createHttp({
    database: {} as Database,
    auth: {} as Auth,
    changes: {} as ChangeFeed,
    jobs: { wake: () => undefined },
    files: {} as Files,
    mail: null,
    baseUrl: 'http://localhost:3000',
    streams: new LiveStreams({ findLiveSessions: async () => new Set() }),
    log: createLog('silent'),
    metrics: createMetrics(),
    isStopping: () => false,
    bound: '127.0.0.1',
    publicUrl: undefined,
    trustedProxies: [],
    internalToken: undefined,
    webRoot: '/nonexistent',
    isDemo: false,
    onRoute: (path) => paths.add(path),
  })
  await app.close()
  return [...paths].toSorted()
}

test('who may ask is said of every path, in apps/server/attack/http-paths.ts', async () => {
  expect(Object.keys(HTTP_PATHS).toSorted()).toEqual(await listPaths())
})
