import { zodResolver } from '@hookform/resolvers/zod'
import { CreateCustomerInput } from '@sarai/api/customer/schema'
import type { ReactNode } from 'react'
import { useForm, type UseFormReturn } from 'react-hook-form'
import type { z } from 'zod'
import { useTranslations } from 'use-intl'
import { TextArea } from '../../ui/text-area.tsx'
import { EmailField } from '../../ui/email-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { CustomerValues, EditedField } from './merge-edits.ts'
import { useFieldText } from './use-field-text.ts'

export type CustomerFormState = UseFormReturn<
  z.input<typeof CreateCustomerInput>,
  unknown,
  CreateCustomerInput
>

/** The same rules as the server's, checked before anything is sent. */
export function useCustomerForm(defaultValues: CustomerValues): CustomerFormState {
  return useForm<z.input<typeof CreateCustomerInput>, unknown, CreateCustomerInput>({
    resolver: zodResolver(CreateCustomerInput),
    defaultValues,
  })
}

export interface CustomerFormProps {
  form: CustomerFormState
  id: string
  onSubmit: (values: CreateCustomerInput) => void
  /** What the server said about a field, and about none in particular. */
  refusals: Partial<Record<EditedField, ReactNode>>
  children?: ReactNode
  /** Below the fields that every customer has. */
  after?: ReactNode
}

export function CustomerForm({ form, id, onSubmit, refusals, children, after }: CustomerFormProps) {
  const t = useTranslations('customer.form')
  const tc = useTranslations('common.field')
  const textOf = useFieldText()
  const { errors } = form.formState
  const optionalText = tc('optional')
  const field = (name: EditedField) => ({
    ...form.register(name),
    label: t(name),
    error: refusals[name] ?? textOf(name, errors[name]),
  })
  return (
    <form
      id={id}
      noValidate
      onSubmit={(event) => void form.handleSubmit(onSubmit)(event)}
      className="flex flex-col gap-4"
    >
      {children}
      <TextField {...field('name')} dir="auto" autoComplete="off" required />
      <TextField
        {...field('phone')}
        optionalText={optionalText}
        hint={t('phoneHint')}
        type="tel"
        dir="ltr"
        autoComplete="off"
      />
      <EmailField {...field('email')} optionalText={optionalText} autoComplete="off" />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField {...field('company')} optionalText={optionalText} dir="auto" autoComplete="off" />
        <TextField {...field('city')} optionalText={optionalText} dir="auto" autoComplete="off" />
      </div>
      <TextArea {...field('about')} optionalText={optionalText} hint={t('aboutHint')} dir="auto" />
      {after}
    </form>
  )
}
