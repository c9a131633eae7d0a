import { type ReactNode, useId } from 'react'
import { cx } from '../../ui/cx.ts'

interface PanelProps {
  title: string
  /** What the figures mean, for whoever sees them for the first time. */
  hint?: string
  className?: string
  children: ReactNode
}

/** One question of the page and its answer. */
export function Panel({ title, hint, className, children }: PanelProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={cx('flex min-w-0 flex-col', className)}>
      <h2 id={id} className="text-base font-semibold">
        {title}
      </h2>
      {hint ? <p className="mt-0.5 text-sm text-text-muted">{hint}</p> : null}
      <div className="mt-3">{children}</div>
    </section>
  )
}

/** In the place of an empty table: that it is empty is good news. */
export function Nothing({ children }: { children: ReactNode }) {
  return (
    <p className="rounded-lg border border-line px-4 py-6 text-center text-sm text-text-muted">{children}</p>
  )
}
