import type { ComponentProps } from 'react'
import { controlClass } from './control.ts'
import { Field, type FieldProps } from './field.tsx'
import { useFullText } from './use-full-text.ts'

export type TextAreaProps = FieldProps & Omit<ComponentProps<'textarea'>, 'id'>

/** Grows with its text, up to the height that `className` allows. */
export function TextArea(props: TextAreaProps) {
  const { label, error, hint, isLabelHidden, optionalText, className, ...textarea } = props
  const field = { label, error, hint, isLabelHidden, optionalText, notice: useFullText(textarea) }
  return (
    <Field {...field}>
      {(control) => (
        <textarea
          rows={3}
          {...textarea}
          {...control}
          className={controlClass('field-sizing-content max-h-60 resize-none px-2.5 py-1.5', className)}
        />
      )}
    </Field>
  )
}
