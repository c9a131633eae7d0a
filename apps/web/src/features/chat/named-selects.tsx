import { PRIORITIES, type Priority } from '@sarai/api/chat/schema'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { Select, type SelectOption } from '../../ui/select.tsx'

const NONE = 'none'

interface IdSelectProps<Id extends string | null> {
  value: Id
  onChange: (value: Id) => void
}

export function LabelSelect({ value, onChange }: IdSelectProps<string>) {
  const t = useTranslations('macro')
  const trpc = useTrpc()
  const { data } = useQuery(trpc.label.list.queryOptions())
  return (
    <Select
      label={t('label')}
      value={value}
      options={withChosen(data?.items ?? [], value, { choose: t('chooseLabel'), gone: t('gone') })}
      onChange={onChange}
    />
  )
}

/** Of customers. */
export function TagSelect({ value, onChange }: IdSelectProps<string>) {
  const t = useTranslations('rule')
  const tm = useTranslations('macro')
  const trpc = useTrpc()
  const { data } = useQuery(trpc.customer.tag.list.queryOptions())
  return (
    <Select
      label={t('condition.customerTag')}
      value={value}
      options={withChosen(data?.items ?? [], value, { choose: t('chooseTag'), gone: tm('gone') })}
      onChange={onChange}
    />
  )
}

export function MemberSelect({ value, onChange }: IdSelectProps<string | null>) {
  const t = useTranslations('macro')
  const trpc = useTrpc()
  const { data } = useQuery(trpc.chat.member.list.queryOptions())
  return (
    <Select
      label={t('member')}
      value={value ?? NONE}
      options={[
        { value: NONE, label: t('nobody') },
        ...withChosen(data?.items ?? [], value ?? NONE, { choose: '', gone: t('gone') }),
      ]}
      onChange={(id) => onChange(id === NONE ? null : id)}
    />
  )
}

export function TeamSelect({ value, onChange }: IdSelectProps<string | null>) {
  const t = useTranslations('macro')
  const trpc = useTrpc()
  const { data } = useQuery(trpc.team.list.queryOptions())
  return (
    <Select
      label={t('team')}
      value={value ?? NONE}
      options={[
        { value: NONE, label: t('noTeam') },
        ...withChosen(data?.items ?? [], value ?? NONE, { choose: '', gone: t('gone') }),
      ]}
      onChange={(id) => onChange(id === NONE ? null : id)}
    />
  )
}

export function PrioritySelect({
  value,
  onChange,
}: {
  value: Priority
  onChange: (value: Priority) => void
}) {
  const t = useTranslations('chat')
  return (
    <Select
      label={t('action.priority')}
      value={value}
      options={PRIORITIES.toReversed().map((each) => ({ value: each, label: t(`priority.${each}`) }))}
      onChange={onChange}
    />
  )
}

/** What was chosen and is not there any more is shown as such, until another is chosen. */
function withChosen(
  items: readonly { id: string; name: string }[],
  value: string,
  names: { choose: string; gone: string },
): SelectOption<string>[] {
  const options = items.map(({ id, name }) => ({ value: id, label: name }))
  if (value === NONE || options.some((option) => option.value === value)) return options
  return [{ value, label: value === '' ? names.choose : names.gone, isDisabled: true }, ...options]
}
