import { cx } from './cx.ts'

/** The shape of what is coming, on a first visit only. Whoever shows it says `aria-busy`. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx('block animate-pulse rounded-md bg-line', className)} />
}
