import type { TenantRecord } from '@sarai/db'
import type { Context, Session } from './context.ts'
import { DomainError } from './errors.ts'
import { type Access, loadAccess, requirePermission } from './permission/access.ts'
import { enterWithKey } from './permission/enter-with-key.ts'
import type { Permission } from './permission/schema.ts'
import { enterTenant } from './tenant/enter-tenant.ts'

/** Who acts in which tenant, and what they may do. */
export interface Entered {
  /** For an API key its own id and name. */
  user: Session['user']
  actorKind: 'user' | 'api-key'
  tenant: TenantRecord
  access: Access
}

interface Call {
  path: string
  signal: AbortSignal | undefined
}

/** Into the tenant in the path, as somebody who is signed in or as a program with a key; a key alone, if there is one. */
export async function enter(ctx: Context, call: Call): Promise<Entered> {
  if (ctx.apiKey) {
    const { key, tenant, access } = await enterWithKey(ctx, ctx.apiKey, call)
    return { user: { ...key, email: '' }, actorKind: 'api-key', tenant, access }
  }
  const { user } = await requireSession(ctx)
  const tenant = await enterTenant({ ...ctx, user })
  const access = await ctx.database.withTenant(tenant.tenantKey, (db) => loadAccess(db, user.id), {
    signal: call.signal,
    label: call.path,
  })
  return { user, actorKind: 'user', tenant, access }
}

/** The same for what is no procedure, and so names its permission here: a file that comes or goes as bytes. */
export async function enterFor(
  ctx: Context,
  { path, permission }: { path: string; permission: Permission },
): Promise<Entered> {
  const entered = await enter(ctx, { path, signal: undefined })
  if (entered.actorKind === 'api-key') ctx.auth.apiKeyCalls.spend(entered.user.id)
  requirePermission(entered.access, permission, entered.actorKind)
  return entered
}

/** @throws DomainError UNAUTHENTICATED without a session, and for an API key, which is nobody's account */
export async function requireSession(ctx: Context): Promise<Session> {
  if (ctx.apiKey) {
    throw new DomainError(
      'UNAUTHENTICATED',
      'An API key opens the procedures of its workspace and nothing else.',
    )
  }
  const session = await (ctx.memo.session ??= ctx.session())
  if (!session) throw new DomainError('UNAUTHENTICATED', 'Sign in to continue.')
  return session
}

/** @throws DomainError UNAUTHENTICATED; FORBIDDEN for whoever does not run the installation */
export async function requireOperator(ctx: Context): Promise<Session> {
  const session = await requireSession(ctx)
  refuseOthers(session)
  return session
}

export function refuseOthers({ isOperator }: Pick<Session, 'isOperator'>): void {
  if (!isOperator) throw new DomainError('FORBIDDEN', 'Only operators of this installation may do this.')
}
