import type { TenantTables } from '@sarai/db'
import { getTRPCErrorFromUnknown, initTRPC, type TRPCError } from '@trpc/server'
import type { Kysely } from 'kysely'
import type { Context } from './context.ts'
import { enter, type Entered, refuseOthers, requireSession } from './enter.ts'
import { convertError, describeError } from './error-shape.ts'
import { DomainError } from './errors.ts'
import { requirePermission } from './permission/access.ts'
import type { Permission } from './permission/schema.ts'

/** Calls in one HTTP request. The server hands it to tRPC, which refuses more before it runs any. */
export const BATCH_CALLS_MAX = 20
export interface ProcedureMeta {
  /** Who may call: anybody, whoever is signed in, an operator, a member of the tenant in the path. */
  audience: 'anybody' | 'user' | 'operator' | 'member'
  /** What a tenant's procedure asks of the caller's role; null: any member may call it. */
  permission: Permission | null
}

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter({ shape, error }) {
      const { message, domain, fields } = describeError(error)
      const { code, httpStatus } = shape.data
      return { message, code: shape.code, data: { code, httpStatus, domain, fields } }
    },
  })

/** First on every ladder, so that it sees what every later step and the stream itself throws. */
const convertErrors = t.middleware(async ({ ctx, path, next }) => {
  const convert = (error: TRPCError) => {
    const converted = convertError(error)
    logTrouble(ctx, path, converted)
    return converted
  }
  const result = await next()
  if (!result.ok) throw convert(result.error)
  return isStream(result.data) ? { ...result, data: convertStream(result.data, convert) } : result
})

/** What somebody has to look into: our bugs, and a database that cannot serve, with who held what. */
function logTrouble(ctx: Context, path: string, error: TRPCError): void {
  const fields = { err: error.cause ?? error, path, tenant: ctx.requestedTenantKey, requestId: ctx.requestId }
  if (error.code === 'INTERNAL_SERVER_ERROR') ctx.log.error(fields, 'procedure failed')
  if (error.code === 'SERVICE_UNAVAILABLE') ctx.log.warn(fields, 'procedure could not be served')
}

function isStream(data: unknown): data is AsyncIterable<unknown> {
  return typeof data === 'object' && data !== null && Symbol.asyncIterator in data
}

async function* convertStream(data: AsyncIterable<unknown>, convert: (error: TRPCError) => TRPCError) {
  try {
    return yield* data
  } catch (cause) {
    throw convert(getTRPCErrorFromUnknown(cause))
  }
}

export const router = t.router
export const createCallerFactory = t.createCallerFactory
export const publicProcedure = t.procedure.meta({ audience: 'anybody', permission: null }).use(convertErrors)

export const userProcedure = publicProcedure
  .meta({ audience: 'user', permission: null })
  .use(async ({ ctx, next }) => {
    const { user, isOperator, id: sessionId } = await requireSession(ctx)
    return next({ ctx: { user, isOperator, sessionId } })
  })

export const operatorProcedure = userProcedure
  .meta({ audience: 'operator', permission: null })
  .use(({ ctx, next }) => {
    refuseOthers(ctx)
    return next()
  })

/**
 * Inside one tenant, with the caller's access, without a scope. Kept in this file: outside it a tenant's
 * procedure can only be made by a function that names its permission.
 */
const enteredProcedure = publicProcedure.use(async ({ ctx, next, path, signal, meta }) => {
  const entered = await (ctx.memo.entered ??= enter(ctx, { path, signal }))
  if (entered.actorKind === 'api-key') ctx.auth.apiKeyCalls.spend(entered.user.id)
  requireSaid(meta, entered, path)
  return next({ ctx: { ...entered } })
})

/** One tenant, one scope: `ctx.db` ends with the procedure, and takes a connection only for each statement. */
const scopedProcedure = enteredProcedure.use(({ ctx, next, path, signal }) =>
  ctx.database.withTenant(ctx.tenant.tenantKey, (db) => next({ ctx: { db } }), { signal, label: path }),
)

/** Fails closed: a procedure that says nothing about permissions runs for nobody. */
function requireSaid(meta: ProcedureMeta | undefined, { access, actorKind }: Entered, path: string): void {
  if (meta?.audience !== 'member') throw new Error(`${path} does not say which permission it needs`)
  if (meta.permission !== null) requirePermission(access, meta.permission, actorKind)
}

/** A tenant's procedure for members whose role has the permission. */
export function guarded(permission: Permission) {
  return scopedProcedure.meta({ audience: 'member', permission })
}

/**
 * The same for what is a member's own: what they have read, what they are told of. An API key is no member and has
 * nothing of its own.
 */
export function guardedPersonal(permission: Permission) {
  return guarded(permission).use(({ ctx, next }) => {
    refuseKeys(ctx, 'This is for people who are signed in, not for API keys.')
    return next()
  })
}

function refuseKeys({ actorKind }: Pick<Entered, 'actorKind'>, why: string): void {
  if (actorKind === 'api-key') throw new DomainError('FORBIDDEN', why)
}

/**
 * A tenant's stream for members whose role has the permission. It has no `ctx.db`: it opens a short scope
 * for each read, so that it never holds a connection while it waits. Access is checked here, when it opens; the feed
 * reads it again while it lasts, by session and membership: an API key has neither.
 */
export function guardedStream(permission: Permission) {
  return enteredProcedure.meta({ audience: 'member', permission }).use(({ ctx, next }) => {
    refuseKeys(ctx, 'Streams are for people who are signed in. Ask for lists with an API key.')
    return next()
  })
}

/** For every member, whatever their role, without `ctx.db`. Each use is listed in root.test.ts. */
export const memberProcedure = enteredProcedure.meta({ audience: 'member', permission: null })

/** What a tenant's procedure hands on to a workflow. */
export interface TenantContext extends Context, Entered {}

/** The same with the scope of a procedure made by `guarded`. */
export interface ScopedContext extends TenantContext {
  db: Kysely<TenantTables>
}
