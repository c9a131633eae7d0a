import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { openNavItems } from './nav-items.ts'

export function BottomBar() {
  const t = useTranslations('common.nav')
  const tenantKey = useTenantKey()
  const can = useCan()
  return (
    <nav
      aria-label={t('main')}
      className="flex shrink-0 border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {openNavItems(can).map((item) => (
        <Link
          key={item.to}
          to={item.to}
          params={{ tenantKey }}
          className="flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-xs font-medium text-text-muted outline-offset-[-4px] aria-[current=page]:text-accent-text"
        >
          <item.Icon aria-hidden className="size-5" />
          <span className="max-w-full truncate px-1">{t(item.label)}</span>
        </Link>
      ))}
    </nav>
  )
}
