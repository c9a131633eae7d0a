import { changedFields, writeAudit } from '../audit/write-audit.ts'
import { transact } from '../change/transact.ts'
import type { ScopedContext } from '../trpc.ts'
import type { Profile } from './model.ts'
import { getProfile } from './queries.ts'
import type { UpdateProfileInput } from './schema.ts'

/**
 * Changes what the business says about itself, and tells every window. The name is the control plane's, where people
 * choose their workspace; it is written first, so that whoever is told of the change reads the new one.
 */
export async function updateProfile(
  ctx: ScopedContext,
  { name, language, timeZone, weekStartsOn, country }: UpdateProfileInput,
): Promise<Profile & { name: string }> {
  const now = new Date()
  if (name !== undefined && name !== ctx.tenant.name) {
    await ctx.database.master
      .updateTable('tenants')
      .set({ name, updated_at: now })
      .where('id', '=', ctx.tenant.id)
      .execute()
  }
  const profile = await transact(ctx, async (trx, record) => {
    const before = { ...(await getProfile(trx)), name: ctx.tenant.name }
    await trx
      .updateTable('workspace_profile')
      .set({
        ...(language !== undefined && { language }),
        ...(timeZone && { time_zone: timeZone }),
        ...(weekStartsOn !== undefined && { week_starts_on: weekStartsOn }),
        ...(country && { country }),
        updated_at: now,
        updated_by: ctx.user.id,
      })
      .where('id', '=', 1)
      .execute()
    record({ kind: 'tenant.changed', entityId: ctx.tenant.id })
    const saved = await getProfile(trx)
    const changed = changedFields(before, { ...saved, name: name ?? ctx.tenant.name })
    const entity = { id: ctx.tenant.id, name: ctx.tenant.name }
    await writeAudit(trx, ctx, { action: 'profile.updated', entity, ...changed })
    return saved
  })
  return { ...profile, name: name ?? ctx.tenant.name }
}
