import type { ReactNode } from 'react'

export interface CardSectionProps {
  id: string
  title: string
  /** Beside a conversation the card is one level further down. */
  isPane: boolean
  action?: ReactNode
  children: ReactNode
}

export function CardSection({ id, title, isPane, action, children }: CardSectionProps) {
  const Heading = isPane ? 'h3' : 'h2'
  return (
    <section aria-labelledby={id}>
      <div className="mb-1.5 flex items-center justify-between gap-2">
        <Heading id={id} className="text-xs font-medium text-text-faint">
          {title}
        </Heading>
        {action}
      </div>
      {children}
    </section>
  )
}
