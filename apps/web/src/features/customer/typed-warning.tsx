import { useWatch } from 'react-hook-form'
import type { CustomerFormState } from './customer-form.tsx'
import { DuplicateWarning, type DuplicateWarningProps } from './duplicate-warning.tsx'

interface TypedWarningProps extends Omit<DuplicateWarningProps, 'typed'> {
  form: CustomerFormState
}

/** Apart from the form, so that a letter draws this anew and not all of it. */
export function TypedWarning({ form, ...rest }: TypedWarningProps) {
  const [name, email, phone] = useWatch({ control: form.control, name: ['name', 'email', 'phone'] })
  return <DuplicateWarning typed={{ name, email, phone }} {...rest} />
}
