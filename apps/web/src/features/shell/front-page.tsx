import type { ReactNode } from 'react'
import { MainLandmark } from '../../ui/main-landmark.tsx'
import { LanguageSwitch } from './language-switch.tsx'

/** The pages before a workspace: one column in the middle, the language in the corner. */
export function FrontPage({ corner, children }: { corner?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <div className="flex h-14 items-center justify-end gap-2 px-4">
        <LanguageSwitch />
        {corner}
      </div>
      <MainLandmark className="flex flex-1 flex-col items-center px-4 pt-[8vh] pb-16">
        <div className="w-full max-w-sm">{children}</div>
      </MainLandmark>
    </div>
  )
}
