import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import Check from 'lucide-react/icons/check'
import LayoutGrid from 'lucide-react/icons/layout-grid'
import { useTranslations } from 'use-intl'
import { globalTrpc, useTenantKey } from '../../lib/trpc.ts'
import { AnchoredMenu } from '../../ui/anchored-menu.tsx'
import type { LazyMenuContentProps } from '../../ui/lazy-menu.tsx'
import { MenuItem, MenuLabel, MenuSeparator } from '../../ui/menu.tsx'
import { WorkspaceMark } from './workspace-mark.tsx'

export function WorkspaceMenu(props: LazyMenuContentProps) {
  const t = useTranslations('common')
  const navigate = useNavigate()
  const current = useTenantKey()
  const { data } = useQuery(globalTrpc.tenant.mine.queryOptions())
  return (
    <AnchoredMenu {...props}>
      <MenuLabel>{t('nav.workspaces')}</MenuLabel>
      {data?.items.map(({ tenantKey, name }) => (
        <MenuItem
          key={tenantKey}
          icon={<WorkspaceMark name={name} />}
          onSelect={() => void navigate({ to: '/$tenantKey/dashboard', params: { tenantKey } })}
        >
          <span className="flex items-center gap-2">
            <span dir="auto" className="flex-1 truncate match-parent">
              {name}
            </span>
            {tenantKey === current ? <Check aria-hidden className="size-4 text-accent-text" /> : null}
          </span>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<LayoutGrid aria-hidden />} onSelect={() => void navigate({ to: '/workspaces' })}>
        {t('workspace.all')}
      </MenuItem>
    </AnchoredMenu>
  )
}
