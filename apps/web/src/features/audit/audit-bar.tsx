import type { AuditLine } from '@sarai/api'
import { useTranslations } from 'use-intl'
import { FilterChip } from '../../ui/filter-chip.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useActionName } from './audit-action.ts'
import { choose, kindOf } from './audit-filter.ts'
import type { AuditViewProps } from './audit-view.tsx'

interface AuditBarProps extends Pick<AuditViewProps, 'actions' | 'actors' | 'choice' | 'onChoose'> {
  /** What is chosen, if an entry on the page is about it. */
  thing: AuditLine['entity'] | undefined
}

/** Who, what, when, and the one thing that somebody asked about. */
export function AuditBar({ actions, actors, choice, onChoose, thing }: AuditBarProps) {
  const t = useTranslations('audit')
  const day = (name: 'from' | 'to') => (
    <TextField
      type="date"
      label={t(name)}
      isLabelHidden
      before={<span className="text-xs text-text-muted">{t(name)}</span>}
      className="max-md:col-span-2 md:w-46"
      value={choice[name] ?? ''}
      onChange={(event) => onChoose(choose(choice, name, event.target.value))}
    />
  )
  return (
    <div
      role="search"
      aria-label={t('filter')}
      className="grid grid-cols-2 items-start gap-2 md:flex md:flex-wrap"
    >
      <Select
        label={t('who')}
        className="md:w-48"
        value={choice.who ?? 'all'}
        onChange={(who) => onChoose(choose(choice, 'who', who === 'all' ? '' : who))}
        options={[
          { value: 'all', label: t('everybody') },
          ...actors.map(({ id, kind, name }) => ({
            value: id ?? 'system',
            label: kind === 'system' ? t('kind.system') : name,
            ...(kind === 'api-key' && { description: t('kind.api-key') }),
          })),
        ]}
      />
      <WhatSelect actions={actions} choice={choice} onChoose={onChoose} />
      {day('from')}
      {day('to')}
      {choice.thing === undefined ? null : (
        <FilterChip
          label={t('about', { thing: thing?.name ?? t('oneThing') })}
          removeLabel={t('aboutAll')}
          onRemove={() => onChoose(choose(choice, 'thing'))}
        />
      )}
    </div>
  )
}

function WhatSelect({ actions, choice, onChoose }: Omit<AuditBarProps, 'actors' | 'thing'>) {
  const t = useTranslations('audit')
  const nameOf = useActionName()
  const kinds = [...Map.groupBy(actions, (action) => kindOf(action))]
  const options = kinds.flatMap(([kind, own]) => [
    { value: kind, label: t('allOf', { kind: t(`entity.${kind}`) }), group: t(`entity.${kind}`) },
    ...own.map((value) => ({ value, label: nameOf(value), group: t(`entity.${kind}`) })),
  ])
  return (
    <Select<string>
      label={t('what')}
      className="md:w-64"
      value={options.some(({ value }) => value === choice.what) ? (choice.what ?? 'all') : 'all'}
      onChange={(what) => onChoose(choose(choice, 'what', what === 'all' ? '' : what))}
      options={[{ value: 'all', label: t('everything') }, ...options]}
    />
  )
}
