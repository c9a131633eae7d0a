import { memberProcedure, router, userProcedure } from '../trpc.ts'
import { toTenant } from './model.ts'
import { listWorkspaces } from './queries.ts'

export const tenantRouter = router({
  mine: userProcedure.query(async ({ ctx, signal }) => ({
    ...(await listWorkspaces(ctx, { userId: ctx.user.id, signal })),
    isOperator: ctx.isOperator,
  })),
  info: memberProcedure.query(({ ctx }) => toTenant(ctx.tenant)),
})
