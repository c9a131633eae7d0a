import { COUNTRIES } from '@sarai/api/tenant/schema'
import { useMemo } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { ChoiceField } from '../../ui/choice-field.tsx'

interface CountryFieldProps {
  value: string
  isDisabled: boolean
  onChange: (country: string) => void
}

/** Countries by their names in the reader's language. */
export function CountryField({ value, isDisabled, onChange }: CountryFieldProps) {
  const t = useTranslations('tenant')
  const locale = useLocale()
  const options = useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'region' })
    const named = COUNTRIES.map((country) => ({
      value: country as string,
      label: names.of(country) ?? country,
    }))
    return named.toSorted((one, other) => one.label.localeCompare(other.label, locale))
  }, [locale])
  return (
    <ChoiceField
      label={t('country')}
      hint={t('countryHint')}
      isDisabled={isDisabled}
      value={value}
      options={options}
      onChange={onChange}
    />
  )
}
