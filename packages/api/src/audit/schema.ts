import { z } from 'zod'

/** Everything that is written down in a tenant's audit log. Named `entity.verb`. */
export const AUDIT_ACTIONS = [
  'member.invited',
  'invitation.resent',
  'invitation.revoked',
  'member.joined',
  'member.role-changed',
  'member.removed',
  'role.created',
  'role.updated',
  'role.removed',
  'api-key.created',
  'api-key.revoked',
  'customer.created',
  'customer.updated',
  'customer.archived',
  'customer.restored',
  'customer.merged',
  'customer.separated',
  'customer.told-apart',
  'conversation.merged',
  'conversation.separated',
  'customer.exported',
  'customer.bulk-tagged',
  'customer.bulk-assigned',
  'customer.bulk-archived',
  'customer.bulk-restored',
  'view.shared',
  'view.updated',
  'view.unshared',
  'view.deleted',
  'view.restored',
  'label.created',
  'label.updated',
  'label.deleted',
  'rule.created',
  'rule.updated',
  'rule.ordered',
  'rule.deleted',
  'macro.created',
  'macro.updated',
  'macro.deleted',
  'canned-reply.created',
  'canned-reply.updated',
  'canned-reply.deleted',
  'customer.imported',
  'customer.import-undone',
  'customer.apart-forgotten',
  'customer.tagged',
  'customer.note-added',
  'customer.note-edited',
  'customer.note-deleted',
  'customer.note-restored',
  'tag.created',
  'tag.updated',
  'tag.merged',
  'tag.removed',
  'field.created',
  'field.updated',
  'field.ordered',
  'profile.updated',
  'team.created',
  'team.updated',
  'team.deleted',
  'assignment.configured',
] as const

/** What is written down for the whole installation: operators' acts, and what people do to their own accounts. */
export const INSTALLATION_AUDIT_ACTIONS = [
  'tenant.created',
  'tenant.taken-back',
  'tenant.suspended',
  'tenant.resumed',
  'tenant.archived',
  'tenant.restored',
  'tenant.deleted',
  'rollout.started',
  'rollout.stopped',
  'tenant.exported',
  'tenant.imported',
  'tenant.cloned',
  'transfer.cancelled',
  'archive.downloaded',
  'archive.removed',
  'tenant.password-rotated',
  'installation.key-rotated',
  'installation.migrated',
  'user.created',
  'user.operator-made',
  'user.operator-unmade',
  'user.password-changed',
  'user.password-reset',
  'user.reset-link-made',
  'user.session-revoked',
  'user.sessions-ended',
  'user.two-factor-enabled',
  'user.two-factor-disabled',
  'user.recovery-codes-renewed',
] as const

export const AuditAction = z.enum(AUDIT_ACTIONS)
export type AuditAction = z.infer<typeof AuditAction>
export const InstallationAuditAction = z.enum(INSTALLATION_AUDIT_ACTIONS)
export type InstallationAuditAction = z.infer<typeof InstallationAuditAction>

const CURSOR_LENGTH_MAX = 100
/** Entries of one page, and of each piece of an export. */
export const AUDIT_LIST_LIMIT_MAX = 200
export const AUDIT_LIST_LIMIT_DEFAULT = 50
/** People, keys and commands to choose from; the latest. */
export const AUDIT_ACTORS_LISTED_MAX = 200

/** Who acted at the server's command line, which has no id. */
export const SYSTEM_ACTOR = 'system'

/** Every part narrows: an entry is shown that all of them fit. */
const filter = {
  actor: z.union([z.uuid(), z.literal(SYSTEM_ACTOR)]).optional(),
  /** What it was done to. */
  entityId: z.uuid().optional(),
  from: z.iso.datetime().optional(),
  /** Up to, and not with, this moment. */
  to: z.iso.datetime().optional(),
}

export const AuditFilter = z.strictObject({
  ...filter,
  actions: z.array(AuditAction).min(1).max(AUDIT_ACTIONS.length).optional(),
})
export type AuditFilter = z.infer<typeof AuditFilter>

export const InstallationAuditFilter = z.strictObject({
  ...filter,
  actions: z.array(InstallationAuditAction).min(1).max(INSTALLATION_AUDIT_ACTIONS.length).optional(),
})
export type InstallationAuditFilter = z.infer<typeof InstallationAuditFilter>

const page = {
  /** `nextCursor` of the page before. */
  cursor: z.string().max(CURSOR_LENGTH_MAX).nullish(),
  limit: z.int().min(1).max(AUDIT_LIST_LIMIT_MAX).optional(),
}

export const ListAuditInput = AuditFilter.extend(page)
export type ListAuditInput = z.infer<typeof ListAuditInput>

export const ListInstallationAuditInput = InstallationAuditFilter.extend(page)
export type ListInstallationAuditInput = z.infer<typeof ListInstallationAuditInput>
