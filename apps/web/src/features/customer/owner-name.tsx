import type { Customer } from '@sarai/api'
import { useTranslations } from 'use-intl'

/** Who is responsible; of somebody who has left it is said, because somebody else should take over. */
export function OwnerName({ owner }: Pick<Customer, 'owner'>) {
  const t = useTranslations('customer.owner')
  if (owner === null) return null
  return (
    <>
      <bdi>{owner.name}</bdi>
      {owner.hasLeft ? <span className="text-warning-text"> {t('hasLeft')}</span> : null}
    </>
  )
}
