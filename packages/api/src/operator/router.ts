import { CreateTenantInput } from '../tenant/schema.ts'
import { operatorProcedure, router } from '../trpc.ts'
import { createTenant } from './create-tenant.ts'
import { listProcesses, listTenants } from './queries.ts'
import { ConnectionsInput, ListTenantsInput, TenantKeyInput } from './schema.ts'
import { resumeTenant, suspendTenant } from './tenant-status.ts'

export const operatorRouter = router({
  tenant: router({
    list: operatorProcedure
      .input(ListTenantsInput)
      .query(({ ctx, input }) => listTenants(ctx.database.master, input)),
    create: operatorProcedure
      .input(CreateTenantInput)
      .mutation(({ ctx, input }) => createTenant(ctx.database, input)),
    suspend: operatorProcedure
      .input(TenantKeyInput)
      .mutation(({ ctx, input }) => suspendTenant(ctx.database, input)),
    resume: operatorProcedure
      .input(TenantKeyInput)
      .mutation(({ ctx, input }) => resumeTenant(ctx.database, input)),
  }),
  /** Who shares the server's connections, and who has how many. */
  processes: operatorProcedure.query(({ ctx }) => listProcesses(ctx.database.master)),
  /** What the connection layer of this process does and did: who holds, who waits, and why. */
  connections: operatorProcedure
    .input(ConnectionsInput)
    .query(({ ctx, input }) => ctx.database.connections(input)),
})
