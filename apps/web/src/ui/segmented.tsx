import { useId } from 'react'

export interface SegmentedProps<Value extends string | number> {
  label: string
  options: readonly { value: Value; label: string }[]
  value: Value
  onChange: (value: Value) => void
}

/** A short choice, all of it in sight. Native radio buttons, so the arrow keys work as everywhere. */
export function Segmented<Value extends string | number>(props: SegmentedProps<Value>) {
  const { label, options, value, onChange } = props
  const name = useId()
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="inline-flex h-8 shrink-0 rounded-md bg-sunken p-0.5 pointer-coarse:h-10"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex items-center rounded-[0.3125rem] px-2.5 text-sm font-medium text-text-muted transition-colors select-none hover:text-text has-checked:bg-surface has-checked:text-text has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.label}
        </label>
      ))}
    </div>
  )
}
