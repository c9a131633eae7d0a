import type { ReactNode } from 'react'
import { MainLandmark } from '../../ui/main-landmark.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { Sidebar } from './sidebar.tsx'
import { TopBar } from './top-bar.tsx'

export interface ShellProps {
  tenantKey: string
  name: string
  onOpenCommands: () => void
  onOpenShortcuts: () => void
  children: ReactNode
}

/** What stays while pages change: a sidebar where there is room, bars at top and bottom of a phone. */
export function Shell({ children, ...props }: ShellProps) {
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <Sidebar {...props} />
      <TopBar {...props} />
      <MainLandmark className="relative flex min-h-0 min-w-0 flex-1 flex-col overflow-clip bg-surface md:my-2 md:me-2 md:rounded-xl md:border md:border-line md:shadow-card">
        <ConnectionBanner />
        <div className="min-h-0 flex-1">{children}</div>
      </MainLandmark>
      <BottomBar />
    </div>
  )
}
