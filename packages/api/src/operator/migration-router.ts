import { operatorProcedure, router } from '../trpc.ts'
import { ListMigrationsInput, RolloutInput } from './migration-schema.ts'
import { TenantKeyInput } from './schema.ts'
import {
  getRolloutStatus,
  listHistory,
  listMigrations,
  planRollout,
  retryFailed,
  startRollout,
  stopRolloutsAudited,
} from './rollout.ts'

/** Bringing the fleet to the newest schema. */
export const migrationRouter = router({
  status: operatorProcedure.query(({ ctx }) => getRolloutStatus(ctx.database)),
  /** How one tenant came to its schema. */
  history: operatorProcedure
    .input(TenantKeyInput)
    .query(({ ctx, input }) => listHistory(ctx.database, input)),
  /** Tenants of the newest rollout. */
  list: operatorProcedure
    .input(ListMigrationsInput)
    .query(({ ctx, input }) => listMigrations(ctx.database, input)),
  plan: operatorProcedure.input(RolloutInput).query(({ ctx, input }) => planRollout(ctx.database, input)),
  start: operatorProcedure.input(RolloutInput).mutation(({ ctx, input }) => startRollout(ctx, input)),
  retry: operatorProcedure.mutation(({ ctx }) => retryFailed(ctx)),
  stop: operatorProcedure.mutation(({ ctx }) => stopRolloutsAudited(ctx)),
})
