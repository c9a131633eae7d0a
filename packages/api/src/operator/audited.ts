import type { InstallationAuditAction } from '../audit/schema.ts'
import { type AuditContext, writeInstallationAudit } from '../audit/write-audit.ts'
import type { Context } from '../context.ts'
import { deleteTenant } from './tenant-status.ts'

type Acting = AuditContext & Pick<Context, 'database'>

/**
 * Writes an operator's act down once it is done. What an operator does to a tenant takes many statements on several
 * accounts, so there is no one transaction to write it in.
 */
export async function audited<T extends { tenantKey: string; name: string }>(
  ctx: Acting,
  action: InstallationAuditAction,
  act: Promise<T>,
): Promise<T> {
  const tenant = await act
  const { id } = await ctx.database.getTenant(tenant.tenantKey)
  const entity = { id, name: `${tenant.name} (${tenant.tenantKey})` }
  await writeInstallationAudit(ctx.database.master, ctx, { action, entity })
  return tenant
}

/** A tenant is written down while it is still there to be named. */
export async function deleteAudited(
  ctx: Acting,
  { tenantKey }: { tenantKey: string },
): Promise<{ tenantKey: string }> {
  const { id, name } = await ctx.database.getTenant(tenantKey)
  const deleted = await deleteTenant(ctx.database, { tenantKey })
  const entity = { id, name: `${name} (${tenantKey})` }
  await writeInstallationAudit(ctx.database.master, ctx, { action: 'tenant.deleted', entity })
  return deleted
}

/** What an operator did to a person of the installation; never the password that was made. */
export async function auditedPerson<T extends { userId: string; email: string }>(
  ctx: Acting,
  action: InstallationAuditAction,
  act: Promise<T>,
): Promise<T> {
  const person = await act
  const entity = { id: person.userId, name: person.email }
  await writeInstallationAudit(ctx.database.master, ctx, { action, entity })
  return person
}
