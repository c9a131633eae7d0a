import type { ComponentProps, ReactNode } from 'react'
import { controlClass } from './control.ts'
import { cx } from './cx.ts'
import { Field, type FieldProps } from './field.tsx'

export interface TextFieldProps extends FieldProps, Omit<ComponentProps<'input'>, 'id'> {
  /** An icon inside the field, before the text. */
  before?: ReactNode
  /** A control inside the field, after the text. */
  after?: ReactNode
}

export function TextField(props: TextFieldProps) {
  const { label, error, hint, isLabelHidden, optionalText, before, after, className, ...input } = props
  const field = {
    label,
    error,
    hint,
    ...(isLabelHidden && { isLabelHidden }),
    ...(optionalText && { optionalText }),
  }
  return (
    <Field {...field}>
      {(control) => (
        <div className={cx('relative flex items-center', className)}>
          {before ? (
            <span className="pointer-events-none absolute start-2.5 text-text-faint [&_svg]:size-4">
              {before}
            </span>
          ) : null}
          <input
            {...input}
            {...control}
            className={controlClass(
              'h-8 pointer-coarse:h-10',
              before ? 'ps-8' : 'ps-2.5',
              after ? 'pe-9' : 'pe-2.5',
            )}
          />
          {after ? <span className="absolute end-0.5 flex items-center">{after}</span> : null}
        </div>
      )}
    </Field>
  )
}
