import type { ColumnType, Generated, JSONColumnType, Selectable } from 'kysely'
import type { ApiKeysTable } from './api-key-tables.ts'
import type { AttachmentsTable } from './attachment-tables.ts'
import type { AssignmentAgentsTable, AssignmentRuleTable } from './assignment-tables.ts'
import type { AuditLogTable } from '../audit-tables.ts'
import type {
  CustomerEventsTable,
  CustomerFieldValuesTable,
  CustomerFieldsTable,
  CustomerNotesTable,
  CustomerTagsTable,
  CustomerTermsTable,
  CustomersTable,
  TagsTable,
} from './customer-tables.ts'
import type {
  ConversationQuartersTable,
  DurationDaysTable,
  MessageQuartersMarkTable,
  MessageQuartersTable,
  WorkspaceProfileTable,
} from './dashboard-tables.ts'
import type {
  CustomerDistinctionsTable,
  CustomerMergeMovesTable,
  CustomerMergesTable,
} from './duplicate-tables.ts'
import type { ImportKeysTable, ImportMappingsTable, ImportRowsTable, ImportsTable } from './import-tables.ts'
import type { JobItemsTable, JobsTable } from './job-tables.ts'
import type {
  CannedRepliesTable,
  MessageMentionsTable,
  MessageTermsMarkTable,
  MessageTermsTable,
  MessageVersionsTable,
  ScheduledMessagesTable,
} from './message-tables.ts'
import type { ConversationLabelsTable, LabelsTable } from './label-tables.ts'
import type { ActRunsTable, MacrosTable } from './macro-tables.ts'
import type { ConversationMergesTable } from './merge-tables.ts'
import type { MembersTable, RolePermissionsTable, RolesTable } from './people-tables.ts'
import type { CustomerColumnsTable, SavedViewsTable } from './view-tables.ts'
import type { PresenceBoardsTable } from './presence-tables.ts'
import type { RulePositionTable, RulesTable } from './rule-tables.ts'
import type { TeamMembersTable, TeamsTable } from './team-tables.ts'

/** DATETIME(3), UTC. Read as Date, written as Date. */
export type Timestamp = ColumnType<Date, Date, Date>
export type NullableTimestamp = ColumnType<Date | null, Date | null | undefined, Date | null>
export type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>
/** Computed by the server from other columns; never written. */
export type Computed<T> = ColumnType<T, never, never>

export type ConversationStatus = 'open' | 'snoozed' | 'resolved'
export type AuthorKind = 'agent' | 'customer' | 'system'
export type MessageVisibility = 'public' | 'private'
export type ConversationEventKind =
  | 'created'
  | 'assigned'
  | 'unassigned'
  | 'snoozed'
  | 'resolved'
  | 'reopened'
  | 'merged'
  | 'separated'

export interface ConversationsTable {
  id: string
  customer_id: string
  subject: Nullable<string>
  status: ConversationStatus
  assignee_id: Nullable<string>
  team_id: Nullable<string>
  /** From 0, none, to 4, urgent. */
  priority: Generated<number>
  /** The highest `messages.seq` of this conversation; 0 before the first message. */
  last_seq: Generated<number>
  last_message_at: NullableTimestamp
  last_message_preview: Nullable<string>
  /** When the customer wrote what nobody has answered yet; null while nothing waits. */
  waiting_since: NullableTimestamp
  first_customer_message_at: NullableTimestamp
  first_response_at: NullableTimestamp
  snoozed_until: NullableTimestamp
  resolved_at: NullableTimestamp
  created_by: Nullable<string>
  created_at: Timestamp
  updated_at: Timestamp
  /** From the customer's first message; null where nobody answered, or nobody had asked. */
  first_response_seconds: Computed<number | null>
  /** From its beginning. */
  resolution_seconds: Computed<number | null>
  /** As it stood when it was counted for the dashboard; null: it was not. */
  counted_created_at: NullableTimestamp
  counted_resolved_at: NullableTimestamp
  counted_resolution_seconds: Nullable<number>
  counted_response_at: NullableTimestamp
  counted_response_seconds: Nullable<number>
  /** 1: it changed since it was counted, or never was. */
  is_uncounted: Computed<number>
  /**
   * The conversation of which it is a part by now, never one that is a part itself. Such a one is `resolved` without
   * `resolved_at` and waits for nothing: it is in no list and no number.
   */
  merged_into: Nullable<string>
}

export interface MessagesTable {
  id: string
  conversation_id: string
  /** 1, 2, 3 … without gaps inside its conversation, in commit order. */
  seq: number
  /** Made by the sender; a second send with the same one is the same message. */
  client_id: string
  author_kind: AuthorKind
  author_id: Nullable<string>
  visibility: MessageVisibility
  /** Empty once it is deleted. */
  body: string
  created_at: Timestamp
  /** How often it was changed since. */
  revision: Generated<number>
  edited_at: NullableTimestamp
  deleted_at: NullableTimestamp
  /** The message of the same conversation that it answers. */
  reply_to_seq: Nullable<number>
}

export interface ConversationReadsTable {
  conversation_id: string
  user_id: string
  last_read_seq: number
  read_at: Timestamp
}

export interface ConversationEventsTable {
  id: string
  conversation_id: string
  kind: ConversationEventKind
  actor_id: Nullable<string>
  /** For `assigned`: the member it was assigned to. */
  target_id: Nullable<string>
  created_at: Timestamp
}

/** Everything that happened in the tenant, numbered in commit order. */
export interface ChangesTable {
  seq: number
  kind: string
  entity_id: string
  payload: JSONColumnType<object, string, never>
  created_at: Timestamp
}

/** One row. Its lock is what makes `changes.seq` follow commit order. */
export interface ChangeCounterTable {
  id: number
  last_seq: number
}

/** A link that lets somebody in with a role. The token itself is only in the link. */
export interface InvitationsTable {
  id: string
  email: string
  role_id: string
  /** SHA-256, hex. */
  token_hash: string
  invited_by: string
  /** 1: the link has only been where its address's owner reads, so that accepting it proves the address. */
  is_mailed: Generated<number>
  created_at: Timestamp
  expires_at: Timestamp
  accepted_at: NullableTimestamp
  accepted_by: Nullable<string>
  revoked_at: NullableTimestamp
}

/** What a member wants to be told of; no row: the defaults of the api package. */
export interface NotificationSettingsTable {
  user_id: string
  settings: JSONColumnType<object, string, string>
  updated_at: Timestamp
}

export interface TenantTables {
  notification_settings: NotificationSettingsTable
  audit_log: AuditLogTable
  api_keys: ApiKeysTable
  attachments: AttachmentsTable
  invitations: InvitationsTable
  roles: RolesTable
  role_permissions: RolePermissionsTable
  members: MembersTable
  customers: CustomersTable
  customer_terms: CustomerTermsTable
  tags: TagsTable
  customer_tags: CustomerTagsTable
  customer_notes: CustomerNotesTable
  customer_events: CustomerEventsTable
  customer_fields: CustomerFieldsTable
  customer_field_values: CustomerFieldValuesTable
  customer_merges: CustomerMergesTable
  customer_merge_moves: CustomerMergeMovesTable
  customer_distinctions: CustomerDistinctionsTable
  conversations: ConversationsTable
  assignment_rule: AssignmentRuleTable
  assignment_agents: AssignmentAgentsTable
  teams: TeamsTable
  team_members: TeamMembersTable
  labels: LabelsTable
  conversation_labels: ConversationLabelsTable
  messages: MessagesTable
  message_mentions: MessageMentionsTable
  message_versions: MessageVersionsTable
  message_terms: MessageTermsTable
  message_terms_mark: MessageTermsMarkTable
  scheduled_messages: ScheduledMessagesTable
  canned_replies: CannedRepliesTable
  macros: MacrosTable
  act_runs: ActRunsTable
  rules: RulesTable
  rule_position: RulePositionTable
  conversation_reads: ConversationReadsTable
  conversation_events: ConversationEventsTable
  conversation_merges: ConversationMergesTable
  changes: ChangesTable
  change_counter: ChangeCounterTable
  presence_boards: PresenceBoardsTable
  workspace_profile: WorkspaceProfileTable
  message_quarters: MessageQuartersTable
  message_quarters_mark: MessageQuartersMarkTable
  conversation_quarters: ConversationQuartersTable
  duration_days: DurationDaysTable
  jobs: JobsTable
  job_items: JobItemsTable
  saved_views: SavedViewsTable
  customer_columns: CustomerColumnsTable
  imports: ImportsTable
  import_rows: ImportRowsTable
  import_keys: ImportKeysTable
  import_mappings: ImportMappingsTable
}

export type CustomerRow = Selectable<CustomersTable>
export type CustomerFieldRow = Selectable<CustomerFieldsTable>
export type ConversationRow = Selectable<ConversationsTable>
export type MessageRow = Selectable<MessagesTable>
