import type { Customer } from '@sarai/api'
import { useTranslations } from 'use-intl'
import { InPlaceField } from './in-place-field.tsx'
import { OwnerName } from './owner-name.tsx'
import { useOwners } from './use-owners.ts'

/** The member who is responsible for the customer, chosen where they stand. */
export function OwnerLine({ customer }: { customer: Customer }) {
  const t = useTranslations('customer.column')
  const { members = [], left } = useOwners()
  const { owner } = customer
  return (
    <InPlaceField customer={customer} target={{ owners: [...members, ...left] }} label={t('owner')}>
      {owner === null ? null : <OwnerName owner={owner} />}
    </InPlaceField>
  )
}
