import { cx } from './cx.ts'
import { hueOf, initialsOf } from './initials.ts'

const SIZES = {
  xs: 'size-5 text-[0.625rem]',
  sm: 'size-6 text-[0.6875rem]',
  md: 'size-8 text-xs',
  lg: 'size-12 text-lg',
}

/**
 * Initials on a quiet colour that stays with the name. Decoration, and no text: the name stands beside it, and a
 * button's name must not have to begin with "RN".
 */
export function Avatar({ name, size = 'sm' }: { name: string; size?: keyof typeof SIZES }) {
  return (
    <span
      aria-hidden
      data-hue={hueOf(name)}
      data-initials={initialsOf(name)}
      className={cx(
        'avatar inline-flex before:content-[attr(data-initials)] shrink-0 items-center justify-center rounded-full leading-none font-semibold select-none',
        SIZES[size],
      )}
    />
  )
}
