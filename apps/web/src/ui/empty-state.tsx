import type { ReactNode } from 'react'

export interface EmptyStateProps {
  icon?: ReactNode
  title: string
  /** Where it stands in the place of a whole page or pane, which has no other heading. */
  heading?: 'h1' | 'h2' | undefined
  /** What to do about it. */
  text?: ReactNode
  action?: ReactNode
}

export function EmptyState({ icon, title, heading, text, action }: EmptyStateProps) {
  const Title = heading ?? 'p'
  return (
    <div className="flex flex-col items-center justify-center gap-1 px-6 py-12 text-center">
      {icon ? (
        <span
          aria-hidden
          className="mb-3 flex size-10 items-center justify-center rounded-lg border border-line bg-surface text-text-muted shadow-card [&_svg]:size-5"
        >
          {icon}
        </span>
      ) : null}
      <Title className="text-base font-semibold">{title}</Title>
      {text ? <p className="max-w-sm text-sm text-text-muted">{text}</p> : null}
      {action ? <div className="mt-4 flex gap-2">{action}</div> : null}
    </div>
  )
}
