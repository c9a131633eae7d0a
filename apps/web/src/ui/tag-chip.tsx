import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type ChipColor = 'gray' | 'red' | 'amber' | 'green' | 'teal' | 'blue' | 'violet' | 'pink'

/** The colour is a dot beside the name, so that the name reads the same on every one of them, in light and dark. */
const DOTS: Record<ChipColor, string> = {
  gray: 'bg-[#8b8f98]',
  red: 'bg-[#dc4c4c]',
  amber: 'bg-[#d99a1c]',
  green: 'bg-[#3f9d5a]',
  teal: 'bg-[#1f9e98]',
  blue: 'bg-[#3f7ee0]',
  violet: 'bg-[#8a63d2]',
  pink: 'bg-[#d65a9a]',
}

export function ColorDot({ color, className }: { color: ChipColor; className?: string }) {
  return <span aria-hidden className={cx('size-2 shrink-0 rounded-full', DOTS[color], className)} />
}

export function TagChip({ name, color, after }: { name: string; color: ChipColor; after?: ReactNode }) {
  return (
    <span className="inline-flex h-6 max-w-full min-w-0 items-center gap-1.5 rounded-full bg-sunken ps-2 pe-2 text-xs font-medium text-text-muted has-[button]:pe-0.5">
      <ColorDot color={color} />
      <bdi className="truncate">{name}</bdi>
      {after}
    </span>
  )
}
