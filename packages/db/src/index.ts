export type { Database, LeaseClass, ScopeOptions, TenantRecord } from './database.ts'
export { DatabaseError, type DatabaseErrorCode } from './errors.ts'
export { newId } from './id.ts'
export type { MasterTables, TenantStatus } from './master/tables.ts'
export type {
  AuthorKind,
  BuiltInRole,
  ConversationEventKind,
  ConversationRow,
  ConversationStatus,
  CustomerRow,
  MessageRow,
  MessageVisibility,
  TenantTables,
} from './tenant/tables.ts'
