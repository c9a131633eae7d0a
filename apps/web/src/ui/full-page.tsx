import type { ReactNode } from 'react'
import { Logo } from './logo.tsx'
import { MainLandmark } from './main-landmark.tsx'
import { PageHeading } from './page-heading.tsx'

/** A calm page that says one thing: what happened, and what to do next. */
export function FullPage({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <MainLandmark className="flex min-h-full flex-1 flex-col items-center justify-center p-6 py-16 text-center">
      <Logo className="mb-6 size-10" />
      <PageHeading title={title} size="lg" />
      <p className="mt-1 max-w-md text-base text-text-muted">{text}</p>
      {children ? <div className="mt-6 flex flex-wrap justify-center gap-2">{children}</div> : null}
    </MainLandmark>
  )
}
