import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { cx } from '../../ui/cx.ts'
import { LoadFailure } from '../../ui/load-failure.tsx'

interface CardProps<Data> {
  title: string
  hint?: string | undefined
  query: UseQueryResult<Data, unknown>
  /** In the shape of what is coming. */
  skeleton: ReactNode
  className?: string
  children: (data: Data) => ReactNode
}

/** A part of the dashboard that loads, fails and is tried again by itself. */
export function Card<Data>({ title, hint, query, skeleton, className, children }: CardProps<Data>) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      aria-busy={query.isPending}
      className={cx('flex min-w-0 flex-col rounded-lg border border-line bg-surface p-4', className)}
    >
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        {hint ? <p className="text-xs text-text-muted">{hint}</p> : null}
      </div>
      {query.data === undefined ? (
        query.isError ? (
          <LoadFailure
            error={query.error}
            isRetrying={query.isFetching}
            onRetry={() => void query.refetch()}
          />
        ) : (
          skeleton
        )
      ) : null}
      {query.data === undefined ? null : (
        <div className={cx('flex-1 transition-opacity', query.isPlaceholderData && 'opacity-60')}>
          {children(query.data)}
        </div>
      )}
    </section>
  )
}
