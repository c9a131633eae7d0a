import type { ReactNode } from 'react'
import { cx } from './cx.ts'

const SIZES = {
  sm: 'min-h-8 gap-2 text-sm pointer-coarse:min-h-10',
  md: 'min-h-10 gap-3 py-1.5',
}

interface ListOptionProps {
  id: string
  size?: keyof typeof SIZES
  /** The arrows are at it. */
  isActive: boolean
  onPick: () => void
  children: ReactNode
}

/** One of a list below or above a field, which keeps the focus and names it with aria-activedescendant. */
export function ListOption({ id, size = 'md', isActive, onPick, children }: ListOptionProps) {
  return (
    <button
      type="button"
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' })
      }}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPick}
      className={cx(
        'flex w-full items-center rounded-md px-2 text-start',
        SIZES[size],
        isActive ? 'bg-hover' : 'hover:bg-hover',
      )}
    >
      {children}
    </button>
  )
}
