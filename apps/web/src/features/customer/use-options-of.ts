import type { CustomerField } from '@sarai/api'
import { useTranslations } from 'use-intl'
import type { SelectOption } from '../../ui/select.tsx'

/** What may be chosen for a field of the tenant's own: its choices, or yes and no. */
export function useOptionsOf(): (
  field: Pick<CustomerField, 'kind' | 'options'>,
) => readonly SelectOption<string>[] {
  const t = useTranslations('customer.inPlace')
  return ({ kind, options }) => {
    if (kind === 'choice') return options.map((option) => ({ value: option, label: option }))
    return [
      { value: 'true', label: t('yes') },
      { value: 'false', label: t('no') },
    ]
  }
}
