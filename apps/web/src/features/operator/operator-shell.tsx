import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Logo } from '../../ui/logo.tsx'
import { MainLandmark } from '../../ui/main-landmark.tsx'

const TABS = [
  { to: '/operator/tenants', label: 'tenants' },
  { to: '/operator/migrations', label: 'migrations' },
  { to: '/operator/transfers', label: 'transfers' },
  { to: '/operator/people', label: 'people' },
  { to: '/operator/connections', label: 'connections' },
  { to: '/operator/audit', label: 'audit' },
] as const

/** The frame of the installation's own pages; no workspace is open here. */
export function OperatorShell({ corner, children }: { corner: ReactNode; children: ReactNode }) {
  const t = useTranslations('common.nav')
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-13 shrink-0 items-center gap-3 px-3 md:px-4">
        <Link to="/workspaces" aria-label={t('workspaces')} className="rounded-md p-1">
          <Logo className="size-6" />
        </Link>
        <span className="hidden text-sm font-semibold sm:block">{t('operator')}</span>
        <nav
          aria-label={t('main')}
          className="flex min-w-0 flex-1 items-center gap-1 overflow-x-auto sm:ms-4"
        >
          {TABS.map(({ to, label }) => (
            <Link
              key={to}
              to={to}
              className="flex h-8 shrink-0 items-center rounded-md px-2.5 text-sm font-medium text-text-muted transition-colors hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:text-text pointer-coarse:h-10"
            >
              {t(label)}
            </Link>
          ))}
        </nav>
        {corner}
      </header>
      <MainLandmark className="relative min-h-0 flex-1 overflow-clip border-t border-line bg-surface md:mx-2 md:mb-2 md:rounded-xl md:border">
        {children}
      </MainLandmark>
    </div>
  )
}
