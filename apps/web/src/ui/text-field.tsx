import type { ComponentProps, ReactNode } from 'react'
import { controlBoxClass } from './control.ts'
import { Field, type FieldProps } from './field.tsx'
import { useFullText } from './use-full-text.ts'

export interface TextFieldProps extends FieldProps, Omit<ComponentProps<'input'>, 'id'> {
  /** An icon inside the field, before the text. */
  before?: ReactNode
  /** A control inside the field, after the text. */
  after?: ReactNode
}

/**
 * The box has the border and the page's direction, the input inside has the direction of its text: an e-mail
 * address runs from the left in an Urdu page, and what stands before and after it stays in its place.
 */
export function TextField(props: TextFieldProps) {
  const { label, error, hint, isLabelHidden, optionalText, before, after, className, ...input } = props
  const field = { label, error, hint, isLabelHidden, optionalText, notice: useFullText(input) }
  return (
    <Field {...field}>
      {(control) => (
        <div className={controlBoxClass('flex h-8 items-center pointer-coarse:h-10', className)}>
          {before ? <span className="ps-2.5 text-text-faint [&_svg]:size-4">{before}</span> : null}
          <input
            {...input}
            {...control}
            className="h-full w-full min-w-0 flex-1 rounded-md bg-transparent px-2.5 outline-none [&::-webkit-search-cancel-button]:hidden"
          />
          {after ? <span className="flex items-center pe-0.5">{after}</span> : null}
        </div>
      )}
    </Field>
  )
}
