import { TENANT_NAME_LENGTH_MAX } from '@sarai/api/tenant/schema'
import { useTranslations } from 'use-intl'
import { EmailField } from '../../ui/email-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { IntoErrors, IntoForm } from './into-form.ts'

interface IntoFieldsProps {
  form: IntoForm
  errors: IntoErrors
  onChange: (form: IntoForm) => void
}

/** Which tenant is made. */
export function IntoFields({ form, errors, onChange }: IntoFieldsProps) {
  const t = useTranslations('operator')
  const words = useTranslations('fleet.transfer')
  const common = useTranslations('common')
  function field(name: keyof IntoForm) {
    const error = errors[name]
    return {
      value: form[name],
      error: error ? t(error) : undefined,
      onChange: (event: { target: { value: string } }) => onChange({ ...form, [name]: event.target.value }),
    }
  }
  return (
    <>
      <TextField
        {...field('intoKey')}
        label={words('intoKey')}
        dir="ltr"
        spellCheck={false}
        autoCapitalize="none"
        hint={t('keyHint', { key: form.intoKey || 'rabin-2' })}
      />
      <TextField
        {...field('name')}
        label={t('name')}
        dir="auto"
        maxLength={TENANT_NAME_LENGTH_MAX}
        optionalText={common('field.optional')}
        hint={words('nameHint')}
      />
      <EmailField
        {...field('ownerEmail')}
        label={t('ownerEmail')}
        optionalText={common('field.optional')}
        hint={words('ownerHint')}
      />
    </>
  )
}
