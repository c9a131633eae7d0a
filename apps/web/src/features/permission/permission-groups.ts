import type { Permission } from '@sarai/api/permission/schema'

/** The order of the matrix. Each permission once; a test compares them with the server's list. */
export const PERMISSION_GROUPS = {
  dashboard: ['dashboard:read'],
  customer: [
    'customer:read',
    'customer:create',
    'customer:update',
    'customer:archive',
    'customer:merge',
    'customer:import',
    'customer:export',
    'customer:configure',
  ],
  chat: ['chat:read', 'chat:reply', 'chat:assign', 'chat:resolve', 'chat:configure'],
  permission: ['permission:read', 'permission:manage', 'key:manage', 'audit:read'],
  tenant: ['tenant:configure'],
} as const satisfies Record<string, readonly Permission[]>

export type PermissionGroup = keyof typeof PERMISSION_GROUPS
