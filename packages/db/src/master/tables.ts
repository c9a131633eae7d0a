import type { ColumnType, Generated, JSONColumnType, Selectable } from 'kysely'
import type { AuditLogTable } from '../audit-tables.ts'
import type { TenantMigrationRunsTable } from './migration-runs-table.ts'
import type { TenantAlarmsTable } from './tenant-alarms-table.ts'
import type { TenantFiguresTable } from './tenant-figures-table.ts'
import type { TenantTransfersTable } from './tenant-transfers-table.ts'

/** DATETIME(3), UTC. Read as Date, written as Date. */
type Timestamp = ColumnType<Date, Date, Date>
type NullableTimestamp = ColumnType<Date | null, Date | null | undefined, Date | null>
type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>

export type TenantStatus = 'provisioning' | 'active' | 'migrating' | 'suspended' | 'archived'
export type ProvisioningDirection = 'making' | 'undoing'
export type StepState = 'pending' | 'running' | 'done' | 'failed' | 'undone'

/** A MySQL or MariaDB endpoint. Every tenant is placed on one. */
export interface ServersTable {
  id: string
  host: string
  port: number
  created_at: Timestamp
}

export interface TenantsTable {
  id: string
  tenant_key: string
  name: string
  status: TenantStatus
  server_id: string
  database_name: string
  account_name: string
  /** The account's password, sealed; see master/secret.ts. */
  account_secret: string
  /** Counts the changes of how to log in: of two, the higher is the newer. */
  account_version: Generated<number>
  /** The account that migrations run as. Null for a tenant from before there were any, until it is migrated next. */
  migrator_name: Nullable<string>
  migrator_secret: Nullable<string>
  schema_version: Generated<number>
  /** Code that knows fewer migrations must not serve it. */
  schema_floor: Generated<number>
  /** While it is archived. */
  archived_at: NullableTimestamp
  /** Once it is being deleted for good. */
  deleting_at: NullableTimestamp
  created_at: Timestamp
  updated_at: Timestamp
}

/** A person. One row for the whole installation, whichever tenants they belong to. */
export interface UsersTable {
  id: string
  name: string
  email: string
  email_verified: Generated<number>
  image: string | null
  created_at: Timestamp
  updated_at: Timestamp
}

export interface SessionsTable {
  id: string
  user_id: string
  token: string
  expires_at: Timestamp
  ip_address: string | null
  user_agent: string | null
  created_at: Timestamp
  updated_at: Timestamp
}

/** A way to sign in. Only `credential` (argon2id hash in `password`) is used. */
export interface AccountsTable {
  id: string
  user_id: string
  account_id: string
  provider_id: string
  password: string | null
  access_token: string | null
  refresh_token: string | null
  id_token: string | null
  access_token_expires_at: NullableTimestamp
  refresh_token_expires_at: NullableTimestamp
  scope: string | null
  created_at: Timestamp
  updated_at: Timestamp
}

export interface VerificationsTable {
  id: string
  identifier: string
  value: string
  expires_at: Timestamp
  created_at: Timestamp
  updated_at: Timestamp
}

/** Who may enter which tenant. What they may do there is a role in the tenant's own database. */
export interface MembershipsTable {
  tenant_id: string
  user_id: string
  created_at: Timestamp
}

/** People who run the installation. */
export interface OperatorsTable {
  user_id: string
  created_at: Timestamp
}

/** What a live process has borrowed of a server's connections; see fleet/. */
export interface PoolSharesTable {
  process_id: string
  server_id: string
  host: string
  pid: number
  /** Lent to it: it may hold so many. */
  share: number
  /** What it said last that it might hold: the share it went by, or more if it has yet to let go of some. */
  held: number
  wanted: number
  heartbeat_at: Timestamp
  expires_at: Timestamp
}

/** What was changed here, numbered in commit order, for the other processes; see control/. */
export interface ControlChangesTable {
  seq: number
  payload: JSONColumnType<object, string, never>
  created_at: Timestamp
}

/** One row. Its lock is what makes `control_changes.seq` follow commit order. */
export interface ControlCounterTable {
  id: number
  last_seq: number
}

/** How far the making of a tenant has come; kept after its end. */
export interface ProvisioningsTable {
  tenant_id: string
  direction: ProvisioningDirection
  /** JSON: what the caller's steps go by. Never a secret. */
  details: string
  attempts: Generated<number>
  /** Whose turn it is, until when. A process that was killed lets go by itself. */
  claim: Nullable<string>
  claimed_until: NullableTimestamp
  started_at: Timestamp
  ended_at: NullableTimestamp
}

export interface ProvisioningStepsTable {
  tenant_id: string
  name: string
  /** Steps are taken from the lowest up, and taken back from the highest down. */
  ordinal: number
  state: StepState
  error: Nullable<string>
  started_at: NullableTimestamp
  ended_at: NullableTimestamp
}

/** One going over the fleet to bring it to the newest schema. */
export interface RolloutsTable {
  id: string
  target_version: number
  state: 'running' | 'done' | 'stopped'
  reason: Nullable<string>
  /** How many are to be migrated. */
  tenants: number
  wave: Generated<number>
  waves: number
  started_at: Timestamp
  heard_at: Timestamp
  /** Once somebody has asked it to stop, from whichever process. */
  stop_asked_at: NullableTimestamp
  ended_at: NullableTimestamp
}

/** Each tenant's last migration, or the one that is under way. */
export interface TenantMigrationsTable {
  tenant_id: string
  rollout_id: string
  state: 'pending' | 'running' | 'done' | 'failed'
  wave: number
  from_version: number
  target_version: number
  /** Over all rollouts. */
  attempts: Generated<number>
  error: Nullable<string>
  started_at: NullableTimestamp
  ended_at: NullableTimestamp
}

/** What tenants' passwords are sealed under, from the second key on; the first is derived. */
export interface SecretKeysTable {
  version: number
  wrapped_key: string
  created_at: Timestamp
}

/** Accounts on the server that another has replaced, or is about to; see secret/. */
export interface RetiredAccountsTable {
  account_name: string
  drop_after: Timestamp
}

/** A link that sets a password once. The token itself is only in the link. */
export interface PasswordResetsTable {
  /** SHA-256, hex. */
  token_hash: string
  user_id: string
  created_at: Timestamp
  expires_at: Timestamp
}

/** A person's second step at sign-in. */
export interface TwoFactorsTable {
  user_id: string
  /** The TOTP secret, sealed. */
  secret: string
  /** The 30-second step of the last code that was used: none of it or before counts again. */
  last_step: Generated<number>
  created_at: Timestamp
  /** null: being set up; sign-in does not ask for it yet. */
  confirmed_at: NullableTimestamp
}

/** Each gets in once, in place of a code. */
export interface RecoveryCodesTable {
  user_id: string
  /** SHA-256, hex. */
  code_hash: string
}

/** A sign-in whose password was right and whose second step is awaited. */
export interface SignInChallengesTable {
  /** SHA-256, hex. */
  token_hash: string
  user_id: string
  created_at: Timestamp
  expires_at: Timestamp
}

/** Failed attempts at something, by a hash of what was tried and from where. */
export interface AttemptCountersTable {
  key_hash: string
  failures: number
  ends_at: Timestamp
}

/** Deleted tenants of whom something outside the database may be left, their files: whoever keeps it clears it away. */
export interface TenantRemainsTable {
  tenant_id: string
  deleted_at: Timestamp
}

export interface MasterTables {
  attempt_counters: AttemptCountersTable
  audit_log: AuditLogTable
  password_resets: PasswordResetsTable
  recovery_codes: RecoveryCodesTable
  sign_in_challenges: SignInChallengesTable
  two_factors: TwoFactorsTable
  secret_keys: SecretKeysTable
  retired_accounts: RetiredAccountsTable
  control_changes: ControlChangesTable
  control_counter: ControlCounterTable
  rollouts: RolloutsTable
  tenant_figures: TenantFiguresTable
  tenant_migration_runs: TenantMigrationRunsTable
  tenant_alarms: TenantAlarmsTable
  tenant_migrations: TenantMigrationsTable
  provisionings: ProvisioningsTable
  provisioning_steps: ProvisioningStepsTable
  pool_shares: PoolSharesTable
  servers: ServersTable
  tenants: TenantsTable
  tenant_remains: TenantRemainsTable
  tenant_transfers: TenantTransfersTable
  users: UsersTable
  sessions: SessionsTable
  accounts: AccountsTable
  verifications: VerificationsTable
  memberships: MembershipsTable
  operators: OperatorsTable
}

export type TenantRow = Selectable<TenantsTable>
