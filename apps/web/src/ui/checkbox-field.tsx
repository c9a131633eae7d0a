import type { ComponentProps } from 'react'

interface CheckboxFieldProps extends Omit<ComponentProps<'input'>, 'type' | 'className'> {
  label: string
}

/** A checkbox with its name in sight; both may be pressed. */
export function CheckboxField({ label, ...rest }: CheckboxFieldProps) {
  return (
    <label className="flex min-h-7 items-center gap-2 text-sm pointer-coarse:min-h-10">
      <input {...rest} type="checkbox" className="size-4 shrink-0 accent-accent" />
      {label}
    </label>
  )
}
