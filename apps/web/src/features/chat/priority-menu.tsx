import type { Priority } from '@sarai/api/chat/schema'
import { useTranslations } from 'use-intl'
import { AnchoredMenu } from '../../ui/anchored-menu.tsx'
import type { LazyMenuContentProps } from '../../ui/lazy-menu.tsx'
import { MenuRadioGroup } from '../../ui/menu.tsx'
import { PRIORITIES_DOWN, PriorityMark } from './priority-mark.tsx'

export interface PriorityMenuProps extends LazyMenuContentProps {
  /** Left out: several that differ. */
  priority: Priority | undefined
  onChange: (priority: Priority) => void
}

export function PriorityMenu({ priority, onChange, ...menu }: PriorityMenuProps) {
  const t = useTranslations('chat')
  return (
    <AnchoredMenu {...menu}>
      <MenuRadioGroup
        label={t('action.priority')}
        value={priority ?? null}
        options={PRIORITIES_DOWN.map((value) => ({
          value,
          label: t(`priority.${value}`),
          icon: <PriorityMark priority={value} />,
        }))}
        onChange={onChange}
      />
    </AnchoredMenu>
  )
}
