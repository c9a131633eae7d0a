import { addMember, createAuth, installBuiltInRoles } from '@sarai/api'
import { type Database, newId, openDatabase } from '@sarai/db'
import { startTestServer, TEST_SECRET, type TestServer } from '@sarai/db/testing'
import type { KnownMessage } from './check-history.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import type { Desk } from './writer.ts'

const PASSWORD = 'correct horse battery'
/** Of the server's 60: each process, and as many for the one that takes its place before it is given up. */
const SERVER_CONNECTIONS_MAX = '8'
const OWN_CONNECTIONS_MAX = 4
const CONVERSATIONS = 5

export interface TestDesk extends Desk {
  agents: readonly { name: string; cookie: string }[]
}

/** A database server that can be restarted, processes of the product that can be killed, and two businesses. */
export interface Installation extends AsyncDisposable {
  readonly mariadb: TestServer
  readonly processes: readonly ServerProcess[]
  readonly desks: readonly TestDesk[]
  /** All messages in the databases. */
  listStored(): Promise<KnownMessage[]>
}

export async function startInstallation(processCount: number): Promise<Installation> {
  await using started = new AsyncDisposableStack()
  const mariadb = started.use(await startTestServer({ maxConnections: 60, isDurable: true }))
  const { host, port, user, password } = mariadb.admin
  const env = {
    // By TCP, as the processes come: the accounts that are made here are let in from there alone.
    DATABASE_URL: `mysql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}`,
    APP_SECRET: TEST_SECRET,
    POOL_CONNECTIONS_MAX: SERVER_CONNECTIONS_MAX,
  }
  const database = await openDatabase({
    server: env.DATABASE_URL,
    secret: TEST_SECRET,
    pool: { connectionsMax: OWN_CONNECTIONS_MAX },
  })
  started.defer(() => database.close({ graceMs: 0 }))
  const processes = await Promise.all(Array.from({ length: processCount }, () => createServerProcess(env)))
  for (const process of processes) started.defer(() => process.stop())
  await Promise.all(processes.map((process) => process.start()))
  const [first] = processes
  if (!first) throw new RangeError('an installation has at least one process')
  const desks = [
    await createDesk({ database, origin: first.origin }, 'rabin'),
    await createDesk({ database, origin: first.origin }, 'zaitoon'),
  ]
  const parts = started.move()
  return {
    mariadb,
    processes,
    desks,
    listStored: async () =>
      (await Promise.all(desks.map(({ tenantKey }) => listMessages(database, tenantKey)))).flat(),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

interface Site {
  database: Database
  origin: string
}

async function createDesk({ database, origin }: Site, tenantKey: string): Promise<TestDesk> {
  const tenant = await database.createTenant({ tenantKey, name: tenantKey })
  await database.withTenant(tenantKey, (db) => installBuiltInRoles(db))
  const auth = createAuth({ master: database.master, secret: TEST_SECRET, baseUrl: origin })
  const agents = []
  for (const name of ['Amina', 'Bilal']) {
    const email = `${name.toLowerCase()}@${tenantKey}.test`
    const { id: userId } = await auth.createUser({ name, email, password: PASSWORD })
    await addMember(database, { tenant, userId, role: 'owner' })
    agents.push({ name, cookie: await signIn(origin, email) })
  }
  const cookie = agents[0]?.cookie ?? ''
  const conversationIds = await database.withTenant(tenantKey, async (db) => {
    const now = new Date()
    const dates = { created_at: now, updated_at: now }
    const ids = Array.from({ length: CONVERSATIONS }, () => ({ customer: newId(), conversation: newId() }))
    const customers = ids.map(({ customer }) => ({ id: customer, name: 'A customer', ...dates }))
    await db.insertInto('customers').values(customers).execute()
    const rows = ids.map(({ customer, conversation }) => ({
      id: conversation,
      customer_id: customer,
      status: 'open' as const,
      ...dates,
    }))
    await db.insertInto('conversations').values(rows).execute()
    return ids.map(({ conversation }) => conversation)
  })
  return { tenantKey, cookie, conversationIds, agents }
}

async function signIn(origin: string, email: string): Promise<string> {
  const response = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  })
  const [cookie] = response.headers.getSetCookie()
  if (!response.ok || cookie === undefined) throw new Error(`signing in failed: ${response.status}`)
  return cookie.split(';')[0] ?? ''
}

async function listMessages(database: Database, tenantKey: string): Promise<KnownMessage[]> {
  const rows = await database.withTenant(tenantKey, (db) =>
    db
      .selectFrom('messages')
      .select(['conversation_id', 'client_id', 'seq'])
      .where('author_kind', '!=', 'system')
      .orderBy('conversation_id')
      .orderBy('seq')
      .execute(),
  )
  return rows.map((row) => ({
    tenantKey,
    conversationId: row.conversation_id,
    clientId: row.client_id,
    seq: Number(row.seq),
  }))
}
