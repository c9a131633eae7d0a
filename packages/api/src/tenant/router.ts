import { guarded, memberProcedure, router, userProcedure } from '../trpc.ts'
import { toTenant } from './model.ts'
import { getProfile, listWorkspaces } from './queries.ts'
import { UpdateProfileInput } from './schema.ts'
import { updateProfile } from './update-profile.ts'

export const tenantRouter = router({
  mine: userProcedure.query(async ({ ctx, signal }) => ({
    ...(await listWorkspaces(ctx, { userId: ctx.user.id, signal })),
    isOperator: ctx.isOperator,
  })),
  info: memberProcedure.query(({ ctx }) => toTenant(ctx.tenant)),
  /** Everybody counts days and speaks by it, so that everybody may read it. */
  profile: memberProcedure.query(({ ctx, path, signal }) =>
    ctx.database.withTenant(ctx.tenant.tenantKey, getProfile, { signal, label: path }),
  ),
  updateProfile: guarded('tenant:configure')
    .input(UpdateProfileInput)
    .mutation(({ ctx, input }) => updateProfile(ctx, input)),
})
