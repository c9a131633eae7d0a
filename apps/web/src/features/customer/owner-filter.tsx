import { OWNER_KINDS } from '@sarai/api/customer/schema'
import { useTranslations } from 'use-intl'
import { Select } from '../../ui/select.tsx'
import type { CustomerFiltersProps } from './customer-filters.tsx'
import { useOwners } from './use-owners.ts'

const ANY = 'any'

/** Whose customers are shown; where one works alone there is nothing to choose. */
export function OwnerFilter({ search, onSearchChange }: CustomerFiltersProps) {
  const t = useTranslations('customer.owner')
  const { members = [], left, nameOf } = useOwners()
  const { owner, ...withoutOwner } = search
  if (members.length + left.length < 2 && owner === undefined) return null
  return (
    <Select
      label={t('filter')}
      isQuiet
      className="text-sm"
      value={owner ?? ANY}
      options={[
        { value: ANY, label: t('any') },
        ...OWNER_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
        ...[...members, ...left].map((member) => ({
          value: member.id,
          label: nameOf(member),
          group: t('members'),
        })),
      ]}
      onChange={(next) => onSearchChange({ ...withoutOwner, ...(next !== ANY && { owner: next }) })}
    />
  )
}
