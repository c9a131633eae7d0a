/**
 * Procedures called as people, on a real server (`@sarai/db/testing` starts it). Nothing here is pretended: people,
 * tenants, roles and the change feed are those of the product.
 *
 *     await using api = await openTestApi()             // an installation of its own; one for a test file
 *     await using desk = await createTestDesk(api)      // a tenant with its built-in roles; one for a test
 *     const owner = await desk.addMember('owner')       // a new person with a role; `owner.call` is what they may call
 *     await owner.call.customer.create({ name: 'Amina' })
 *     const stranger = await createTestPerson(api)      // somebody who is no member; `{ isOperator: true }` for an operator
 *     const refusal = await readRefusal(stranger.enter(desk.tenantKey).permission.mine())   // as it crosses the wire
 *
 * Disposing of the installation throws if a procedure failed for no reason that a caller may know; a test that wants
 * such a failure takes it out: `api.bugs.splice(0)`.
 * Each call has a context of its own, as an HTTP request has; `makeContext` makes one for calls that share theirs.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BuiltInRole, newId, type TenantRecord } from '@sarai/db'
import { createTestDatabase, createTestTenant, type TestDatabase } from '@sarai/db/testing'
import { type AnyTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape } from '@trpc/server'
import type { ZodType } from 'zod'
import { type AuthParts, createAuthParts } from './auth/auth-parts.ts'
import { type ChangeFeed, createChangeFeed } from './change/change-feed.ts'
import { type Context, createContext, type Log, type Session } from './context.ts'
import { type Files, openFiles } from './file/files.ts'
import { createJobRunner, type JobRunner } from './job/job-runner.ts'
import { JOB_KINDS } from './job/kinds.ts'
import { addMember } from './permission/add-member.ts'
import { installBuiltInRoles } from './permission/install-built-in-roles.ts'
import { appRouter, createCaller } from './root.ts'
import type { ProcedureMeta } from './trpc.ts'

export const TEST_BASE_URL = 'http://localhost:3000'

export type TestCaller = ReturnType<typeof createCaller>

export interface TestApi extends AsyncDisposable {
  readonly database: TestDatabase
  readonly changes: ChangeFeed
  /** Works on jobs as a server does; `idle()` waits until it has nothing to do. */
  readonly jobs: JobRunner
  /** In a folder that goes with the installation. */
  readonly files: Files
  readonly auth: AuthParts
  readonly log: Log
  /** Everything logged as an error: a procedure that failed for no reason that a caller may know. */
  readonly bugs: { fields: object; message: string }[]
  /** Everything logged as a warning: a database that could not serve. */
  readonly warnings: { fields: object; message: string }[]
}

export interface TestPerson {
  readonly user: Session['user']
  readonly isOperator: boolean
  /** Procedures of a tenant, or with null those of none; a new request for each call. */
  enter(tenantKey: string | null): TestCaller
}

export interface TestMember extends TestPerson {
  readonly call: TestCaller
}

export interface TestDesk extends AsyncDisposable {
  readonly tenantKey: string
  readonly tenant: TenantRecord
  addMember(role: BuiltInRole, name?: string): Promise<TestMember>
}

/** An installation without tenants, dropped when disposed of. */
export async function openTestApi(options: Parameters<typeof createTestDatabase>[0] = {}): Promise<TestApi> {
  const database = await createTestDatabase(options)
  const bugs: TestApi['bugs'] = []
  const warnings: TestApi['warnings'] = []
  const log: Log = {
    info: () => undefined,
    warn: (fields, message) => warnings.push({ fields, message }),
    error: (fields, message) => bugs.push({ fields, message }),
  }
  const changes = createChangeFeed({ database, log })
  const jobs = createJobRunner({ database, changes, log, kinds: JOB_KINDS })
  const folder = await mkdtemp(join(tmpdir(), 'sarai-files-'))
  return {
    database,
    changes,
    jobs,
    files: await openFiles({ kind: 'folder', path: folder }),
    auth: createAuthParts({ master: database.master, secret: database.secret }),
    log,
    bugs,
    warnings,
    async [Symbol.asyncDispose]() {
      changes.close()
      await jobs.close()
      await database[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
      const [bug] = bugs
      if (bug) throw new Error(`${bugs.length} procedures failed: ${bug.message}`, { cause: bug.fields })
    },
  }
}

/** A tenant with its built-in roles and nobody in it, dropped when disposed of. */
export async function createTestDesk(api: TestApi): Promise<TestDesk> {
  const tenant = await createTestTenant(api.database, {
    seed: ({ tenantKey }) => api.database.withTenant(tenantKey, (db) => installBuiltInRoles(db)),
  })
  return {
    tenantKey: tenant.tenantKey,
    tenant: tenant.record,
    async addMember(role, name = `A ${role}`) {
      const person = await createTestPerson(api, { name })
      await addMember(api.database, { tenant: tenant.record, userId: person.user.id, role })
      return { ...person, call: person.enter(tenant.tenantKey) }
    },
    [Symbol.asyncDispose]: () => tenant[Symbol.asyncDispose](),
  }
}

/** Somebody with an account, a member of nothing. They are signed in already: there is no password. */
export async function createTestPerson(
  api: TestApi,
  { name = 'Somebody', isOperator = false }: { name?: string; isOperator?: boolean } = {},
): Promise<TestPerson> {
  const id = newId()
  const user = { id, name, email: `${id}@example.test` }
  const now = new Date()
  await api.database.master
    .insertInto('users')
    .values({ ...user, image: null, created_at: now, updated_at: now })
    .execute()
  const person = { user, isOperator }
  return { ...person, enter: (tenantKey) => enterAs(api, { tenantKey, person }) }
}

/** Procedures as somebody calls them whom the test did not make, or nobody; a new request for each call. */
export function enterAs(api: TestApi, request: TestRequest): TestCaller {
  return createCaller(() => makeContext(api, request))
}

export interface TestRequest {
  tenantKey: string | null
  /** null: not signed in. */
  person: Pick<TestPerson, 'user' | 'isOperator'> | null
}

/** The context of one request. */
export function makeContext(
  { database, changes, jobs, files, auth, log }: TestApi,
  { tenantKey, person }: TestRequest,
): Context {
  const session: Session | null = person ? { id: newId(), ...person } : null
  return createContext({
    requestId: newId(),
    log,
    database,
    changes,
    jobs,
    files,
    auth,
    mail: null,
    baseUrl: TEST_BASE_URL,
    client: { address: '192.0.2.1', userAgent: 'Test Browser' },
    requestedTenantKey: tenantKey,
    session: () => Promise.resolve(session),
  })
}

export type WireRefusal = ReturnType<typeof toRefusal>

/** What the caller of a refused procedure is sent. Throws if it was not refused. */
export async function readRefusal(call: Promise<unknown>): Promise<WireRefusal> {
  const error: unknown = await call.then(
    () => undefined,
    (refusal: unknown) => refusal,
  )
  if (error === undefined) throw new Error('the procedure was expected to refuse, and answered')
  return toRefusal(error)
}

/** The same for calls that run at once. */
export function readRefusals(calls: Promise<unknown>[]): Promise<WireRefusal[]> {
  return Promise.all(calls.map((call) => readRefusal(call)))
}

/** What the caller is sent of an error. */
export function toRefusal(error: unknown) {
  return getTRPCErrorShape({
    config: appRouter._def._config,
    error: getTRPCErrorFromUnknown(error),
    type: 'unknown',
    path: undefined,
    input: undefined,
    ctx: undefined,
  })
}

export interface ListedProcedure {
  path: string
  type: AnyTRPCProcedure['_def']['type']
  meta: ProcedureMeta
  /** What it takes; undefined: nothing. */
  input: ZodType | undefined
}

/** Every procedure of the router, by path. */
export function listProcedures(): ListedProcedure[] {
  return Object.entries<unknown>(appRouter._def.procedures).flatMap(([path, procedure]) => {
    if (!isProcedure(procedure)) return []
    const { type, meta } = procedure._def
    return [{ path, type, meta: meta as ProcedureMeta, input: inputOf(path, procedure) }]
  })
}

function isProcedure(value: unknown): value is AnyTRPCProcedure {
  return typeof value === 'function' && '_def' in value
}

/** Each procedure has one schema, so that one place says all that it takes. */
function inputOf(path: string, procedure: object): ZodType | undefined {
  const { inputs } = (procedure as { _def: { inputs: ZodType[] } })._def
  if (inputs.length > 1) throw new Error(`${path} has more than one input schema`)
  return inputs[0]
}
