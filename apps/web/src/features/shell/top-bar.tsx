import Search from 'lucide-react/icons/search'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../ui/icon-button.tsx'
import { AccountButton } from './account-button.tsx'
import type { ShellProps } from './shell.tsx'
import { WorkspaceButton } from './workspace-button.tsx'

export function TopBar({ name, onOpenCommands, onOpenShortcuts }: Omit<ShellProps, 'children'>) {
  const t = useTranslations('common.nav')
  return (
    <div className="flex h-12 shrink-0 items-center gap-1 border-b border-line px-2 md:hidden">
      <div className="min-w-0 flex-1">
        <WorkspaceButton name={name} />
      </div>
      <IconButton label={t('search')} onClick={onOpenCommands}>
        <Search aria-hidden />
      </IconButton>
      <AccountButton onOpenShortcuts={onOpenShortcuts} />
    </div>
  )
}
