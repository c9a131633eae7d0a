import { z } from 'zod'
import { EMAIL_LENGTH_MAX, Password, TOKEN_LENGTH_MAX, USER_NAME_LENGTH_MAX } from '../auth/schema.ts'

/** Every permission there is. A procedure names one; a role is any set of them. */
export const PERMISSIONS = [
  'dashboard:read',
  'customer:read',
  'customer:create',
  'customer:update',
  'customer:archive',
  'customer:merge',
  'customer:import',
  'customer:export',
  'customer:configure',
  'chat:read',
  'chat:reply',
  'chat:assign',
  'chat:resolve',
  'chat:configure',
  'permission:read',
  'permission:manage',
  'tenant:configure',
  'key:manage',
  'audit:read',
] as const

export const Permission = z.enum(PERMISSIONS)
export type Permission = z.infer<typeof Permission>

/** What decides who comes in, and what tells of everybody's acts: an owner gives it on, or nobody. */
const OWNERS_ALONE: readonly Permission[] = ['permission:manage', 'key:manage', 'audit:read']

/** What no API key may ever do: let people in, or make another key. */
export const NEVER_BY_KEY: readonly Permission[] = ['permission:manage', 'key:manage']

/** What the roles that every tenant starts with may do. */
export const BUILT_IN_ROLES = {
  owner: PERMISSIONS,
  manager: PERMISSIONS.filter((permission) => !OWNERS_ALONE.includes(permission)),
  agent: [
    'dashboard:read',
    'customer:read',
    'customer:create',
    'customer:update',
    'chat:read',
    'chat:reply',
    'chat:assign',
    'chat:resolve',
  ],
  viewer: ['dashboard:read', 'customer:read', 'chat:read'],
} as const satisfies Record<string, readonly Permission[]>

export const ROLE_NAME_LENGTH_MAX = 60
/** Roles of one tenant. */
export const ROLES_MAX = 50

const roleName = z.string().trim().min(1).max(ROLE_NAME_LENGTH_MAX)

export const CreateRoleInput = z.strictObject({
  name: roleName,
  permissions: z.array(Permission).max(PERMISSIONS.length),
})
export type CreateRoleInput = z.infer<typeof CreateRoleInput>

export const UpdateRoleInput = z.strictObject({
  id: z.uuid(),
  name: roleName.optional(),
  permissions: z.array(Permission).max(PERMISSIONS.length).optional(),
})
export type UpdateRoleInput = z.infer<typeof UpdateRoleInput>

export const RoleIdInput = z.strictObject({ id: z.uuid() })
export type RoleIdInput = z.infer<typeof RoleIdInput>

export const SetMemberRoleInput = z.strictObject({ userId: z.uuid(), roleId: z.uuid() })
export type SetMemberRoleInput = z.infer<typeof SetMemberRoleInput>

export const RemoveMemberInput = z.strictObject({ userId: z.uuid() })
export type RemoveMemberInput = z.infer<typeof RemoveMemberInput>

/** An invitation's link works for so long. */
export const INVITATION_MAX_AGE_DAYS = 7
/** Of one tenant, those included that are too old and not revoked. */
export const INVITATIONS_OPEN_MAX = 100

const email = z.string().trim().toLowerCase().pipe(z.email().max(EMAIL_LENGTH_MAX))
/** The language of the mail. */
const locale = z.enum(['en', 'ur']).default('en')

export const InviteMemberInput = z.strictObject({ email, roleId: z.uuid(), locale })
export type InviteMemberInput = z.infer<typeof InviteMemberInput>

export const InvitationIdInput = z.strictObject({ id: z.uuid() })
export type InvitationIdInput = z.infer<typeof InvitationIdInput>

export const ResendInvitationInput = z.strictObject({ id: z.uuid(), locale })
export type ResendInvitationInput = z.infer<typeof ResendInvitationInput>

export const InvitationTokenInput = z.strictObject({ token: z.string().min(1).max(TOKEN_LENGTH_MAX) })
export type InvitationTokenInput = z.infer<typeof InvitationTokenInput>

export const AcceptInvitationInput = z.strictObject({
  token: z.string().min(1).max(TOKEN_LENGTH_MAX),
  name: z.string().trim().min(1).max(USER_NAME_LENGTH_MAX),
  password: Password,
})
export type AcceptInvitationInput = z.infer<typeof AcceptInvitationInput>

export const API_KEY_NAME_LENGTH_MAX = 60
/** Of one tenant, those included that have ended and not been revoked. */
export const API_KEYS_MAX = 50
export const API_KEY_AGE_DAYS_MAX = 730
/** Calls with one key in a minute, each of a batch counted, in each process. */
export const API_KEY_CALLS_PER_MINUTE_MAX = 600
/** Keys that open nothing, from one address in a minute, in each process; then nothing with a key is looked at. */
export const API_KEY_REFUSALS_PER_MINUTE_MAX = 120

export const CreateApiKeyInput = z.strictObject({
  name: z.string().trim().min(1).max(API_KEY_NAME_LENGTH_MAX),
  permissions: z
    .array(Permission.exclude(['permission:manage', 'key:manage']))
    .min(1)
    .max(PERMISSIONS.length),
  /** Left out: it works until it is revoked. */
  endsAfterDays: z.int().min(1).max(API_KEY_AGE_DAYS_MAX).optional(),
})
export type CreateApiKeyInput = z.infer<typeof CreateApiKeyInput>

export const ApiKeyIdInput = z.strictObject({ id: z.uuid() })
export type ApiKeyIdInput = z.infer<typeof ApiKeyIdInput>
