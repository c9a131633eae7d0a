import { type ReactNode, useId } from 'react'

export interface FieldProps {
  label: string
  /** Shown below the control, and read out with it. */
  error?: ReactNode
  hint?: ReactNode
  isLabelHidden?: boolean | undefined
  /** Said beside the label of a field that may stay empty. */
  optionalText?: string | undefined
}

export interface FieldControlProps {
  id: string
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
}

interface FieldFrameProps extends FieldProps {
  /** Said aloud when it appears, beside what is there already. */
  notice?: string | undefined
  children: (control: FieldControlProps) => ReactNode
}

/** A label, its control, and what is wrong with it. `children` gets the attributes that tie them together. */
export function Field(props: FieldFrameProps) {
  const { label, error, hint, isLabelHidden = false, optionalText, notice, children } = props
  const id = useId()
  const hasText = Boolean(error ?? hint)
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-sm font-medium text-text'}>
        {label}
        {/* A space, not a margin: Urdu's letters join across whatever stands side by side without one. */}
        {optionalText ? <span className="font-normal text-text-faint"> {optionalText}</span> : null}
      </label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': hasText ? `${id}-text` : undefined,
      })}
      {hasText ? (
        <p id={`${id}-text`} className={error ? 'text-sm text-danger-text' : 'text-sm text-text-muted'}>
          {error ?? hint}
        </p>
      ) : null}
      {notice === undefined ? null : (
        <p role="alert" className="text-sm text-warning-text">
          {notice}
        </p>
      )}
    </div>
  )
}
