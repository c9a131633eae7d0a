import { addMember, createAuth, installBuiltInRoles } from '@sarai/api'
import { type Database, newId, openDatabase } from '@sarai/db'
import { readInstallation } from './installation.ts'

/** The worker's own connections, beside the server's. */
const WORKER_CONNECTIONS_MAX = 4
const PASSWORD = 'correct horse battery'

export interface Person {
  userId: string
  name: string
  email: string
  password: string
}

/** A business of its own for one test: nobody else's rows can be seen, and nobody else sees these. */
export interface Desk {
  tenantKey: string
  name: string
  owner: Person
  agent: Person
}

export async function openTestDatabase(): Promise<Database> {
  const { databaseUrl, secret } = readInstallation()
  return openDatabase({ server: databaseUrl, secret, pool: { connectionsMax: WORKER_CONNECTIONS_MAX } })
}

export async function createDesk(database: Database): Promise<Desk> {
  const tenantKey = `desk-${newId().slice(-12)}`
  const name = `Desk ${tenantKey.slice(-4)}`
  const tenant = await database.createTenant({ tenantKey, name })
  await database.withTenant(tenantKey, (db) => installBuiltInRoles(db))
  const owner = await createPerson(database, { tenantKey, name: 'Zara Owner' })
  const agent = await createPerson(database, { tenantKey, name: 'Bilal Agent' })
  await addMember(database, { tenant, userId: owner.userId, role: 'owner' })
  await addMember(database, { tenant, userId: agent.userId, role: 'agent' })
  return { tenantKey, name, owner, agent }
}

export async function createPerson(
  database: Database,
  { tenantKey, name }: { tenantKey: string; name: string },
): Promise<Person> {
  const { baseUrl, secret } = readInstallation()
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@${tenantKey}.test`
  const auth = createAuth({ master: database.master, secret, baseUrl })
  const { id } = await auth.createUser({ name, email, password: PASSWORD })
  return { userId: id, name, email, password: PASSWORD }
}

export async function makeOperator(database: Database, { userId }: Person): Promise<void> {
  await database.master.insertInto('operators').values({ user_id: userId, created_at: new Date() }).execute()
}
