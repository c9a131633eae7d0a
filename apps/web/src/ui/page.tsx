import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { PageHeading, type PageHeadingProps } from './page-heading.tsx'

export interface PageProps extends PageHeadingProps {
  /** Buttons and filters at the end of the header. */
  actions?: ReactNode
  /** Fills the height and scrolls inside, for lists and panes. */
  isFilled?: boolean
  children: ReactNode
}

/** A header that stays, and the content below it. */
export function Page({ actions, isFilled = false, children, ...heading }: PageProps) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex min-h-13 shrink-0 items-center gap-3 border-b border-line px-4 py-2 md:px-6">
        <div className="min-w-0 flex-1">
          <PageHeading {...heading} />
        </div>
        {actions}
      </header>
      <div className={cx('relative min-h-0 flex-1', isFilled ? 'flex flex-col' : 'overflow-y-auto')}>
        {children}
      </div>
    </div>
  )
}
