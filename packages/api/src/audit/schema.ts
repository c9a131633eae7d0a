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
  'customer.bulk-tagged',
  'customer.bulk-archived',
  'customer.bulk-restored',
] as const

/** What is written down for the whole installation: operators' acts, and what people do to their own accounts. */
export const INSTALLATION_AUDIT_ACTIONS = [
  'tenant.created',
  'tenant.suspended',
  'tenant.resumed',
  'tenant.archived',
  'tenant.restored',
  'tenant.deleted',
  'user.created',
  'user.operator-made',
  'user.operator-unmade',
  'user.password-changed',
  'user.password-reset',
  'user.reset-link-made',
  'user.session-revoked',
  'user.two-factor-enabled',
  'user.two-factor-disabled',
  'user.recovery-codes-renewed',
] as const

export const AuditAction = z.enum(AUDIT_ACTIONS)
export type AuditAction = z.infer<typeof AuditAction>
export const InstallationAuditAction = z.enum(INSTALLATION_AUDIT_ACTIONS)
export type InstallationAuditAction = z.infer<typeof InstallationAuditAction>
