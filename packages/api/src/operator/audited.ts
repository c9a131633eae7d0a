import type { Database } from '@sarai/db'
import type { InstallationAuditAction } from '../audit/schema.ts'
import {
  type AuditContext,
  type AuditEntry,
  type CommandLine,
  writeInstallationAudit,
} from '../audit/write-audit.ts'
import type { Context } from '../context.ts'
import { deleteTenant } from './tenant-status.ts'

/** Who runs the installation, by the pages or by the command line. */
export type Acting = (AuditContext | CommandLine) & Pick<Context, 'database'>
type Entry = AuditEntry<InstallationAuditAction>

/**
 * Writes an operator's act down once it is done. What an operator does to a tenant takes many statements on several
 * accounts, so there is no one transaction to write it in.
 */
export async function auditedAct<T>(
  ctx: Acting,
  act: Promise<T>,
  tell: (done: T) => Entry | Promise<Entry>,
): Promise<T> {
  const done = await act
  await writeInstallationAudit(ctx.database.master, ctx, await tell(done))
  return done
}

/** What was done to a tenant that says its key. */
export function audited<T extends { tenantKey: string }>(
  ctx: Acting,
  action: InstallationAuditAction,
  act: Promise<T>,
): Promise<T> {
  return auditedAct(ctx, act, async ({ tenantKey }) => ({
    action,
    entity: await nameTenant(ctx.database, tenantKey),
  }))
}

/** A tenant as the log names it. */
export async function nameTenant(
  database: Pick<Database, 'getTenant'>,
  tenantKey: string,
): Promise<{ id: string; name: string }> {
  const { id, name } = await database.getTenant(tenantKey)
  return { id, name: `${name} (${tenantKey})` }
}

/** A tenant is written down while it is still there to be named. */
export async function deleteAudited(
  ctx: Acting,
  { tenantKey }: { tenantKey: string },
): Promise<{ tenantKey: string }> {
  const entity = await nameTenant(ctx.database, tenantKey)
  return auditedAct(ctx, deleteTenant(ctx.database, { tenantKey }), () => ({
    action: 'tenant.deleted',
    entity,
  }))
}

/** What an operator did to a person of the installation; never the password that was made. */
export function auditedPerson<T extends { userId: string; email: string }>(
  ctx: Acting,
  action: InstallationAuditAction,
  act: Promise<T>,
): Promise<T> {
  return auditedAct(ctx, act, ({ userId, email }) => ({ action, entity: { id: userId, name: email } }))
}
