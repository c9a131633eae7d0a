import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import { lazy } from 'react'
import { useTranslations } from 'use-intl'
import { LazyMenu } from '../../ui/lazy-menu.tsx'
import { WorkspaceMark } from './workspace-mark.tsx'

const loadMenu = () => import('./workspace-menu.tsx')
const WorkspaceMenu = lazy(async () => ({ default: (await loadMenu()).WorkspaceMenu }))

export function WorkspaceButton({ name }: { name: string }) {
  const t = useTranslations('common.workspace')
  return (
    <LazyMenu
      preload={loadMenu}
      trigger={
        <button
          type="button"
          className="flex h-9 w-full max-w-60 items-center gap-2 rounded-md px-1.5 text-start text-sm font-semibold transition-colors hover:bg-hover aria-expanded:bg-hover"
        >
          <WorkspaceMark name={name} />
          <span dir="auto" className="min-w-0 flex-1 truncate tracking-tight match-parent">
            {name}
          </span>
          <span className="sr-only">. {t('switch')}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-text-faint" />
        </button>
      }
    >
      {(menu) => <WorkspaceMenu {...menu} />}
    </LazyMenu>
  )
}
