import { useMutation, useQueryClient } from '@tanstack/react-query'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import type { ListedTenant } from './tenant-table.tsx'

/** Suspending locks everybody out at once, so it can be taken back at once. */
export function TenantActions({ tenant: { tenantKey, name, status } }: { tenant: ListedTenant }) {
  const t = useTranslations('operator')
  const common = useTranslations('common')
  const queryClient = useQueryClient()
  const settle = { onSettled: () => queryClient.invalidateQueries(globalTrpc.operator.tenant.pathFilter()) }
  const suspend = useMutation(globalTrpc.operator.tenant.suspend.mutationOptions(settle))
  const resume = useMutation(globalTrpc.operator.tenant.resume.mutationOptions(settle))
  if (status !== 'active' && status !== 'suspended') return null
  function say(title: string, undo: () => void): void {
    showToast({ id: `tenant-${tenantKey}`, title, action: { label: common('action.undo'), run: undo } })
  }
  return (
    <Menu
      align="end"
      trigger={
        <IconButton size="sm" label={t('actionsFor', { name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {status === 'active' ? (
        <MenuItem
          icon={<Pause aria-hidden />}
          isDanger
          onSelect={() => {
            const onSuccess = () => say(t('suspended', { name }), () => resume.mutate({ tenantKey }))
            suspend.mutate({ tenantKey }, { onSuccess })
          }}
        >
          {t('suspend')}
        </MenuItem>
      ) : (
        <MenuItem
          icon={<Play aria-hidden />}
          onSelect={() => {
            const onSuccess = () => say(t('resumed', { name }), () => suspend.mutate({ tenantKey }))
            resume.mutate({ tenantKey }, { onSuccess })
          }}
        >
          {t('resume')}
        </MenuItem>
      )}
    </Menu>
  )
}
