import type { Migration } from 'kysely/migration'
import { customerDesk } from './migrations/0001-customer-desk.ts'
import { knownPermissions } from './migrations/0002-known-permissions.ts'
import { customerSearch } from './migrations/0003-customer-search.ts'
import { customerCard } from './migrations/0004-customer-card.ts'
import { people } from './migrations/0005-people.ts'
import { workspaceProfile } from './migrations/0006-workspace-profile.ts'
import { dashboardCounts } from './migrations/0007-dashboard-counts.ts'
import { duplicates } from './migrations/0008-duplicates.ts'
import { notificationSettings } from './migrations/0009-notification-settings.ts'
import { jobs } from './migrations/0010-jobs.ts'
import { apiKeys } from './migrations/0011-api-keys.ts'
import { mentions } from './migrations/0012-mentions.ts'
import { savedViews } from './migrations/0013-saved-views.ts'
import { labels } from './migrations/0014-labels.ts'
import { attachments } from './migrations/0015-attachments.ts'
import { imports } from './migrations/0016-imports.ts'
import { cannedReplies } from './migrations/0017-canned-replies.ts'
import { messageChanges } from './migrations/0018-message-changes.ts'
import { messageQuotes } from './migrations/0019-message-quotes.ts'
import { teams } from './migrations/0020-teams.ts'
import { assignment } from './migrations/0021-assignment.ts'
import { macros } from './migrations/0022-macros.ts'
import { customerOwner } from './migrations/0023-customer-owner.ts'
import { presence } from './migrations/0024-presence.ts'
import { rules } from './migrations/0025-rules.ts'
import { messageSearch } from './migrations/0026-message-search.ts'
import { scheduledMessages } from './migrations/0027-scheduled-messages.ts'
import { conversationCounts } from './migrations/0028-conversation-counts.ts'
import { conversationMerges } from './migrations/0029-conversation-merges.ts'
import { scheduledFiles } from './migrations/0030-scheduled-files.ts'

/** In order; a name once released never changes. */
export const TENANT_MIGRATIONS: Record<string, TenantMigration> = {
  '0001-customer-desk': customerDesk,
  '0002-known-permissions': knownPermissions,
  '0003-customer-search': customerSearch,
  '0004-customer-card': customerCard,
  '0005-people': people,
  '0006-workspace-profile': workspaceProfile,
  '0007-dashboard-counts': dashboardCounts,
  '0008-duplicates': duplicates,
  '0009-notification-settings': notificationSettings,
  '0010-jobs': jobs,
  '0011-api-keys': apiKeys,
  '0012-mentions': mentions,
  '0013-saved-views': savedViews,
  '0014-labels': labels,
  '0015-attachments': attachments,
  '0016-imports': imports,
  '0017-canned-replies': cannedReplies,
  '0018-message-changes': messageChanges,
  '0019-message-quotes': messageQuotes,
  '0020-teams': teams,
  '0021-assignment': assignment,
  '0022-macros': macros,
  '0023-customer-owner': customerOwner,
  '0024-presence': presence,
  '0025-rules': rules,
  '0026-message-search': messageSearch,
  '0027-scheduled-messages': scheduledMessages,
  '0028-conversation-counts': conversationCounts,
  '0029-conversation-merges': conversationMerges,
  '0030-scheduled-files': scheduledFiles,
}

/** The version that this process expects of a tenant's database: how many migrations there are. */
export const TENANT_SCHEMA_VERSION = Object.keys(TENANT_MIGRATIONS).length

export interface TenantMigration extends Migration {
  /**
   * The code of this release also serves tenants that lack it: an index, a table that it knows how to do without.
   * Default: it does not, and answers TENANT_MIGRATING until the tenant has it.
   */
  isOptional?: boolean
  /**
   * It takes away what older code uses: code that knows fewer than so many migrations must not serve a tenant that
   * has it. Without this, a migration may only add; a test refuses what does more.
   */
  needsCodeOf?: number
}

/** What one release of the code expects of a tenant's database. */
export interface TenantSchema {
  readonly migrations: Record<string, TenantMigration>
  /** How many there are: what a tenant is brought to. */
  readonly version: number
  /** From here on a tenant is served; below it is closed until it has been migrated. */
  readonly servedFrom: number
}

export function defineSchema(migrations: Record<string, TenantMigration>): TenantSchema {
  const all = Object.values(migrations)
  const servedFrom = all.findLastIndex(({ isOptional }) => !isOptional) + 1
  return { migrations, version: all.length, servedFrom }
}

/** The code that may still serve a tenant which has these: how many migrations it must know. */
export function floorOf({ migrations }: TenantSchema): number {
  return Math.max(0, ...Object.values(migrations).map(({ needsCodeOf = 0 }) => needsCodeOf))
}

export const TENANT_SCHEMA = defineSchema(TENANT_MIGRATIONS)
