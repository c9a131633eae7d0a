import { type ReactNode, useId } from 'react'

/** A heading with what belongs to it; something may stand at the heading's end. */
export function ResultGroup(props: { title: string; after?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="pt-2">
      <header className="flex min-h-8 items-center justify-between gap-2 px-4">
        <h2 id={id} className="text-xs font-semibold text-text-muted">
          {props.title}
        </h2>
        {props.after}
      </header>
      {props.children}
    </section>
  )
}
