import { addMember } from '@sarai/api'
import { PERMISSIONS } from '@sarai/api/permission/schema'
import { adminQuery, createTestDatabase } from '@sarai/db/testing'
import {
  createOwnedTenant,
  createTestPerson,
  signIn,
  startTestHttp,
  type TestHttp,
  type TestHttpOptions,
} from '../src/testing.ts'
import { callProcedure } from './call-procedure.ts'
import type { Side } from './things.ts'

export interface TwoTenants extends AsyncDisposable {
  http: TestHttp
  /** Whose procedures are called. */
  own: Side
  /** Whose owner and whose ids come from elsewhere. Nothing that is tried may change it. */
  foreign: Side
  /** A member of `own` whose role has every permission but this one, and their session. */
  signInWithout(permission: string): Promise<string>
  /** A session of somebody who may do everything to the installation, and is a member of nothing. */
  signInOperator(): Promise<string>
  /** Everything in a tenant's database, as one text to compare. */
  readAll(side: Side): Promise<string>
}

/** How busy the machine is must not decide what is refused. */
export const PATIENT_POOL = { acquireTimeoutMs: 60_000 }

/** Two tenants with everything in place, asked over HTTP. */
export async function openTwoTenants(options: TestHttpOptions = {}): Promise<TwoTenants> {
  await using opened = new AsyncDisposableStack()
  const database = options.database ?? opened.use(await createTestDatabase({ pool: PATIENT_POOL }))
  const http = opened.use(await startTestHttp({ ...options, database }))
  const own = await openSide(http, 'rabin')
  const foreign = await openSide(http, 'zaitoon')
  const limited = await openLimitedMember(own)
  let operator: Promise<string> | undefined
  const open = opened.move()
  return {
    http,
    own,
    foreign,
    signInWithout: limited,
    signInOperator: () => (operator ??= signInOperator(http)),
    readAll: (side) => readAll(side),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/** A tenant and the session of its owner. */
export async function openSide(http: TestHttp, tenantKey: string): Promise<Side> {
  const owner = await createTestPerson(http, `owner@${tenantKey}.test`)
  await createOwnedTenant(http, tenantKey, owner)
  const { email } = owner
  return { http, tenantKey, email, cookie: await signIn(http, email), mark: `mark-of-${tenantKey}` }
}

async function signInOperator(http: TestHttp): Promise<string> {
  const { userId, email } = await createTestPerson(http, 'operator@sarai.test')
  await http.database.master
    .insertInto('operators')
    .values({ user_id: userId, created_at: new Date() })
    .execute()
  return signIn(http, email)
}

/** One person whose role is written anew for each question. */
async function openLimitedMember(own: Side): Promise<(permission: string) => Promise<string>> {
  const { http } = own
  const person = await createTestPerson(http, 'limited@rabin.test')
  const tenant = await http.database.getTenant(own.tenantKey)
  await addMember(http.database, { tenant, userId: person.userId, role: 'viewer' })
  const change = async (path: string, input: object) => {
    const answer = await callProcedure(http, { ...own, path, type: 'mutation', input })
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.body}`)
    return answer
  }
  const { body } = await change('permission.role.create', { name: 'all but one', permissions: [] })
  const { result } = JSON.parse(body) as { result: { data: { id: string } } }
  await change('permission.member.setRole', { userId: person.userId, roleId: result.data.id })
  const cookie = await signIn(http, person.email)
  return async (permission) => {
    const permissions = PERMISSIONS.filter((each) => each !== permission)
    await change('permission.role.update', { id: result.data.id, permissions })
    return cookie
  }
}

/** As the server's administrator, so that no part of ours decides what is seen. */
async function readAll({ http: { database }, tenantKey }: Side): Promise<string> {
  const [tenant] = await adminQuery(
    database.server,
    'SELECT database_name FROM ??.tenants WHERE tenant_key = ?',
    [database.name, tenantKey],
  )
  const schema = String(tenant?.['database_name'])
  const tables = await adminQuery(
    database.server,
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE' ORDER BY table_name",
    [schema],
  )
  const contents: Record<string, string[]> = {}
  for (const { name } of tables) {
    const rows = await adminQuery(database.server, 'SELECT * FROM ??.??', [schema, String(name)])
    contents[String(name)] = rows.map((row) => JSON.stringify(row)).toSorted()
  }
  return JSON.stringify(contents, null, 1)
}
