import { memberProcedure, router, userProcedure } from '../trpc.ts'
import { toTenant } from './model.ts'
import { listWorkspaces } from './queries.ts'

export const tenantRouter = router({
  mine: userProcedure.query(({ ctx, signal }) =>
    listWorkspaces(ctx.database, { userId: ctx.user.id, signal }),
  ),
  info: memberProcedure.query(({ ctx }) => toTenant(ctx.tenant)),
})
