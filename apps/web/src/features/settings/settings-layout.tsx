import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { openSettingsPages } from './settings-pages.ts'

/** The list of settings beside the open one; above it, scrolling sideways, where there is no room beside. */
export function SettingsLayout({ children }: { children: ReactNode }) {
  const t = useTranslations('settings')
  const tenantKey = useTenantKey()
  const pages = openSettingsPages(useCan())
  return (
    <div className="flex h-full min-h-0 flex-col lg:flex-row">
      <nav
        aria-label={t('title')}
        className="flex shrink-0 gap-0.5 overflow-x-auto border-b border-line px-3 py-1.5 lg:w-52 lg:flex-col lg:overflow-y-auto lg:border-e lg:border-b-0 lg:p-3"
      >
        {pages.map(({ to, label, Icon }) => (
          <Link
            key={to}
            to={to}
            params={{ tenantKey }}
            className="group flex h-8 shrink-0 items-center gap-2 rounded-md px-2.5 text-sm font-medium text-text-muted outline-offset-[-2px] transition-colors hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:text-text pointer-coarse:h-11"
          >
            <Icon aria-hidden className="size-4 group-aria-[current=page]:text-accent-text" />
            {t(`page.${label}`)}
          </Link>
        ))}
      </nav>
      <div className="min-h-0 min-w-0 flex-1">{children}</div>
    </div>
  )
}
