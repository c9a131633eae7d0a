import { cx } from './cx.ts'

/**
 * One line of what somebody wrote, in whatever script: it stands where lines of the interface begin, and is
 * cut at its own end, which for Urdu in an English interface is the left.
 */
export function OneLine({ children, className }: { children: string; className?: string }) {
  return (
    <span className={cx('flex min-w-0', className)}>
      <span dir="auto" className="truncate">
        {children}
      </span>
    </span>
  )
}
