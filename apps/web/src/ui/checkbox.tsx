import type { ComponentProps } from 'react'
import { cx } from './cx.ts'

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: string
  isIndeterminate?: boolean
}

/** The browser's own checkbox in our colours; the box is 16 px, what may be pressed at least 24. */
export function Checkbox({ label, isIndeterminate = false, className, ...rest }: CheckboxProps) {
  return (
    <span className={cx('relative inline-flex size-6 items-center justify-center', className)}>
      <input
        {...rest}
        type="checkbox"
        aria-label={label}
        ref={(element) => {
          if (element) element.indeterminate = isIndeterminate
        }}
        className="size-4 accent-accent before:absolute before:inset-0 before:content-['']"
      />
    </span>
  )
}
