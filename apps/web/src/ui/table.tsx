import type { ComponentProps } from 'react'
import { cx } from './cx.ts'

/** Scrolls sideways by itself, by keyboard too, so that the page never does. */
export function Table({ label, className, ...rest }: ComponentProps<'table'> & { label: string }) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <table {...rest} aria-label={label} className={cx('w-full border-collapse text-sm', className)} />
    </div>
  )
}

interface Alignment {
  /** Figures stand under each other. */
  isNumeric?: boolean
}

function alignClass(isNumeric: boolean): string {
  return isNumeric ? 'text-end tabular' : 'text-start'
}

export function Th({ isNumeric = false, className, ...rest }: ComponentProps<'th'> & Alignment) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx(
        'h-9 border-b border-line bg-surface px-3 text-xs font-medium whitespace-nowrap text-text-muted',
        alignClass(isNumeric),
        className,
      )}
    />
  )
}

export function Td({ isNumeric = false, className, ...rest }: ComponentProps<'td'> & Alignment) {
  return (
    <td
      {...rest}
      className={cx(
        'h-10 border-b border-line px-3 [tr:last-child>&]:border-b-0',
        alignClass(isNumeric),
        className,
      )}
    />
  )
}
