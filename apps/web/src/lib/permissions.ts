import type { Permission } from '@sarai/api/permission/schema'
import { useQuery } from '@tanstack/react-query'
import { useTrpc } from './trpc.ts'

/** What the caller's role allows, for hiding what would be refused. The server decides again each time. */
export function useCan(): (permission: Permission) => boolean {
  const trpc = useTrpc()
  const { data } = useQuery(trpc.permission.mine.queryOptions())
  return (permission) => data?.permissions.includes(permission) ?? false
}

/** A message key cannot hold a colon: `customer:read` is named by `customer.read`. */
type PermissionKey = Permission extends infer Each
  ? Each extends `${infer Entity}:${infer Action}`
    ? `${Entity}.${Action}`
    : never
  : never

export function permissionKey(permission: Permission): PermissionKey {
  return permission.replace(':', '.') as PermissionKey
}
