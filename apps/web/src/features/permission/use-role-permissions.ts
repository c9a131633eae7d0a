import type { Permission } from '@sarai/api/permission/schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useRoleName } from '../../lib/role-name.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { permissionKey } from '../../lib/permissions.ts'
import type { Role } from './role-types.ts'

/** Gives a role a permission or takes it: at once on screen, with undo, and back again if the server refuses. */
export function useRolePermissions(): (role: Role, permission: Permission) => void {
  const t = useTranslations('permission')
  const common = useTranslations('common')
  const roleName = useRoleName()
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const listKey = trpc.permission.role.list.queryKey()
  const update = useMutation({
    ...trpc.permission.role.update.mutationOptions(),
    // One after the other: each sends the whole set, so an older one must not arrive last.
    scope: { id: 'permission.role.update' },
    onError: () => void queryClient.invalidateQueries({ queryKey: listKey }),
    onSettled: () => void queryClient.invalidateQueries(trpc.permission.mine.queryFilter()),
  })

  function current(id: string): Role | undefined {
    return queryClient.getQueryData(listKey)?.items.find((role) => role.id === id)
  }

  function set(id: string, permission: Permission, isGiven: boolean): void {
    const role = current(id)
    if (!role) return
    const others = role.permissions.filter((each) => each !== permission)
    const permissions = isGiven ? [...others, permission] : others
    void queryClient.cancelQueries({ queryKey: listKey })
    queryClient.setQueryData(listKey, (list) =>
      list ? { items: list.items.map((each) => (each.id === id ? { ...each, permissions } : each)) } : list,
    )
    update.mutate({ id, permissions })
  }

  return ({ id, name, permissions }, permission) => {
    const isGiven = !permissions.includes(permission)
    set(id, permission, isGiven)
    const words = { role: roleName(name), permission: t(`what.${permissionKey(permission)}`) }
    showToast({
      id: `role-${id}-${permission}`,
      title: t(isGiven ? 'given' : 'taken', words),
      action: { label: common('action.undo'), run: () => set(id, permission, !isGiven) },
    })
  }
}
