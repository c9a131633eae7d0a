import type { ReactNode } from 'react'

interface LabelledProps {
  label: string
  error?: string | undefined
  children: ReactNode
}

/** A name above a control that says its own to screen readers, as a Select does. */
export function Labelled({ label, error, children }: LabelledProps) {
  return (
    <div className="flex flex-col gap-1">
      <span aria-hidden className="text-sm font-medium">
        <bdi>{label}</bdi>
      </span>
      {children}
      {error ? (
        <p role="alert" className="text-sm text-danger-text">
          {error}
        </p>
      ) : null}
    </div>
  )
}
