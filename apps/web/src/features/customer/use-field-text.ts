import {
  CUSTOMER_ABOUT_LENGTH_MAX,
  CUSTOMER_CITY_LENGTH_MAX,
  CUSTOMER_COMPANY_LENGTH_MAX,
  CUSTOMER_EMAIL_LENGTH_MAX,
  CUSTOMER_NAME_LENGTH_MAX,
  CUSTOMER_PHONE_LENGTH_MAX,
} from '@sarai/api/customer/schema'
import type { FieldError } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import type { EditedField } from './merge-edits.ts'

const LENGTHS_MAX: Record<EditedField, number> = {
  name: CUSTOMER_NAME_LENGTH_MAX,
  email: CUSTOMER_EMAIL_LENGTH_MAX,
  phone: CUSTOMER_PHONE_LENGTH_MAX,
  company: CUSTOMER_COMPANY_LENGTH_MAX,
  city: CUSTOMER_CITY_LENGTH_MAX,
  about: CUSTOMER_ABOUT_LENGTH_MAX,
}

/** Of what the schemas refuse, the kinds that can be told from the text alone. */
export function kindOfRefusal(field: EditedField, text: string): 'too_small' | 'too_big' | 'custom' {
  if (text.trim() === '') return 'too_small'
  return text.trim().length > LENGTHS_MAX[field] ? 'too_big' : 'custom'
}

/** What is wrong with a field, in the language on screen: the kind of the error counts, not the schema's English. */
export function useFieldText(): (
  field: EditedField,
  error: Pick<FieldError, 'type'> | undefined,
) => string | undefined {
  const t = useTranslations('customer.form')
  return (field, error) => {
    if (error === undefined) return undefined
    if (error.type === 'too_big') return t('tooLong', { max: LENGTHS_MAX[field] })
    if (field === 'name' && error.type === 'too_small') return t('nameMissing')
    if (field === 'email') return t('emailInvalid')
    if (field === 'phone') return t('phoneInvalid')
    return t('invalid')
  }
}
