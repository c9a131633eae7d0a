import type { InstallationAuditAction } from '../audit/schema.ts'
import { type AuditContext, writeInstallationAudit } from '../audit/write-audit.ts'
import type { Context } from '../context.ts'

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
