import { useMutation, useQueryClient } from '@tanstack/react-query'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { RoleDialog } from './role-dialog.tsx'
import type { Role } from './role-types.ts'

/** For roles of one's own: another name, or away with it. */
export function RoleActions({ role }: { role: Role }) {
  const t = useTranslations('permission')
  const [isRenaming, setRenaming] = useState(false)
  const remove = useRemoveRole()
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton size="sm" label={t('roleActions', { role: role.name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setRenaming(true)}>
          {t('rename')}
        </MenuItem>
        <MenuItem icon={<Trash2 aria-hidden />} isDanger onSelect={() => remove(role)}>
          {t('removeRole')}
        </MenuItem>
      </Menu>
      <RoleDialog isOpen={isRenaming} onOpenChange={setRenaming} role={role} />
    </>
  )
}

/** A role that members have stays; one that nobody has can be made again, so undo makes it. */
function useRemoveRole(): (role: Role) => void {
  const t = useTranslations('permission')
  const common = useTranslations('common')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const settle = () => void queryClient.invalidateQueries(trpc.permission.role.pathFilter())
  const create = useMutation(trpc.permission.role.create.mutationOptions({ onSettled: settle }))
  const remove = useMutation(trpc.permission.role.remove.mutationOptions({ onSettled: settle }))
  return ({ id, name, permissions, memberCount }) => {
    if (memberCount > 0) {
      showToast({
        id: 'role-in-use',
        tone: 'danger',
        title: t('roleInUse', { role: name, count: memberCount }),
      })
      return
    }
    remove.mutate(
      { id },
      {
        onSuccess: () =>
          showToast({
            id: `removed-${id}`,
            title: t('roleRemoved', { role: name }),
            action: { label: common('action.undo'), run: () => create.mutate({ name, permissions }) },
          }),
      },
    )
  }
}
