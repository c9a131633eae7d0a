import { useTranslations } from 'use-intl'
import { AnchoredMenu } from '../../ui/anchored-menu.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import type { LazyMenuContentProps } from '../../ui/lazy-menu.tsx'
import { MenuItem, MenuLabel, MenuSeparator } from '../../ui/menu.tsx'
import { useOwners } from './use-owners.ts'

interface BulkAssignMenuProps extends LazyMenuContentProps {
  onAssign: (ownerId: string | null) => void
}

/** Who is to be responsible for everybody who is selected. */
export function BulkAssignMenu({ onAssign, ...menu }: BulkAssignMenuProps) {
  const t = useTranslations('customer.bulk')
  const { members = [], nameOf } = useOwners()
  return (
    <AnchoredMenu {...menu} align="end">
      <MenuLabel>{t('assignTo')}</MenuLabel>
      {members.map((member) => (
        <MenuItem
          key={member.id}
          icon={<Avatar name={member.name} size="xs" />}
          onSelect={() => onAssign(member.id)}
        >
          {nameOf(member)}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => onAssign(null)}>{t('assignToNobody')}</MenuItem>
    </AnchoredMenu>
  )
}
