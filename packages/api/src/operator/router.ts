import { listAudit, listAuditActors } from '../audit/list-audit.ts'
import { ListInstallationAuditInput } from '../audit/schema.ts'
import { CreateTenantInput } from '../tenant/schema.ts'
import { operatorProcedure, router } from '../trpc.ts'
import { audited, auditedAct, auditedPerson, deleteAudited } from './audited.ts'
import { makeResetLinkFor } from './make-reset-link.ts'
import { findMaking, goOnMaking, makeTenant, takeBackAudited } from './making.ts'
import { migrationRouter } from './migration-router.ts'
import { getListedTenant, listProcesses, listTenants } from './queries.ts'
import {
  ConnectionsInput,
  CreatePersonInput,
  DeleteTenantInput,
  ListTenantsInput,
  ListUsersInput,
  PersonInput,
  SetOperatorInput,
  TenantKeyInput,
} from './schema.ts'
import { archiveTenant, restoreTenant, resumeTenant, suspendTenant } from './tenant-status.ts'
import { transferRouter } from './transfer-router.ts'
import {
  createPerson,
  endSessions,
  listUsers,
  resetPassword,
  setOperator,
  switchTwoFactorOff,
} from './users.ts'

export const operatorRouter = router({
  tenant: router({
    list: operatorProcedure
      .input(ListTenantsInput)
      .query(({ ctx, input }) => listTenants(ctx.database, input, ctx.database.connections().ledger.tenants)),
    byKey: operatorProcedure
      .input(TenantKeyInput)
      .query(({ ctx, input }) =>
        getListedTenant(ctx.database.master, input, ctx.database.connections().ledger.tenants),
      ),
    /** Now, instead of within a quarter of an hour. */
    measure: operatorProcedure.input(TenantKeyInput).mutation(async ({ ctx, input }) => {
      const [failed] = (await ctx.database.measureTenants([input.tenantKey])).failed
      if (failed) throw failed.error
      return getListedTenant(ctx.database.master, input)
    }),
    create: operatorProcedure.input(CreateTenantInput).mutation(({ ctx, input }) => makeTenant(ctx, input)),
    making: operatorProcedure
      .input(TenantKeyInput)
      .query(({ ctx, input }) => findMaking(ctx.database, input)),
    goOn: operatorProcedure.input(TenantKeyInput).mutation(({ ctx, input }) => goOnMaking(ctx, input)),
    takeBack: operatorProcedure
      .input(TenantKeyInput)
      .mutation(({ ctx, input }) => takeBackAudited(ctx, input)),
    suspend: operatorProcedure
      .input(TenantKeyInput)
      .mutation(({ ctx, input }) => audited(ctx, 'tenant.suspended', suspendTenant(ctx.database, input))),
    resume: operatorProcedure
      .input(TenantKeyInput)
      .mutation(({ ctx, input }) => audited(ctx, 'tenant.resumed', resumeTenant(ctx.database, input))),
    archive: operatorProcedure
      .input(TenantKeyInput)
      .mutation(({ ctx, input }) => audited(ctx, 'tenant.archived', archiveTenant(ctx.database, input))),
    restore: operatorProcedure
      .input(TenantKeyInput)
      .mutation(({ ctx, input }) => audited(ctx, 'tenant.restored', restoreTenant(ctx.database, input))),
    delete: operatorProcedure
      .input(DeleteTenantInput)
      .mutation(({ ctx, input }) => deleteAudited(ctx, input)),
  }),
  migration: migrationRouter,
  transfer: transferRouter,
  person: router({
    makeResetLink: operatorProcedure
      .input(PersonInput)
      .mutation(({ ctx, input }) => makeResetLinkFor(ctx, input)),
  }),
  user: router({
    list: operatorProcedure
      .input(ListUsersInput)
      .query(({ ctx, input }) => listUsers(ctx.database.master, input)),
    create: operatorProcedure
      .input(CreatePersonInput)
      .mutation(({ ctx, input }) =>
        auditedPerson(ctx, 'user.created', createPerson(ctx.database.master, input)),
      ),
    resetPassword: operatorProcedure
      .input(PersonInput)
      .mutation(({ ctx, input }) =>
        auditedPerson(ctx, 'user.password-reset', resetPassword(ctx.database, input)),
      ),
    endSessions: operatorProcedure.input(PersonInput).mutation(({ ctx, input }) =>
      auditedAct(ctx, endSessions(ctx.database, input), ({ userId, email, sessions }) => ({
        action: 'user.sessions-ended',
        entity: { id: userId, name: email },
        after: { sessions },
      })),
    ),
    switchTwoFactorOff: operatorProcedure
      .input(PersonInput)
      .mutation(({ ctx, input }) =>
        auditedPerson(ctx, 'user.two-factor-disabled', switchTwoFactorOff(ctx.database, input)),
      ),
    setOperator: operatorProcedure
      .input(SetOperatorInput)
      .mutation(({ ctx, input }) =>
        auditedPerson(
          ctx,
          input.isOperator ? 'user.operator-made' : 'user.operator-unmade',
          setOperator(ctx.database, input),
        ),
      ),
  }),
  /** What was done to the installation: its tenants, its people, and what people did to their own accounts. */
  audit: router({
    list: operatorProcedure
      .input(ListInstallationAuditInput)
      .query(({ ctx, input }) => listAudit(ctx.database.master.$pickTables<'audit_log'>(), input)),
    actors: operatorProcedure.query(({ ctx }) =>
      listAuditActors(ctx.database.master.$pickTables<'audit_log'>()),
    ),
  }),
  /** Who shares the server's connections, and who has how many. */
  processes: operatorProcedure.query(({ ctx }) => listProcesses(ctx.database.master)),
  /** What the connection layer of this process does and did: who holds, who waits, and why. */
  connections: operatorProcedure
    .input(ConnectionsInput)
    .query(({ ctx, input }) => ctx.database.connections(input)),
})
