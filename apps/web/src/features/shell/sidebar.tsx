import { Link } from '@tanstack/react-router'
import Search from 'lucide-react/icons/search'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { Kbd } from '../../ui/kbd.tsx'
import { AccountButton } from './account-button.tsx'
import { openNavItems, type NavItem } from './nav-items.ts'
import type { ShellProps } from './shell.tsx'
import { WorkspaceButton } from './workspace-button.tsx'

export function Sidebar({ name, onOpenCommands, onOpenShortcuts }: Omit<ShellProps, 'children'>) {
  const t = useTranslations('common.nav')
  const can = useCan()
  return (
    <div className="hidden w-58 shrink-0 flex-col gap-3 p-3 md:flex">
      <WorkspaceButton name={name} />
      <button
        type="button"
        onClick={onOpenCommands}
        className="flex h-8 items-center gap-2 rounded-md border border-line-strong bg-surface ps-2.5 pe-1.5 text-sm text-text-muted shadow-card transition-colors hover:bg-hover"
      >
        <Search aria-hidden className="size-4" />
        <span className="flex-1 truncate text-start">{t('search')}</span>
        <Kbd keys="mod+k" />
      </button>
      <nav aria-label={t('main')} className="flex flex-1 flex-col gap-0.5">
        {openNavItems(can).map((item) => (
          <SidebarLink key={item.to} item={item} />
        ))}
      </nav>
      <AccountButton onOpenShortcuts={onOpenShortcuts} isWide />
    </div>
  )
}

function SidebarLink({ item }: { item: NavItem }) {
  const t = useTranslations('common.nav')
  const tenantKey = useTenantKey()
  return (
    <Link
      to={item.to}
      params={{ tenantKey }}
      className="group flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium text-text-muted transition-colors hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:text-text"
    >
      <item.Icon aria-hidden className="size-4 group-aria-[current=page]:text-accent-text" />
      <span className="flex-1 truncate">{t(item.label)}</span>
      <span className="opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100">
        <Kbd keys={item.keys} />
      </span>
    </Link>
  )
}
