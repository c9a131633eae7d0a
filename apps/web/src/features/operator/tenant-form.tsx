import { TENANT_NAME_LENGTH_MAX } from '@sarai/api/tenant/schema'
import type { SubmitEvent } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { EmailField } from '../../ui/email-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { findTenantFormErrors, type TenantForm, type TenantFormErrors } from './tenant-form-errors.ts'

interface TenantFormFieldsProps {
  form: TenantForm
  errors: TenantFormErrors
  onChange: (form: TenantForm) => void
  onErrors: (errors: TenantFormErrors) => void
  onSubmit: () => void
}

/** What a tenant is made of. Whoever shows it keeps what is typed, so that it is still there after a failure. */
export function TenantFormFields({ form, errors, onChange, onErrors, onSubmit }: TenantFormFieldsProps) {
  const t = useTranslations('operator')
  const common = useTranslations('common')
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const found = findTenantFormErrors(form)
    // At once, so that the fields are marked when the first of them is looked for.
    flushSync(() => onErrors(found))
    if (Object.keys(found).length === 0) onSubmit()
    else event.currentTarget.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }
  function field(name: keyof TenantForm) {
    const error = errors[name]
    return {
      label: t(name),
      value: form[name],
      error: error ? t(error) : undefined,
      onChange: (event: { target: { value: string } }) => {
        onChange({ ...form, [name]: event.target.value })
        onErrors({})
      },
    }
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <TextField {...field('name')} dir="auto" maxLength={TENANT_NAME_LENGTH_MAX} />
      <TextField
        {...field('tenantKey')}
        dir="ltr"
        spellCheck={false}
        autoCapitalize="none"
        hint={t('keyHint', { key: form.tenantKey || 'rabin' })}
      />
      <EmailField {...field('ownerEmail')} hint={t('ownerHint')} />
      <div className="mt-1 flex justify-end">
        <Button type="submit" variant="primary">
          {common('action.create')}
        </Button>
      </div>
    </form>
  )
}
