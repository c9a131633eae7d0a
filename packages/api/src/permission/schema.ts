import { z } from 'zod'

/** Every permission there is. A procedure names one; a role is any set of them. */
export const PERMISSIONS = [
  'dashboard:read',
  'customer:read',
  'customer:create',
  'customer:update',
  'customer:archive',
  'customer:configure',
  'chat:read',
  'chat:reply',
  'chat:assign',
  'chat:resolve',
  'permission:read',
  'permission:manage',
] as const

export const Permission = z.enum(PERMISSIONS)
export type Permission = z.infer<typeof Permission>

/** What the roles that every tenant starts with may do. */
export const BUILT_IN_ROLES = {
  owner: PERMISSIONS,
  manager: PERMISSIONS.filter((permission) => permission !== 'permission:manage'),
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
