import ChevronRight from 'lucide-react/icons/chevron-right'
import type { ReactNode } from 'react'

/** Something more, for whoever asks for it. */
export function Disclosure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details className="group mt-2">
      <summary className="inline-flex min-h-6 list-none items-center gap-1 rounded-sm text-xs font-medium text-text-muted hover:text-text [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-3.5 transition-transform group-open:rotate-90 rtl:rotate-180 rtl:group-open:rotate-90"
        />
        {label}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  )
}
