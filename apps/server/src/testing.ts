/** The server as main.ts puts it together, on a database of its own, for tests. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  addMember,
  type Auth,
  createAuth,
  createChangeFeed,
  createJobRunner,
  installBuiltInRoles,
  JOB_KINDS,
  openFiles,
} from '@sarai/api'
import { createTestDatabase, createTestTenant, type TestDatabase, TEST_SECRET } from '@sarai/db/testing'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { createHttp, type HttpOptions } from './http.ts'
import { LiveStreams } from './live-streams.ts'
import { createMetrics } from './metrics.ts'
import { createLog } from './request-log.ts'

export const TEST_PASSWORD = 'correct horse battery'

export interface TestHttp extends AsyncDisposable {
  readonly app: FastifyInstance
  readonly auth: Auth
  readonly database: TestDatabase
  readonly streams: LiveStreams
  /** Listens on a free port of loopback. */
  listen(): Promise<string>
}

export interface TestHttpOptions extends Partial<HttpOptions> {
  database?: TestDatabase
  baseUrl?: string
}

export async function startTestHttp(options: TestHttpOptions = {}): Promise<TestHttp> {
  const given = options.database
  const database = given ?? (await createTestDatabase())
  const webRoot = await makeWebRoot()
  const folder = await mkdtemp(join(tmpdir(), 'sarai-files-'))
  const baseUrl = options.baseUrl ?? 'http://localhost:3000'
  const auth = createAuth({ master: database.master, secret: TEST_SECRET, baseUrl })
  const log = createLog('silent')
  const changes = createChangeFeed({ database, log })
  const jobs = createJobRunner({ database, changes, log, kinds: JOB_KINDS })
  const streams = new LiveStreams(auth)
  const app = await createHttp({
    auth,
    changes,
    jobs,
    files: await openFiles({ kind: 'folder', path: folder }),
    mail: null,
    baseUrl,
    streams,
    log,
    isStopping: () => false,
    bound: '127.0.0.1',
    publicUrl: undefined,
    trustedProxies: [],
    internalToken: undefined,
    webRoot,
    metrics: createMetrics(),
    isDemo: false,
    ...options,
    database,
  })
  return {
    app,
    auth,
    database,
    streams,
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    async [Symbol.asyncDispose]() {
      streams.endAll()
      changes.close()
      await app.close()
      await jobs.close()
      await rm(webRoot, { recursive: true })
      await rm(folder, { recursive: true })
      if (!given) await database[Symbol.asyncDispose]()
    },
  }
}

/** As small as a built web app can be. */
async function makeWebRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'sarai-web-'))
  await mkdir(join(root, 'assets'))
  await writeFile(join(root, 'index.html'), '<!doctype html><html><head><title>Sarai</title></head></html>')
  await writeFile(join(root, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(root, 'assets/main-C0FFEE00.js'), `export const page = '${'x'.repeat(4_000)}'`)
  return root
}

export interface TestPerson {
  userId: string
  email: string
}

/** Somebody who can sign in with TEST_PASSWORD. */
export async function createTestPerson({ auth }: Pick<TestHttp, 'auth'>, email: string): Promise<TestPerson> {
  const { id } = await auth.createUser({ name: 'Test Person', email, password: TEST_PASSWORD })
  return { userId: id, email }
}

/** A tenant with its roles and this person as its owner. Goes with the database. */
export async function createOwnedTenant(
  { database }: Pick<TestHttp, 'database'>,
  tenantKey: string,
  { userId }: TestPerson,
): Promise<void> {
  const { record } = await createTestTenant(database, {
    tenantKey,
    seed: async (tenant) => {
      await database.withTenant(tenantKey, (db) => installBuiltInRoles(db))
      await addMember(database, { tenant: tenant.record, userId, role: 'owner' })
    },
  })
  if (record.tenantKey !== tenantKey) throw new Error('another tenant was made')
}

/** The cookie header of a session that was opened through the sign-in path. */
export async function signIn({ app }: Pick<TestHttp, 'app'>, email: string): Promise<string> {
  const response = await app.inject(signInRequest({ email, password: TEST_PASSWORD }))
  const [cookie] = response.cookies
  if (response.statusCode !== 200 || !cookie) throw new Error(`sign-in answered ${response.statusCode}`)
  return `${cookie.name}=${encodeURIComponent(cookie.value)}`
}

export function signInRequest(payload: object, headers: Record<string, string> = {}): InjectOptions {
  return { method: 'POST', url: '/api/auth/sign-in/email', payload, headers }
}
