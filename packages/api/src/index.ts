export type { AuditActor, AuditLine, AuditPage } from './audit/model.ts'
export { writeAuditCsv } from './audit/write-csv.ts'
export type { AssignmentRule } from './assignment/model.ts'
export { type Auth, type AuthOptions, createAuth } from './auth/auth.ts'
export { type ChangeFeed, createChangeFeed } from './change/change-feed.ts'
export { CONNECTED_FRAME, encodeError, PING_FRAME, STREAM_PING_MS } from './change/change-protocol.ts'
export { type ChangeSink, SINK_BUFFERED_BYTES_MAX } from './change/change-sink.ts'
export type { Change, NumberedChange } from './change/change.ts'
export { sweepAttachments } from './chat/discard-attachment.ts'
export type {
  ActRun,
  Attachment,
  CannedReply,
  Conversation,
  ConversationForMember,
  Mention,
  FoundMessage,
  Message,
  MessageVersion,
  Quote,
} from './chat/model.ts'
export type { SearchMessagesInput } from './chat/search-schema.ts'
export type { ConversationViewContent } from './chat/view-schema.ts'
export { openAttachment } from './chat/open-attachment.ts'
export { uploadAttachment } from './chat/upload-attachment.ts'
export { type Files, openFiles } from './file/files.ts'
export { parseStorageUrl, type StorageLocation } from './file/storage-url.ts'
export { sweepTenantFiles } from './file/sweep-tenant-files.ts'
export type {
  ImportCounts,
  ImportFile,
  ImportOutcome,
  ImportPreviewRow,
  ImportProblem,
  ImportReason,
  ImportResult,
  ImportResultRow,
  ImportStage,
  ImportUndoResult,
  ReceivedImport,
} from './import/model.ts'
export { PRUNE_IMPORTS } from './import/prune-imports.ts'
export { receiveImport } from './import/receive-import.ts'
export { createJobRunner, type JobRunner } from './job/job-runner.ts'
export { JOB_KINDS } from './job/kinds.ts'
export { PRUNE_JOBS } from './job/prune-jobs.ts'
export type { Job, RefusedItem } from './job/model.ts'
export type { Label } from './label/model.ts'
export type { Rule } from './rule/model.ts'
export type { Macro } from './macro/model.ts'
export type { Team } from './team/model.ts'
export { createMail, type Mail } from './mail/mail.ts'
export { startSweeping } from './auth/sweep.ts'
export { receiveCustomerMessage } from './chat/receive-customer-message.ts'
export { HAND_OUT } from './chat/hand-out.ts'
export { RUN_RULES } from './chat/run-rules.ts'
export { PRUNE_ACT_RUNS } from './chat/prune-act-runs.ts'
export { REOPEN_SNOOZED } from './chat/reopen-snoozed.ts'
export { type Context, createContext, type Log, type RequestParts, type Session } from './context.ts'
export type {
  Customer,
  CustomerEvent,
  CustomerField,
  CustomerOwner,
  CustomerTag,
  FieldChange,
  FieldValue,
  TimelineItem,
} from './customer/model.ts'
export { writeCustomersCsv } from './customer/export-customers.ts'
export { DEMO_PASSWORD, DEMO_SIGN_INS } from './demo/people.ts'
export { installDemo } from './demo/install-demo.ts'
export type { DuplicateGroup, DuplicateReason, Match, MergePreview, MergedDetail } from './duplicate/model.ts'
export { INDEX_MESSAGES } from './chat/index-messages.ts'
export { COUNT_CONVERSATIONS } from './dashboard/count-conversations.ts'
export { COUNT_MESSAGES } from './dashboard/count-messages.ts'
export type { Summary } from './dashboard/model.ts'
export {
  DomainError,
  toWireError,
  TRPC_CODES,
  type WireError,
  type WireErrorCode,
  type WireFields,
} from './errors.ts'
export {
  type Acting,
  audited,
  auditedAct,
  auditedPerson,
  deleteAudited,
  nameTenant,
} from './operator/audited.ts'
export { sweepArchiveFolders, sweepArchives } from './operator/archive-store.ts'
export { createTenant, resumeTenants } from './operator/create-tenant.ts'
export { getListedTenant } from './operator/queries.ts'
export { listAllTenants, listAllUsers, listTenantKeys } from './operator/list-all.ts'
export { receiveArchive } from './operator/receive-archive.ts'
export { stopRolloutsAudited } from './operator/rollout.ts'
export { archiveTenant, restoreTenant, resumeTenant, suspendTenant } from './operator/tenant-status.ts'
export { beginClone, beginExportToFile, beginImport, type Transferring } from './operator/transfer.ts'
export { cancelAudited, listTransfers, openTenantArchive, type Transfer } from './operator/transfer-acts.ts'
export { CloneTenantInput, ImportTenantInput, TransferIdInput } from './operator/schema.ts'
export {
  createPerson,
  endSessions,
  resetPassword,
  setOperator,
  switchTwoFactorOff,
} from './operator/users.ts'
export { addMember } from './permission/add-member.ts'
export { installBuiltInRoles } from './permission/install-built-in-roles.ts'
export type { Member, Role } from './permission/model.ts'
export type { ConversationMerge, ConversationMergePreview } from './merge/model.ts'
export type { PresenceNews, PresencePlace, PresentPerson } from './presence/model.ts'
export type { ScheduledMessage } from './scheduled/model.ts'
export { ALARM_LOOK_MS, runAlarms } from './scheduled/run-alarms.ts'
export { SEND_DUE } from './scheduled/send-scheduled.ts'
export { type AppRouter, appRouter, createCaller } from './root.ts'
export type { Profile, Tenant } from './tenant/model.ts'
export { CreateTenantInput } from './tenant/schema.ts'
export type { SavedView } from './view/model.ts'
export { BATCH_CALLS_MAX } from './trpc.ts'
