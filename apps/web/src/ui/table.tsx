import type { ComponentProps } from 'react'
import { cx } from './cx.ts'

/** Scrolls sideways by itself, by keyboard too, so that the page never does. */
export function Table({ label, className, ...rest }: ComponentProps<'table'> & { label: string }) {
  return (
    <div role="region" aria-label={label} tabIndex={0} className="overflow-x-auto rounded-lg border border-line bg-surface">
      <table {...rest} aria-label={label} className={cx('w-full border-collapse text-sm', className)} />
    </div>
  )
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx(
        'h-9 border-b border-line bg-surface px-3 text-start text-xs font-medium whitespace-nowrap text-text-muted',
        className,
      )}
    />
  )
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td {...rest} className={cx('h-10 border-b border-line px-3 text-start [tr:last-child>&]:border-b-0', className)} />
}
