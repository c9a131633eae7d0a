// The product as it is, in a process of its own: one business, one person who may open as many streams as are measured.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addMember, createAuth, createChangeFeed, installBuiltInRoles, openFiles } from '@sarai/api'
import { newId, openDatabase } from '@sarai/db'
import { createHttp } from '../src/http.ts'
import { LiveStreams } from '../src/live-streams.ts'
import { createMetrics } from '../src/metrics.ts'
import { createLog } from '../src/request-log.ts'
import { answerMeasurer } from './serve.ts'

const SECRET = 'a secret for benchmarks, long enough to be taken'
const PASSWORD = 'correct horse battery'
const EMAIL = 'owner@rabin.test'
const TENANT = 'rabin'
const STREAMS_MAX = 5_000
const BASE_URL = 'http://localhost'

const [databaseUrl = ''] = process.argv.slice(2)
const database = await openDatabase({ server: databaseUrl, secret: SECRET })
const tenant = await database.createTenant({ tenantKey: TENANT, name: 'Rabin' })
await database.withTenant(TENANT, (db) => installBuiltInRoles(db))
const auth = createAuth({ master: database.master, secret: SECRET, baseUrl: BASE_URL })
const { id: userId } = await auth.createUser({ name: 'Amina', email: EMAIL, password: PASSWORD })
await addMember(database, { tenant, userId, role: 'owner' })
const log = createLog('silent')
const app = await createHttp({
  database,
  auth,
  changes: createChangeFeed({
    database,
    log,
    settings: { streamsPerUserMax: STREAMS_MAX, streamsPerTenantMax: STREAMS_MAX },
  }),
  jobs: { wake: () => undefined },
  files: await openFiles({ kind: 'folder', path: await mkdtemp(join(tmpdir(), 'sarai-files-')) }),
  streams: new LiveStreams(auth),
  log,
  metrics: createMetrics(),
  mail: null,
  baseUrl: BASE_URL,
  isStopping: () => false,
  bound: '127.0.0.1',
  publicUrl: undefined,
  trustedProxies: [],
  internalToken: undefined,
  webRoot: await makeWebRoot(),
  isDemo: false,
})
const origin = await app.listen({ host: '127.0.0.1', port: 0 })
const api = `${origin}/t/${TENANT}/trpc`
answerMeasurer({
  streamUrl: `${api}/chat.changes?input=%7B%7D`,
  sendUrl: `${api}/chat.message.send`,
  cookie: await signIn(),
  body: { conversationId: await openConversation() },
})

async function makeWebRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'sarai-bench-web-'))
  await writeFile(join(root, 'index.html'), '<!doctype html><html><head></head></html>')
  return root
}

async function signIn(): Promise<string> {
  const response = await app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    payload: { email: EMAIL, password: PASSWORD },
  })
  const [cookie] = response.cookies
  if (!cookie) throw new Error(`signing in was answered with ${response.statusCode}`)
  return `${cookie.name}=${encodeURIComponent(cookie.value)}`
}

async function openConversation(): Promise<string> {
  const now = new Date()
  const dates = { created_at: now, updated_at: now }
  const customer = { id: newId(), name: 'Hannah Fischer', ...dates }
  const conversation = { id: newId(), customer_id: customer.id, status: 'open' as const, ...dates }
  await database.withTenant(TENANT, async (db) => {
    await db.insertInto('customers').values(customer).execute()
    await db.insertInto('conversations').values(conversation).execute()
  })
  return conversation.id
}
