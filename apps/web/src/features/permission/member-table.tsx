import { useMutation, useQueryClient } from '@tanstack/react-query'
import UserMinus from 'lucide-react/icons/user-minus'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { useFormat } from '../../lib/format.ts'
import { useRoleName } from '../../lib/role-name.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Select } from '../../ui/select.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import { RemoveMemberDialog } from './remove-member-dialog.tsx'
import type { Member, Role } from './role-types.ts'

interface MemberTableProps {
  members: readonly Member[]
  roles: readonly Role[]
  canManage: boolean
}

export function MemberTable({ members, roles, canManage }: MemberTableProps) {
  const t = useTranslations('permission')
  const [leaving, setLeaving] = useState<Member | null>(null)
  const owners = members.filter(({ role }) => role.builtIn === 'owner')
  return (
    <>
      <Table label={t('members')}>
        <thead>
          <tr>
            <Th className="px-4">{t('member')}</Th>
            <Th>{t('role')}</Th>
            <Th className="hidden md:table-cell">{t('joined')}</Th>
            {canManage ? (
              <Th>
                <span className="sr-only">{t('removeMember')}</span>
              </Th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              roles={roles}
              canManage={canManage}
              isLastOwner={owners.length === 1 && member.role.builtIn === 'owner'}
              onRemove={() => setLeaving(member)}
            />
          ))}
        </tbody>
      </Table>
      {canManage && owners.length === 1 ? (
        <p className="mt-2 text-xs text-text-muted">{t('lastOwner')}</p>
      ) : null}
      <RemoveMemberDialog member={leaving} onClose={() => setLeaving(null)} />
    </>
  )
}

interface MemberRowProps extends Omit<MemberTableProps, 'members'> {
  member: Member
  isLastOwner: boolean
  onRemove: () => void
}

function MemberRow({ member, roles, canManage, isLastOwner, onRemove }: MemberRowProps) {
  const t = useTranslations('permission')
  const format = useFormat()
  const roleName = useRoleName()
  const change = useChangeRole(member)
  const isFixed = !canManage || isLastOwner
  return (
    <tr>
      <Td className="w-1/2 py-2 ps-4">
        <span className="flex items-center gap-3">
          <span className="hidden sm:block">
            <Avatar name={member.name} size="md" />
          </span>
          <span className="min-w-0">
            <span dir="auto" className="block truncate font-medium match-parent">
              {member.name}
            </span>
            <span dir="ltr" className="block truncate text-xs text-text-muted match-parent">
              {member.email}
            </span>
          </span>
        </span>
      </Td>
      <Td>
        {isFixed ? (
          <span className="px-2.5">{roleName(member.role.name)}</span>
        ) : (
          <Select
            isQuiet
            label={t('roleOf', { name: member.name })}
            options={roles.map(({ id, name }) => ({ value: id, label: roleName(name) }))}
            value={member.role.id}
            onChange={change}
            className="sm:min-w-32"
          />
        )}
      </Td>
      <Td className="hidden w-0 whitespace-nowrap text-text-muted md:table-cell">
        {format.day(member.joinedAt)}
      </Td>
      {canManage ? (
        <Td isNumeric className="w-0 pe-3">
          {isLastOwner ? null : (
            <IconButton size="sm" label={t('removeName', { name: member.name })} onClick={onRemove}>
              <UserMinus aria-hidden />
            </IconButton>
          )}
        </Td>
      ) : null}
    </tr>
  )
}

/** At once on screen, with undo. Two owners who demote each other meet the server's protection: the last one stays. */
function useChangeRole({ userId, name, role }: Member): (roleId: string) => void {
  const t = useTranslations('permission')
  const common = useTranslations('common')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const { mutate } = useMutation(
    trpc.permission.member.setRole.mutationOptions({
      meta: { errors: 'form' },
      onSettled: () => queryClient.invalidateQueries(trpc.permission.pathFilter()),
      onError: (error) => {
        if (reactTo(error).kind !== 'conflict') return
        showToast({ id: `member-${userId}`, tone: 'danger', title: t('lastOwner') })
      },
    }),
  )
  return (roleId) =>
    mutate(
      { userId, roleId },
      {
        onSuccess: () =>
          showToast({
            id: `member-${userId}`,
            title: t('roleChanged', { name }),
            action: { label: common('action.undo'), run: () => mutate({ userId, roleId: role.id }) },
          }),
      },
    )
}
