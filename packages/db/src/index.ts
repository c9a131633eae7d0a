export { ArchiveError } from './archive/archive-error.ts'
export type { ArchiveFiles } from './archive/archived-files.ts'
export type { ImportedTenant } from './archive/import-tenant.ts'
export type { Manifest } from './archive/manifest.ts'
export type { ArchiveProgress } from './archive/progress.ts'
export type { Announce, ControlChange, ControlNotice } from './control/control-change.ts'
export type { Database, Readiness, ScopeOptions, TenantRecord } from './database.ts'
export { type ExamineOptions, examineInstallation } from './doctor/examine-installation.ts'
export type { Finding } from './doctor/finding.ts'
export type { DatabaseEvent } from './installation.ts'
export { DatabaseError, type DatabaseErrorCode } from './errors.ts'
export { idBound, newId } from './id.ts'
export type { MasterTables, TenantStatus } from './master/tables.ts'
export { type OpenDatabaseOptions, openDatabase, type PoolSettings } from './open-database.ts'
export { parseServerUrl, type ServerAddress } from './server/address.ts'
export type { ConnectionsReport } from './observe/connections-report.ts'
export type { LedgerRow } from './observe/ledger.ts'
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
export type { MigrationRun } from './rollout/migration-runs.ts'
export {
  type ListTenantMigrationsInput,
  type RolloutStatus,
  type RolloutSummary,
  type StateCounts,
  TENANT_MIGRATIONS_LISTED_MAX,
  type TenantMigrationStatus,
} from './rollout/read-rollout.ts'
export type {
  MigrateTenantsOptions,
  MigrationReport,
  PlannedMigration,
  RolloutEvent,
  RolloutLimits,
} from './rollout/types.ts'
export { CAREFUL_WAVES } from './rollout/waves.ts'
export { findPrivateServer } from './server/find-private-server.ts'
export {
  type PrivateServer,
  PrivateServerError,
  type PrivateServerOptions,
  startPrivateServer,
} from './server/private-server.ts'
export type { KeyRotation } from './secret/rotate-key.ts'
export type { PasswordRotation } from './secret/rotate-password.ts'
export { FIGURES_FRESH_MINUTES, type MeasureReport } from './tenant/measure-tenants.ts'
export { indexCustomers, TERM_LENGTH_MAX } from './tenant/customer-terms.ts'
export { foldText, foldWords, type FoundWord, splitWords } from './tenant/fold.ts'
export { blockOf, firstOfBlock, indexMessages } from './tenant/message-terms.ts'
export { isDuplicateKey, isRetryableConflict } from './statement-error.ts'
export type { ActRunRow } from './tenant/macro-tables.ts'
export type { AttachmentRow } from './tenant/attachment-tables.ts'
export type { BuiltInRole } from './tenant/people-tables.ts'
export type { ImportFileRow } from './tenant/import-tables.ts'
export { endOfGrace, type SweepReport, TENANT_GRACE_DAYS } from './tenant/sweep-tenants.ts'
export type { JobRow, JobState } from './tenant/job-tables.ts'
export type { RuleRow } from './tenant/rule-tables.ts'
export type { SavedViewRow, ViewKind } from './tenant/view-tables.ts'
export type { CustomerFieldKind } from './tenant/customer-tables.ts'
export type {
  AuthorKind,
  ConversationEventKind,
  ConversationRow,
  ConversationStatus,
  CustomerFieldRow,
  CustomerRow,
  MessageRow,
  MessageVisibility,
  TenantTables,
} from './tenant/tables.ts'
export type { TransferKind, TransferState } from './master/tenant-transfers-table.ts'
export { detailsOf } from './transfer/sweep-transfers.ts'
export {
  type ListTransfersInput,
  type NewTransfer,
  type RunningTransfer,
  type TransferFailure,
  type TransferProgress,
  TransferRefused,
  TRANSFERS_LISTED_MAX,
  TRANSFERS_RUNNING_MAX,
  type TransferStatus,
} from './transfer/transfers.ts'
