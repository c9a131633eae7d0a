import type { ComponentProps } from 'react'
import { cx } from './cx.ts'

const BASE =
  'inline-flex shrink-0 items-center justify-center rounded-md text-text-muted transition-colors hover:bg-hover hover:text-text disabled:pointer-events-none disabled:opacity-50 aria-expanded:bg-hover aria-pressed:bg-selected aria-pressed:text-accent-text [&_svg]:size-4'

export interface IconButtonProps extends ComponentProps<'button'> {
  /** The accessible name; put a Tooltip around it to show it to everybody. */
  label: string
  size?: 'sm' | 'md'
}

export function IconButton({ label, size = 'md', className, type = 'button', ...rest }: IconButtonProps) {
  const dimension = size === 'sm' ? 'size-7 pointer-coarse:size-9' : 'size-8 pointer-coarse:size-10'
  return <button {...rest} type={type} aria-label={label} className={cx(BASE, dimension, className)} />
}
