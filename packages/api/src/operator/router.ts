import { CreateTenantInput } from '../tenant/schema.ts'
import { operatorProcedure, router } from '../trpc.ts'
import { audited } from './audited.ts'
import { createTenant } from './create-tenant.ts'
import { makeResetLinkFor } from './make-reset-link.ts'
import { listProcesses, listTenants } from './queries.ts'
import { ConnectionsInput, ListTenantsInput, PersonInput, TenantKeyInput } from './schema.ts'
import { resumeTenant, suspendTenant } from './tenant-status.ts'

export const operatorRouter = router({
  tenant: router({
    list: operatorProcedure
      .input(ListTenantsInput)
      .query(({ ctx, input }) => listTenants(ctx.database.master, input)),
    create: operatorProcedure
      .input(CreateTenantInput)
      .mutation(({ ctx, input }) => audited(ctx, 'tenant.created', createTenant(ctx.database, input))),
    suspend: operatorProcedure
      .input(TenantKeyInput)
      .mutation(({ ctx, input }) => audited(ctx, 'tenant.suspended', suspendTenant(ctx.database, input))),
    resume: operatorProcedure
      .input(TenantKeyInput)
      .mutation(({ ctx, input }) => audited(ctx, 'tenant.resumed', resumeTenant(ctx.database, input))),
  }),
  person: router({
    makeResetLink: operatorProcedure
      .input(PersonInput)
      .mutation(({ ctx, input }) => makeResetLinkFor(ctx, input)),
  }),
  /** Who shares the server's connections, and who has how many. */
  processes: operatorProcedure.query(({ ctx }) => listProcesses(ctx.database.master)),
  /** What the connection layer of this process does and did: who holds, who waits, and why. */
  connections: operatorProcedure
    .input(ConnectionsInput)
    .query(({ ctx, input }) => ctx.database.connections(input)),
})
