export type { Announce, ControlChange, ControlNotice } from './control/control-change.ts'
export type { Database, Readiness, ScopeOptions, TenantRecord } from './database.ts'
export type { DatabaseEvent } from './installation.ts'
export { DatabaseError, type DatabaseErrorCode } from './errors.ts'
export { idBound, newId } from './id.ts'
export type { MasterTables, TenantStatus } from './master/tables.ts'
export { type OpenDatabaseOptions, openDatabase, type PoolSettings } from './open-database.ts'
export { parseServerUrl, type ServerAddress } from './server/address.ts'
export type { ConnectionsReport } from './observe/connections-report.ts'
export type { LeaseClass, PoolStats } from './pool/types.ts'
export type {
  CreateTenantOptions,
  NewTenant,
  Provisioning,
  ResumeReport,
  StepProgress,
  TenantInTheMaking,
  TenantStep,
} from './provision/types.ts'
export type {
  ListTenantMigrationsInput,
  RolloutStatus,
  RolloutSummary,
  TenantMigrationStatus,
} from './rollout/read-rollout.ts'
export type {
  MigrateTenantsOptions,
  MigrationReport,
  PlannedMigration,
  RolloutEvent,
  RolloutLimits,
} from './rollout/types.ts'
export { CAREFUL_WAVES } from './rollout/waves.ts'
export {
  type PrivateServer,
  PrivateServerError,
  type PrivateServerOptions,
  startPrivateServer,
} from './server/private-server.ts'
export type { KeyRotation } from './secret/rotate-key.ts'
export type { PasswordRotation } from './secret/rotate-password.ts'
export { indexCustomers, TERM_LENGTH_MAX } from './tenant/customer-terms.ts'
export { foldText, foldWords } from './tenant/fold.ts'
export { isDuplicateKey, isRetryableConflict } from './statement-error.ts'
export type {
  AuthorKind,
  BuiltInRole,
  ConversationEventKind,
  ConversationRow,
  ConversationStatus,
  CustomerFieldKind,
  CustomerFieldRow,
  CustomerRow,
  MessageRow,
  MessageVisibility,
  TenantTables,
} from './tenant/tables.ts'
