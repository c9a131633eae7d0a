import { useId } from 'react'
import { Select, type SelectProps } from './select.tsx'

interface ChoiceFieldProps<Value extends string> extends SelectProps<Value> {
  hint?: string
}

/** A select with its name in sight. */
export function ChoiceField<Value extends string>({ hint, ...select }: ChoiceFieldProps<Value>) {
  const id = useId()
  return (
    <div
      role="group"
      aria-describedby={hint ? id : undefined}
      aria-label={select.label}
      className="flex flex-col gap-1"
    >
      <span aria-hidden className="text-sm font-medium">
        {select.label}
      </span>
      <Select {...select} />
      {hint ? (
        <p id={id} className="text-sm text-text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
