import { guarded, router } from '../trpc.ts'
import { listTenantAudit } from './list-tenant-audit.ts'
import { listAuditActors } from './list-audit.ts'
import { ListAuditInput } from './schema.ts'

/** Nothing here writes: entries are written where what they tell of is done. */
export const auditRouter = router({
  list: guarded('audit:read')
    .input(ListAuditInput)
    .query(({ ctx, input }) => listTenantAudit(ctx, input)),
  /** Whom one may ask for. */
  actors: guarded('audit:read').query(({ ctx }) => listAuditActors(ctx.db.$pickTables<'audit_log'>())),
})
