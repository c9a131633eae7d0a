import type { TenantRecord } from '@sarai/db'
import { initTRPC, TRPCError } from '@trpc/server'
import { z, ZodError } from 'zod'
import type { Context, Session } from './context.ts'
import { DomainError, TRPC_CODES, toWireError } from './errors.ts'
import { type Access, loadAccess } from './permission/access.ts'
import type { Permission } from './permission/schema.ts'
import { enterTenant } from './tenant/enter-tenant.ts'

const t = initTRPC.context<Context>().create({
  errorFormatter({ shape, error }) {
    const { code, httpStatus } = shape.data
    const isInvalidInput = error.code === 'BAD_REQUEST' && error.cause instanceof ZodError
    const domain = toWireError(error.cause) ?? null
    return {
      message: domain?.userMessage ?? (isInvalidInput ? INVALID_INPUT : safeMessage(error)),
      code: shape.code,
      data: {
        code,
        httpStatus,
        domain,
        fields: isInvalidInput ? z.flattenError(error.cause as ZodError) : null,
      },
    }
  },
  sse: {
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 30_000 },
  },
})

const INVALID_INPUT = 'Some fields are not right. Check them and try again.'

/** tRPC's own refusals (no such procedure, wrong method) are safe to say; a bug of ours is not. */
function safeMessage(error: TRPCError): string {
  if (error.code === 'INTERNAL_SERVER_ERROR') return 'Something went wrong on our side. It has been logged.'
  return error.message
}

/** The only place where a DatabaseError or DomainError becomes a TRPCError, and where bugs are logged. */
const convertErrors = t.middleware(async ({ ctx, path, next }) => {
  const result = await next()
  if (result.ok) return result
  const cause = result.error.cause
  const wire = toWireError(cause)
  if (wire) throw new TRPCError({ code: TRPC_CODES[wire.code], message: wire.userMessage, cause })
  if (result.error.code === 'INTERNAL_SERVER_ERROR') {
    ctx.log.error({ err: cause ?? result.error, path, tenant: ctx.requestedTenantKey }, 'procedure failed')
  }
  return result
})

export const router = t.router
export const createCallerFactory = t.createCallerFactory
export const publicProcedure = t.procedure.use(convertErrors)

export const userProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const session = await ctx.session()
  if (!session) throw new DomainError('UNAUTHENTICATED', 'Sign in to continue.')
  return next({ ctx: { user: session.user, isOperator: session.isOperator } })
})

export const operatorProcedure = userProcedure.use(({ ctx, next }) => {
  if (!ctx.isOperator) throw new DomainError('FORBIDDEN', 'Only operators of this installation may do this.')
  return next()
})

/** One tenant, one scope: `ctx.db` ends with the procedure. */
export const tenantProcedure = userProcedure.use(async ({ ctx, next, path, signal }) => {
  const tenant = await enterTenant(ctx)
  return ctx.database.withTenant(
    tenant.tenantKey,
    async (db) => next({ ctx: { tenant, db, access: await loadAccess(db, ctx.user.id) } }),
    { signal, label: path },
  )
})

/** One tenant, no scope: a stream opens a short one for each read, so that it never holds a connection. */
export const tenantStreamProcedure = userProcedure.use(async ({ ctx, next, path, signal }) => {
  const tenant = await enterTenant(ctx)
  const access = await ctx.database.withTenant(tenant.tenantKey, (db) => loadAccess(db, ctx.user.id), {
    signal,
    label: path,
  })
  return next({ ctx: { tenant, access } })
})

/** Behind tenantProcedure or tenantStreamProcedure: refuses whoever lacks the permission. */
export function can(permission: Permission) {
  return t.middleware(({ ctx, next }) => {
    const { access } = ctx as Context & { access?: Access }
    if (!access?.permissions.has(permission)) {
      throw new DomainError('FORBIDDEN', 'Your role does not allow this. Ask an owner of this workspace.', {
        details: { permission },
      })
    }
    return next()
  })
}

/** What a procedure behind tenantProcedure hands on to a workflow. */
export interface TenantContext extends Context {
  user: Session['user']
  tenant: TenantRecord
  access: Access
}
