import type { Rule } from '@sarai/api'
import { Link } from '@tanstack/react-router'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { useActText } from './use-act-text.ts'
import { useRuleText } from './use-rule-text.ts'
import { useSetRuleOn } from './use-save-rule.ts'

interface RuleItemProps {
  rule: Rule
  /** Left out: it is the first, or the last. */
  onUp?: () => void
  onDown?: () => void
  onEdit: () => void
  onDelete: () => void
}

/** A rule as a sentence: when, if, then. */
export function RuleItem({ rule, onUp, onDown, onEdit, onDelete }: RuleItemProps) {
  const t = useTranslations('rule')
  const { toTrigger, toCondition } = useRuleText()
  const toAct = useActText()
  const setOn = useSetRuleOn()
  const { name, isOn, stopped } = rule
  return (
    <li className="flex min-h-11 items-start gap-3 px-3 py-2">
      <span className="pt-1">
        <Checkbox
          label={t('isOnOf', { name })}
          checked={isOn}
          onChange={({ target }) => setOn({ id: rule.id, isOn: target.checked })}
        />
      </span>
      <div className="min-w-0 flex-1 text-sm leading-6">
        <bdi className="block font-medium break-words match-parent">{name}</bdi>
        <dl className="grid grid-cols-[auto_1fr] gap-x-2 text-text-muted">
          <dt>{t('when')}</dt>
          <dd>{toTrigger(rule.trigger)}</dd>
          {rule.conditions.length > 0 ? (
            <>
              <dt>{t('if')}</dt>
              <dd>{rule.conditions.map(toCondition).join(' · ')}</dd>
            </>
          ) : null}
          <dt>{t('then')}</dt>
          <dd>{rule.acts.map(toAct).join(' · ')}</dd>
        </dl>
        {stopped ? <Stopped stopped={stopped} /> : null}
      </div>
      <Menu
        align="end"
        trigger={
          <IconButton size="sm" label={t('actions', { name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onSelect={onEdit}>
          {t('edit')}
        </MenuItem>
        {onUp ? (
          <MenuItem icon={<ArrowUp aria-hidden />} onSelect={onUp}>
            {t('moveUp')}
          </MenuItem>
        ) : null}
        {onDown ? (
          <MenuItem icon={<ArrowDown aria-hidden />} onSelect={onDown}>
            {t('moveDown')}
          </MenuItem>
        ) : null}
        <MenuItem icon={<Trash2 aria-hidden />} isDanger onSelect={onDelete}>
          {t('delete')}
        </MenuItem>
      </Menu>
    </li>
  )
}

function Stopped({ stopped: { at, conversationId } }: { stopped: NonNullable<Rule['stopped']> }) {
  const t = useTranslations('rule')
  const format = useFormat()
  const tenantKey = useTenantKey()
  return (
    <p className="text-danger-text">
      {t('stopped', { time: format.dateTime(at) })}{' '}
      <Link
        to="/$tenantKey/chat/$conversationId"
        params={{ tenantKey, conversationId }}
        className="underline"
      >
        {t('where')}
      </Link>
    </p>
  )
}
